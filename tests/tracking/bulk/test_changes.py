"""Changing many: as one by one, for whom one may, once, and back again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from neet.audit.models import AuditEvent
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from neet.jobs.work import NoLongerMine
from schools.models import Membership
from tests.factories import (
    APPRENTICE,
    CANNOT_BE_FOUND,
    COLLEGE,
    SEEKING,
    make_activity,
    make_authority,
    make_person,
    make_school,
    make_user,
)
from tests.tracking.bulk.conftest import TODAY, Council
from tracking.bulk import actions
from tracking.bulk.acts.recording import kept, told_of
from tracking.bulk.kinds import Kind
from tracking.bulk.models import BulkChange
from tracking.bulk.queries.weighing import NOT_YOURS, became, preview
from tracking.bulk.refusals import NotNow
from tracking.register.actions.activities import record_activity
from tracking.register.actions.confirmations import confirm_activity
from tracking.register.actions.responsibilities import assign_responsibility
from tracking.register.models import Confirmation, Situation, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.rules.activities import Told
from tracking.register.statements import Charge
from tracking.state.queries import digests

State = BulkChange.State
CONFIRM = {"source": "provider", "on": "2026-11-19"}
TOLD = (
    Told(APPRENTICE, date(2026, 10, 5), date(2026, 11, 2), "employer", place="Dunmore Motors"),
    Told(SEEKING, date(2026, 9, 20), date(2026, 10, 1), "young_person", review_on=date(2027, 1, 4)),
    Told(
        COLLEGE, date(2026, 12, 1), TODAY, "provider", predicted_end_on=date(2027, 7, 9), course="Bricklaying"
    ),
    Told(CANNOT_BE_FOUND, date(2026, 11, 1), TODAY, "authority"),
)


@contextmanager
def thrown_away() -> Iterator[None]:
    """What is done inside has never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def facts_after(act: Callable[[], object]) -> dict[str, str]:
    found: dict[str, str] = {}
    with thrown_away():
        act()
        found.update(digests())
    return found


def one_by_one(people: list[YoungPerson], act: Callable[[YoungPerson], object]) -> None:
    for person in people:
        try:
            with transaction.atomic():
                act(person)
        except NotRight:
            continue


def test_confirming_many_is_confirming_each_of_them(council: Council) -> None:
    people = council.crowd()
    before = digests()

    def each(person: YoungPerson) -> None:
        held = Situation.objects.select_related("activity__person").get(person=person)
        if held.activity is not None and held.code != CANNOT_BE_FOUND:
            confirm_activity(
                activity=held.activity, on=date(2026, 11, 19), source="provider", by=council.officer
            )

    alone = facts_after(lambda: one_by_one(people, each))
    together = facts_after(lambda: council.done(people, "confirm", CONFIRM))

    assert together == alone
    assert together["tracking.Confirmation"] != before["tracking.Confirmation"]


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.code)
def test_recording_for_many_is_recording_for_each_of_them(council: Council, told: Told) -> None:
    people = council.crowd()
    before = digests()

    alone = facts_after(
        lambda: one_by_one(people, lambda each: record_activity(person=each, told=told, by=council.officer))
    )
    together = facts_after(lambda: council.done(people, "activity", kept(told)))

    assert together == alone
    assert together["tracking.Activity"] != before["tracking.Activity"]


def test_assigning_many_is_assigning_each_of_them(council: Council) -> None:
    people, since = council.crowd(), date(2026, 11, 16)
    said = {
        "kind": "lead",
        "service": council.service.pk,
        "user": council.officer.pk,
        "starts_on": "2026-11-16",
    }
    charge = Charge("lead", since, council.service, council.officer)

    alone = facts_after(
        lambda: one_by_one(
            people, lambda each: assign_responsibility(person=each, charge=charge, by=council.officer)
        )
    )

    assert facts_after(lambda: council.done(people, "assign", said)) == alone


