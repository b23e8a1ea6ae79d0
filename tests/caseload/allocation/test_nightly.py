"""The Year 13 rule over time: the warning in February, the hand-back on 1 March, missed days (R75, R77, R139)."""

from datetime import date

import pytest

from caseload.allocation.actions import decide, hand_back, offers_of_the_day, open_month, warn
from caseload.allocation.actions.nightly import TASK
from caseload.allocation.models import Case
from caseload.allocation.queries import neet_on
from caseload.screening.models import Screening
from neet.jobs.actions import do_due_work
from neet.jobs.models import DueWork
from tests.caseload.allocation.conftest import YEAR_13, stand
from tests.factories import confirm, make_user
from tracking.reference.queries import ruleset
from tracking.register.models import Responsibility, Task, YoungPerson
from tracking.register.queries.standing import standing_as
from tracking.rules.codes import Status

FEBRUARY = date(2027, 2, 28)
MARCH = date(2027, 3, 1)
LEAP_YEAR_13 = date(2010, 3, 3)


@pytest.fixture
def in_february(authority, officer, services, neet, monkeypatch):
    """Year 13 with an EHC plan, one of them asking, and Year 12, case-loaded in February."""
    stand(monkeypatch, date(2027, 2, 2))
    heard = date(2027, 1, 25)
    people = {
        "ends": neet("170", born=YEAR_13, since=date(2026, 12, 1), heard=heard),
        "asks": neet("170", born=YEAR_13, since=date(2026, 12, 1), heard=heard),
        "year_12": neet("170", since=date(2026, 12, 1), heard=heard),
    }
    Screening.objects.create(
        person=people["asks"], held_on=heard, wants=Screening.Wants.WORK, asks_for_support=True
    )
    open_month(authority=authority, month=FEBRUARY, by=officer)
    return people


def offers(people):
    return {
        name: (case.offer, case.state)
        for name, person in people.items()
        for case in Case.objects.filter(person=person)
    }


def test_nothing_changes_on_the_last_day_of_february(authority, in_february):
    assert hand_back(authority=authority, day=FEBRUARY) == 0
    assert set(offers(in_february).values()) == {("caseload", "allocated")}


def test_on_the_first_of_march_year_13_goes_back_to_tracking_or_on_by_telephone(authority, in_february):
    assert hand_back(authority=authority, day=MARCH) == 2

    assert offers(in_february) == {
        "ends": ("minimal", "handed_back"),
        "asks": ("telephone", "allocated"),
        "year_12": ("caseload", "allocated"),
    }
    ended = Responsibility.objects.get(person=in_february["ends"])
    assert ended.ends_on == FEBRUARY
    assert Responsibility.objects.get(person=in_february["asks"]).ends_on is None
    assert Case.objects.get(person=in_february["ends"]).ended_on == MARCH


def test_leap_years_hand_back_on_the_first_of_march_too(authority, officer, services, neet, monkeypatch):
    stand(monkeypatch, date(2028, 2, 2))
    neet("170", born=LEAP_YEAR_13, since=date(2027, 12, 1), heard=date(2028, 1, 25))
    open_month(authority=authority, month=date(2028, 2, 1), by=officer)

    assert hand_back(authority=authority, day=date(2028, 2, 29)) == 0
    assert hand_back(authority=authority, day=date(2028, 3, 1)) == 1


def test_who_is_handed_back_stays_on_the_list_to_track(authority, officer, in_february, monkeypatch):
    """R77: not eligible for case work never means dropped from tracking."""
    stand(monkeypatch, MARCH)
    hand_back(authority=authority, day=MARCH)
    person = in_february["ends"]

    assert person.pk in neet_on(authority, MARCH)
    to_track = YoungPerson.objects.visible_to(officer).filter(standing_as(Status.NEET, ruleset(MARCH), MARCH))
    assert person in to_track
    assert not Case.objects.to_review().filter(person=person).exists()
    run = open_month(authority=authority, month=MARCH, by=officer)
    case = run.cases.get(person=person)
    assert (case.offer, case.state) == ("minimal", "allocated")
    assert not Responsibility.objects.filter(person=person, ends_on=None).exists()


def test_handed_back_twice_is_once(authority, in_february):
    hand_back(authority=authority, day=MARCH)

    assert hand_back(authority=authority, day=MARCH) == 0
    assert Responsibility.objects.filter(person=in_february["ends"]).count() == 1


