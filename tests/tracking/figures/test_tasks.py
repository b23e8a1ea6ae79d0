"""Months kept as they ended, by a timer that may be late, doubled or gone for months."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from neet.audit.models import AuditEvent
from neet.clock import LONDON
from neet.jobs.actions import do_due_work
from schools.models import Authority
from tests.clocks import database_goes_by_ours
from tests.factories import confirm, make_activity, make_authority, make_person, make_user, seed_reference
from tracking.figures.actions import Month, close, freeze
from tracking.figures.models import Freeze, FreezeChange, MonthRecord, MonthTally
from tracking.figures.queries.scorecard import scorecard, standing_freeze
from tracking.figures.queries.tallies import Chosen
from tracking.figures.tasks import keep_months_that_ended
from tracking.replays.actions import PastDay, replay
from tracking.rules.months import ReportingMonth

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31)
Turn = Callable[[str], None]


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Turn:
    """It is that moment, here and in the database."""

    def to(moment: str) -> None:
        monkeypatch.setenv("DJANGO_NOW", moment)
        database_goes_by_ours()

    return to


@pytest.fixture
def only_figures(settings: Any) -> None:
    settings.DUE_WORK = {"figures": settings.DUE_WORK["figures"]}


@pytest.fixture
def seeker(turn: Turn, db: None) -> Any:
    """Somebody NEET since September, recorded in October; the timer did what the first of November asked."""
    turn("2026-10-05 10:00")
    seed_reference()
    council = make_authority(code="886")
    person = make_person(council)
    make_activity(person, "619", date(2026, 9, 7), verified_on=date(2026, 10, 5))
    return person


def kept(council: Authority) -> dict[date, Freeze]:
    return {each.month: each for each in Freeze.objects.filter(authority=council, by_timer=True)}


def test_a_month_is_kept_as_it_was_known_when_it_ended(seeker, turn):
    turn("2026-11-01 06:00")
    make_activity(make_person(seeker.authority), "619", date(2026, 9, 1), verified_on=date(2026, 10, 30))

    assert keep_months_that_ended(day=date(2026, 11, 1)) == 1

    made = kept(seeker.authority)[OCTOBER]
    assert made.frozen_at == datetime(2026, 11, 1, tzinfo=LONDON)
    assert (made.people, made.counts["neet"]) == (1, 1)
    card = scorecard(seeker.authority_id, ReportingMonth(OCTOBER), Chosen())
    assert (card.counts.neet, card.freeze.frozen_by) == (1, None)
    assert AuditEvent.objects.get(kind="figures.month_kept_as_it_ended").counts == {"people": 1}


def test_during_the_month_nothing_is_kept_and_afterwards_once(seeker, turn):
    turn("2026-11-20 06:00")

    assert keep_months_that_ended(day=OCTOBER) == 0
    assert [keep_months_that_ended(day=date(2026, 11, n)) for n in (1, 2, 20)] == [1, 0, 0]


def test_a_timer_down_for_three_days_keeps_what_it_would_have_kept(seeker, turn, only_figures):
    turn("2026-10-31 06:00")
    do_due_work(today=OCTOBER)
    confirm(seeker.activities.get(), date(2026, 10, 31))
    turn("2026-11-03 06:00")
    seeker.activities.update(code="310", version=2)  # heard after the month's end

    done = do_due_work(today=date(2026, 11, 3))

    assert [day.day for _, day in done] == [1, 2, 3]
    made = kept(seeker.authority)
    assert set(made) == {OCTOBER}
    assert (made[OCTOBER].counts["neet"], made[OCTOBER].frozen_at.astimezone(LONDON).day) == (1, 1)
    assert do_due_work(today=date(2026, 11, 3)) == []


def test_a_timer_down_for_two_months_keeps_each_for_its_own_end(seeker, turn, only_figures):
    turn("2026-11-01 06:00")
    do_due_work(today=date(2026, 11, 1))
    turn("2026-11-20 06:00")
    seeker.activities.update(code="310", version=2)
    turn("2027-01-25 06:00")

    do_due_work(today=date(2027, 1, 25))

    made = kept(seeker.authority)
    assert [(month, each.counts["neet"]) for month, each in sorted(made.items())] == [
        (OCTOBER, 1), (NOVEMBER, 0), (DECEMBER, 0),
    ]  # fmt: skip
    assert made[DECEMBER].frozen_at == datetime(2027, 1, 1, tzinfo=LONDON)


def test_what_is_kept_comes_out_of_history_again(seeker, turn):
    turn("2026-11-04 06:00")
    keep_months_that_ended(day=date(2026, 11, 4))
    made = kept(seeker.authority)[OCTOBER]
    turn("2026-12-10 10:00")
    seeker.activities.update(code="310", version=2)

    found = replay(past=PastDay(made.authority_id, OCTOBER, made.frozen_at, made.pk), by=None)

    assert (found.agrees, found.different) == (True, 1)


def test_a_month_frozen_by_hand_is_left_alone(seeker, turn):
    turn("2026-11-01 05:00")
    by_hand = freeze(month=Month(seeker.authority_id, OCTOBER), by=make_user())

    assert keep_months_that_ended(day=date(2026, 11, 2)) == 0
    assert Freeze.objects.get() == by_hand


def test_a_freeze_by_hand_takes_the_place_as_the_first_one(seeker, turn):
    turn("2026-11-01 06:00")
    keep_months_that_ended(day=date(2026, 11, 1))
    seeker.activities.update(code="310", version=2)
    assert standing_freeze(seeker.authority_id, OCTOBER) is None, "nobody can sign off what nobody froze"

    turn("2026-11-09 15:00")
    made = freeze(month=Month(seeker.authority_id, OCTOBER), by=make_user())

    assert (made.replaces, made.counts["neet"]) == (None, 0)
    assert standing_freeze(seeker.authority_id, OCTOBER) == made
    assert not FreezeChange.objects.exists()
    assert set(MonthRecord.objects.values_list("freeze", flat=True)) == {made.pk}
    assert set(MonthTally.objects.values_list("freeze", flat=True)) == {made.pk}
    assert AuditEvent.objects.filter(kind="figures.month_frozen_again").count() == 0
    assert keep_months_that_ended(day=date(2026, 11, 10)) == 0


def test_what_the_timer_kept_is_not_signed_off(seeker, turn):
    turn("2026-11-01 06:00")
    keep_months_that_ended(day=date(2026, 11, 1))

    with pytest.raises(Exception, match="freeze_signed_was_made_by_hand"), transaction.atomic():
        close(freeze=Freeze.objects.get(), by=make_user())


def test_a_council_without_anybody_and_a_month_nobody_was_known_in_have_none(seeker, turn):
    make_authority(code="887")
    turn("2026-10-06 06:00")

    assert keep_months_that_ended(day=date(2026, 10, 6)) == 0
    assert not Freeze.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_four_timers_at_once_keep_a_month_once(seeker, turn, monkeypatch):
    turn("2026-11-01 06:00")
    start = Barrier(4)

    def one_timer(_: int) -> int:
        try:
            start.wait()
            return keep_months_that_ended(day=date(2026, 11, 1))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as timers:
        made = list(timers.map(one_timer, range(4)))

    assert sorted(made) == [0, 0, 0, 1]
    assert Freeze.objects.filter(month=OCTOBER).count() == 1
    assert MonthRecord.objects.count() == 1


def test_two_days_of_a_timer_are_one_month(seeker, turn, only_figures):
    """The first timer of the month and the next day's: the month stands as the first one kept it."""
    turn("2026-11-02 06:00")
    for day in (1, 2):
        do_due_work(today=date(2026, 10, 31) + timedelta(days=day))

    assert Freeze.objects.count() == 1