@pytest.mark.parametrize(
    ("act", "said"),
    [
        ("confirm", CONFIRM),
        ("activity", kept(TOLD[0])),
        ("assign", {"kind": "lead", "service": None, "user": None, "starts_on": "2026-11-16"}),
    ],
)
def test_taken_back_everything_is_as_it_was(council: Council, act: str, said: dict) -> None:
    people = council.crowd()
    said = {**said, "user": council.officer.pk} if act == "assign" else said
    before = digests()

    done = council.done(people, act, said)
    assert digests() != before
    back = council.back(done)

    assert digests() == before
    assert (back.stands, set(became(back)) - {"left"}) == (State.BACK, {"back"})


def test_whoever_was_changed_since_stays_and_is_named(council: Council) -> None:
    people = [council.person() for _ in range(3)]
    done = council.done(people, "activity", kept(TOLD[0]))
    held = Situation.objects.select_related("activity__person").get(person=people[0])
    confirm_activity(activity=held.activity, on=TODAY, source="employer", by=council.officer)

    back = council.back(done)

    assert list(back.people.filter(state="stays").values_list("person", flat=True)) == [people[0].pk]
    codes = dict(Situation.objects.filter(person__in=people).values_list("person", "code"))
    assert codes == {people[0].pk: APPRENTICE, people[1].pk: COLLEGE, people[2].pk: COLLEGE}


def test_a_preview_counts_everybody_and_says_why_some_stay(council: Council) -> None:
    people = [council.person() for _ in range(4)] + [council.person(CANNOT_BE_FOUND) for _ in range(2)]
    change = council.asked(people, "confirm", CONFIRM)
    YoungPerson.objects.filter(pk=people[0].pk).update(restricted_on=TODAY, restricted_reason="Refuge")

    found = preview(change, council.officer, TODAY, change.made_at)

    assert found.changes == 3
    assert found.stays == (("Nothing is known to go on", 2), (NOT_YOURS, 1))
    assert people[0].pk not in {line.pk for line in found.lines}


def test_only_whom_one_sees_is_chosen_and_only_whom_one_may_still_change_is_changed(council: Council) -> None:
    stranger = make_person(make_authority())
    make_activity(stranger)
    people = [council.person(), council.person(), stranger]
    worker = make_user("caseworker", council.authority, service=council.service)
    for person in people[:2]:
        person.responsibilities.create(service=council.service, starts_on=date(2026, 1, 5))
    change = council.asked(people, "confirm", CONFIRM, by=worker)
    assert change.people.count() == 2
    people[0].responsibilities.update(ends_on=TODAY - timedelta(days=1))

    done = council.run(actions.ask_for(change=change, typed=None, by=worker), change)

    assert became(done) == {"changed": (("", 1),), "left": ((NOT_YOURS, 1),)}
    with pytest.raises(NotPermitted):
        actions.decide_on(change=council.chosen(people[1:2], worker), act="assign", by=worker)


def test_rights_that_ended_meanwhile_change_nobody(council: Council) -> None:
    change = council.asked([council.person()], "confirm", CONFIRM)
    job = actions.ask_for(change=change, typed=None, by=council.officer)
    Membership.objects.filter(user=council.officer).update(ends_on=TODAY - timedelta(days=1))

    done = council.run(job, change)

    assert became(done) == {"left": ((NOT_YOURS, 1),)}


def test_the_place_is_only_said_by_who_may_say_it(council: Council) -> None:
    contractor = make_user("contractor", council.authority, service=council.service)
    person = council.person()
    person.responsibilities.create(service=council.service, starts_on=date(2026, 1, 5), kind="contract")
    told = told_of({**kept(TOLD[0]), "establishment_id": make_school().pk})
    change = council.asked([person], "activity", kept(told), by=contractor)

    done = council.run(actions.ask_for(change=change, typed=None, by=contractor), change)

    assert became(done) == {"left": (("You may not say where somebody is", 1),)}