def test_what_a_person_decided_to_offer_stays(authority, officer, services, in_february):
    case = Case.objects.get(person=in_february["ends"])
    decide(
        case=case, service=services["youth-justice"], why="Order runs to June", offer="telephone", by=officer
    )

    hand_back(authority=authority, day=MARCH)

    case.refresh_from_db()
    assert (case.offer, case.state) == ("telephone", "allocated")


def test_a_decision_about_the_service_alone_does_not_keep_the_support(
    authority, officer, services, in_february
):
    case = Case.objects.get(person=in_february["ends"])
    decide(case=case, service=services["send"], why="They know him", by=officer)

    hand_back(authority=authority, day=MARCH)

    case.refresh_from_db()
    assert case.state == "handed_back"


def test_who_was_handed_back_comes_back_when_a_person_decides_on_support(
    authority, officer, services, in_february, monkeypatch
):
    stand(monkeypatch, MARCH)
    hand_back(authority=authority, day=MARCH)
    case = Case.objects.get(person=in_february["ends"])

    decide(case=case, service=services["youth-justice"], why="Rang and asked", offer="telephone", by=officer)

    assert Responsibility.objects.get(person=in_february["ends"], ends_on=None).starts_on == MARCH


def test_who_asks_in_the_middle_of_a_month_gets_the_telephone(authority, officer, services, neet):
    person = neet(born=YEAR_13)
    open_month(authority=authority, month=date(2026, 11, 1), by=officer)
    Screening.objects.create(
        person=person, held_on=date(2026, 11, 20), wants=Screening.Wants.WORK, asks_for_support=True
    )

    hand_back(authority=authority, day=date(2026, 11, 21))

    assert Case.objects.get(person=person).offer == "telephone"
    assert Responsibility.objects.get(person=person).service == services["neet-support"]


def test_the_warning_comes_a_fortnight_before_and_once(authority, services, in_february):
    person = in_february["ends"]
    worker = make_user("caseworker", authority, service=services["youth-justice"])
    Case.objects.filter(person=person).update(worker=worker)
    assert warn(authority=authority, day=date(2027, 2, 14)) == 0

    assert warn(authority=authority, day=date(2027, 2, 15)) == 2
    assert warn(authority=authority, day=date(2027, 2, 16)) == 0

    task = Task.objects.get(person=person)
    assert (task.kind, task.owner, task.service, task.due_on) == (
        TASK, worker, services["youth-justice"], FEBRUARY,
    )  # fmt: skip
    assert task.words.startswith("From 1 March they get messages only")
    assert "They answered us on" not in task.words


def test_the_warning_says_who_answered_and_might_be_kept(authority, in_february):
    person = in_february["ends"]
    confirm(person.activities.get(), date(2027, 2, 3), source="young_person")

    warn(authority=authority, day=date(2027, 2, 15))

    words = Task.objects.get(person=person).words
    assert words.endswith("They answered us on 3 February.")
    assert Task.objects.get(person=in_february["asks"]).words.startswith(
        "From 1 March they get telephone support"
    )


def test_a_warning_that_was_answered_does_not_come_again(authority, officer, in_february):
    warn(authority=authority, day=date(2027, 2, 15))
    Task.objects.update(done_at=date(2027, 2, 16).isoformat() + "T10:00Z", done_by=officer)

    assert warn(authority=authority, day=date(2027, 2, 20)) == 0


def test_missed_days_are_made_up_for_once(authority, in_february, monkeypatch):
    monkeypatch.setattr(
        "django.conf.settings.DUE_WORK", {"cases": "caseload.allocation.actions.offers_of_the_day"}
    )
    DueWork.objects.create(name="cases", day=date(2027, 2, 20), done_at="2027-02-20T03:00Z")

    done = do_due_work(today=date(2027, 3, 3))
    again = do_due_work(today=date(2027, 3, 3))

    assert [day for _, day in done] == [date(2027, 2, day) for day in range(21, 29)] + [
        date(2027, 3, day) for day in range(1, 4)
    ]
    assert again == []
    assert Task.objects.count() == 2
    assert Case.objects.get(person=in_february["ends"]).ended_on == MARCH
    assert Responsibility.objects.get(person=in_february["ends"]).ends_on == FEBRUARY


def test_every_council_with_months_is_looked_at(authority, in_february):
    assert offers_of_the_day(day=MARCH) == {"handed_back": 2, "warned": 0}
