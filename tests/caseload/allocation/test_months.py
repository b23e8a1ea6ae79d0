"""A month that is open: allocating again, late ones, closing it, taking it back, moving a stage."""

from datetime import date

import pytest

from caseload.allocation.actions import (
    add_late,
    allocate,
    close_month,
    decide,
    move_stage,
    take_back_opening,
)
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import running_run
from tests.caseload.allocation.conftest import TODAY
from tests.caseload.allocation.ready import YESTERDAY, lead_of, opened, starts_college
from tests.factories import (
    make_authority,
    make_person,
    make_responsible,
    make_user,
)
from tracking.register.models import Responsibility
from tracking.register.refusals import NotPermitted, NotRight


def test_allocating_again_changes_nothing(authority, officer, services, neet):
    neet()
    neet("110", "170")
    run = opened(authority, officer)
    before = list(Case.objects.order_by("pk").values())

    counts = allocate(run=run, by=officer)

    assert (counts["new"], counts["changed"], counts["moved_on"]) == (0, 0, 0)
    assert list(Case.objects.order_by("pk").values()) == before
    assert Responsibility.objects.count() == 1


def test_allocating_again_follows_the_facts_but_not_over_a_persons_decision(
    authority, officer, services, neet
):
    changes, decided = neet(), neet("110", "170")
    run = opened(authority, officer)
    decide(case=run.cases.get(person=decided), service=services["send"], why="Agreed", by=officer)
    changes.characteristics.create(code="170", starts_on=TODAY)

    counts = allocate(run=run, by=officer)

    assert counts["changed"] == 1
    assert run.cases.get(person=changes).service == services["youth-justice"]
    assert lead_of(changes).service == services["youth-justice"]
    assert run.cases.get(person=decided).service == services["send"]


def test_late_ones_are_earlier_notifications_and_those_who_started_moved_on(
    authority, officer, services, neet
):
    gone = neet()
    run = opened(authority, officer)
    late = neet()
    starts_college(gone)

    counts = allocate(run=run, by=officer)

    assert (counts["new"], counts["moved_on"]) == (1, 1)
    assert run.cases.get(person=late).is_late
    moved = run.cases.get(person=gone)
    assert (moved.state, moved.ended_on, moved.is_late) == ("moved_on", TODAY, False)
    assert lead_of(gone)  # goes on until the next month opens


def test_who_is_not_known_any_more_stays_somebodys_case(authority, officer, services, neet):
    person = neet()
    run = opened(authority, officer)
    person.activities.update(ends_on=YESTERDAY)

    allocate(run=run, by=officer)

    assert run.cases.get(person=person).state == "allocated"


def test_the_next_month_closes_the_last_and_ends_the_lead_of_who_moved_on(
    authority, officer, services, neet, monkeypatch
):
    gone, stays = neet(), neet()
    before = opened(authority, officer, date(2026, 10, 1))
    starts_college(gone)

    run = opened(authority, officer)

    before.refresh_from_db()
    assert before.closed_at == run.opened_at
    assert before.cases.get(person=gone).state == "moved_on"
    assert Responsibility.objects.get(person=gone).ends_on == TODAY
    assert list(run.cases.values_list("person", flat=True)) == [stays.pk]
    assert Responsibility.objects.get(person=stays).ends_on is None


def test_one_young_person_is_added_late_once(authority, officer, services, neet):
    run = opened(authority, officer)
    person = neet()

    first, second = add_late(person=person, by=officer), add_late(person=person, by=officer)

    assert first == second == run.cases.get()
    assert first.is_late
    assert lead_of(person).service == services["neet-support"]


def test_adding_late_needs_an_open_month_and_somebody_who_is_neet(authority, officer, services, neet):
    person = neet()
    with pytest.raises(NotRight, match="No month is open"):
        add_late(person=person, by=officer)
    opened(authority, officer)
    student = make_person(authority)
    with pytest.raises(NotRight, match="not NEET"):
        add_late(person=student, by=officer)
    with pytest.raises(NotPermitted):
        add_late(person=person, by=make_user("tracking_officer", make_authority()))


def test_a_closed_month_stays_as_it_is(authority, officer, services, neet):
    neet("110", "170")
    run = close_month(run=opened(authority, officer), by=officer)

    with pytest.raises(NotRight, match="is closed"):
        allocate(run=run, by=officer)
    with pytest.raises(NotRight, match="is closed"):
        decide(case=run.cases.get(), service=services["send"], why="Agreed", by=officer)
    assert running_run(authority, TODAY) is None
    assert close_month(run=run, by=officer).closed_at == run.closed_at


def test_an_opening_is_taken_back_as_if_it_had_not_been(authority, officer, services, neet):
    gone, led = neet(), neet()
    before = opened(authority, officer, date(2026, 10, 1))
    theirs = make_responsible(neet(), service=services["send"], kind="lead")
    starts_college(gone)
    was = list(Responsibility.objects.order_by("person").values("person", "service", "ends_on"))

    run = opened(authority, officer)
    allocate(run=run, by=officer)
    take_back_opening(run=run, by=officer)

    assert list(Responsibility.objects.order_by("person").values("person", "service", "ends_on")) == was
    assert list(MonthRun.objects.all()) == [before]
    before.refresh_from_db()
    assert before.closed_at is None
    assert before.cases.get(person=gone).state == "allocated"
    assert before.cases.get(person=led).state == "allocated"
    theirs.refresh_from_db()
    assert theirs.ends_on is None


def test_an_opening_somebody_worked_with_stays(authority, officer, services, neet):
    neet()
    run = opened(authority, officer)
    decide(case=run.cases.get(), service=services["send"], why="They know her", by=officer)

    with pytest.raises(NotRight, match="worked with"):
        take_back_opening(run=run, by=officer)


def test_a_stage_moves_while_the_month_is_open(authority, officer, services):
    run = opened(authority, officer)
    stage = run.stages.last()

    moved = move_stage(stage=stage, starts_on=date(2026, 11, 25), ends_on=date(2026, 11, 26), by=officer)

    assert (moved.starts_on, moved.ends_on) == (date(2026, 11, 25), date(2026, 11, 26))
    with pytest.raises(NotRight):
        move_stage(stage=stage, starts_on=TODAY, ends_on=YESTERDAY, by=officer)