def test_pressed_twice_it_is_done_once_under_one_event(council: Council) -> None:
    people = [council.person() for _ in range(3)]
    change = council.asked(people, "confirm", CONFIRM)

    job = actions.ask_for(change=change, typed=None, by=council.officer)
    assert actions.ask_for(change=change, typed=None, by=council.officer) is None
    done = council.run(job, change)
    jobs.run(job_id=job.pk)

    assert Confirmation.objects.filter(verified_on="2026-11-19").count() == 3
    event = AuditEvent.objects.get(kind=Kind.CHANGED)
    assert (event.pk, sorted(event.subjects)) == (done.event_id, sorted(each.pk for each in people))
    assert event.counts == {"change": change.pk, "changed": 3, "left": 0}
    assert set(Confirmation.objects.filter(verified_on="2026-11-19").values_list("event_id", flat=True)) == {
        event.pk
    }


def test_very_many_are_typed_and_looked_at_by_two(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracking.bulk.actions.asking.TYPE_FROM", 2)
    people = [council.person() for _ in range(3)]
    colleague = make_user("mi_officer", council.authority)
    change = council.asked(people, "confirm", CONFIRM)

    with pytest.raises(NotRight):
        actions.ask_for(change=change, typed=4, by=council.officer)
    council.authority.needs_second_person = True
    council.authority.save()
    assert actions.ask_for(change=change, typed=3, by=council.officer) is None
    with pytest.raises(NotNow):
        actions.agree(change=change, by=council.officer)
    done = council.run(actions.agree(change=change, by=colleague), change)

    assert became(done) == {"changed": (("", 3),)}
    assert done.agreed_by == colleague
    assert not BulkChange.objects.filter(state=State.ASKED).exists()


def test_stopped_on_its_way_nothing_is_changed_and_it_may_be_asked_for_again(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.bulk.actions.doing.AT_ONCE", 2)
    people = [council.person() for _ in range(5)]
    before = digests()
    change = council.asked(people, "confirm", CONFIRM)
    job = actions.ask_for(change=change, typed=None, by=council.officer)
    work = jobs.take(job_id=job.pk)
    heard: list[int] = []

    def tell(done: int, total: int) -> None:
        heard.append(done)
        if done == 4:
            raise NoLongerMine

    with pytest.raises(NoLongerMine), transaction.atomic():
        actions.change_many(change=change, tell=tell)
    jobs.cancel(job=Job.objects.get(pk=work.job_id), by=council.officer)
    change.refresh_from_db()

    assert (heard, digests() == before, change.stands) == ([0, 2, 4], True, State.CHOSEN)
    done = council.run(actions.ask_for(change=change, typed=None, by=council.officer), change)
    assert became(done) == {"changed": (("", 5),)}


def test_a_worker_that_wakes_up_late_does_nothing(council: Council) -> None:
    change = council.asked([council.person()], "confirm", CONFIRM)
    job = actions.ask_for(change=change, typed=None, by=council.officer)
    council.run(job, change)

    with pytest.raises(NotNow):
        actions.change_many(change=change, tell=lambda done, total: None)


def test_the_statements_do_not_grow_with_the_people(council: Council) -> None:
    def statements(number: int, act: str, said: dict) -> int:
        change = council.asked([council.person() for _ in range(number)], act, said)
        job = actions.ask_for(change=change, typed=None, by=council.officer)
        with CaptureQueriesContext(connection) as seen:
            done = council.run(job, change)
        assert became(done) == {"changed": (("", number),)}
        return len(seen)

    for act, said in (("confirm", CONFIRM), ("activity", kept(TOLD[0]))):
        few = statements(2, act, said)
        assert statements(12, act, said) == few <= 40


def test_what_was_chosen_and_forgotten_goes_after_a_week(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    council.chosen([council.person()])
    with pytest.raises(NotNow):
        council.chosen([])
    monkeypatch.setenv("DJANGO_NOW", "2026-11-28T10:00")

    newest = council.chosen([council.person()])

    assert list(BulkChange.objects.all()) == [newest]
    actions.discard(change=newest, by=council.officer)
    assert not BulkChange.objects.exists()
