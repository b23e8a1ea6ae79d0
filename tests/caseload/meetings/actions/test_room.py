"""What is said in the room, and what becomes of it."""

from datetime import date

import pytest

from caseload.meetings.actions import room
from caseload.meetings.actions.agenda import treat
from caseload.meetings.models import AgendaItem, Decision
from caseload.meetings.statements import Decided
from caseload.reviews.models import Review
from neet.audit.models import AuditEvent
from tests.caseload.meetings.invented import Council, number_of
from tests.factories import make_service, make_user
from tracking.models import Task
from tracking.register.actions.tasks import close_task
from tracking.register.queries.tasks import open_tasks
from tracking.register.refusals import Conflict, NotPermitted, NotRight

pytestmark = pytest.mark.django_db
NOTE = AgendaItem.Treatment.NOTE


def test_an_outcome_is_kept_line_by_line(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)

    item = room.write_outcome(
        meeting=meeting, number=number, words=" Starts Monday ", version=1, by=council.lead
    )

    assert (item.outcome, item.version, item.settled_by) == ("Starts Monday", 2, council.lead)
    event = AuditEvent.objects.get(kind="meetings.outcome_written")
    assert event.subjects == [case.person_id]
    assert "Starts" not in f"{event.why}{event.counts}"


def test_two_people_typing_do_not_overwrite_each_other(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    room.write_outcome(meeting=meeting, number=number, words="Mine", version=1, by=council.lead)

    with pytest.raises(Conflict) as both:
        room.write_outcome(meeting=meeting, number=number, words="Theirs", version=1, by=council.lead)

    assert both.value.theirs == {"outcome": "Mine", "version": 2}
    assert meeting.items.get().outcome == "Mine"
    same = room.write_outcome(meeting=meeting, number=number, words="Mine", version=1, by=council.lead)
    assert same.version == 2  # what was sent again after a lost connection stands once


def test_an_emptied_line_is_not_talked_about_again(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    room.write_outcome(meeting=meeting, number=number, words="Mine", version=1, by=council.lead)

    room.write_outcome(meeting=meeting, number=number, words="", version=2, by=council.lead)

    assert meeting.items.get().settled_at is None


def test_a_decision_is_a_task_of_its_owner(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    told = Decided("Ring the college", owner=council.worker, due_on=date(2026, 12, 9))

    decision = room.decide(meeting=meeting, number=number, told=told, by=council.lead)

    assert list(open_tasks(council.worker, date(2026, 12, 1))) == [decision.task]
    assert (decision.task.words, decision.task.due_on) == ("Ring the college", date(2026, 12, 9))
    assert meeting.items.get().settled_at
    again = room.decide(meeting=meeting, number=number, told=told, by=council.lead)
    assert (again, Task.objects.filter(kind="decided").count()) == (decision, 1)


def test_a_service_that_works_with_them_may_be_given_a_task(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    told = Decided("Find a course", service=council.service)

    room.decide(meeting=meeting, number=number_of(meeting, case.person), told=told, by=council.lead)

    assert [each.words for each in open_tasks(council.worker, date(2026, 12, 1))] == ["Find a course"]


@pytest.mark.parametrize("who", ["owner", "service", "nobody"])
def test_nobody_is_given_a_task_about_somebody_they_do_not_see(council: Council, who: str) -> None:
    case = council.case()
    meeting = council.opened()
    other = make_service(council.authority)
    stranger = make_user("caseworker", council.authority, service=other)
    told = {
        "owner": Decided("Ring", owner=stranger),
        "service": Decided("Ring", service=other),
        "nobody": Decided("Ring"),
    }

    with pytest.raises(NotRight) as refusal:
        room.decide(meeting=meeting, number=number_of(meeting, case.person), told=told[who], by=council.lead)

    assert "owner" in refusal.value.words
    assert not Decision.objects.exists()


def test_a_decision_made_by_mistake_goes_with_its_task(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    told = Decided("Ring the college", owner=council.lead)
    decision = room.decide(meeting=meeting, number=number, told=told, by=council.lead)

    room.withdraw_decision(meeting=meeting, number=number, decision_id=decision.pk, by=council.lead)

    assert not Task.objects.exists()
    assert meeting.items.get().settled_at is None


def test_what_was_done_already_is_not_withdrawn(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    told = Decided("Ring the college", owner=council.lead)
    decision = room.decide(meeting=meeting, number=number, told=told, by=council.lead)
    close_task(task=decision.task, outcome="Rung", by=council.lead)

    with pytest.raises(NotRight, match="done"):
        room.withdraw_decision(meeting=meeting, number=number, decision_id=decision.pk, by=council.lead)


def test_the_rest_are_noted_in_one_act_and_nobody_is_reviewed(council: Council) -> None:
    """R133: noting says the meeting knows of them; whoever has to be reviewed still has to be."""
    talked, *rest = [council.case(f"Person {number}") for number in range(4)]
    meeting = council.opened()
    for each in rest:
        treat(meeting=meeting, number=number_of(meeting, each.person), as_=NOTE, by=council.lead)

    assert room.note_rest(meeting=meeting, by=council.lead) == 3

    assert meeting.items.filter(settled_at__isnull=False).count() == 3
    assert meeting.items.get(person=talked.person).settled_at is None
    assert not Review.objects.exists()
    event = AuditEvent.objects.get(kind="meetings.rest_noted")
    assert sorted(event.subjects) == sorted(each.person_id for each in rest)


def test_noting_is_taken_back_and_what_was_talked_about_stays(council: Council) -> None:
    talked, noted = council.case("Ada Talked"), council.case("Bram Noted")
    meeting = council.opened()
    treat(meeting=meeting, number=number_of(meeting, noted.person), as_=NOTE, by=council.lead)
    number = number_of(meeting, talked.person)
    room.write_outcome(meeting=meeting, number=number, words="Fine", version=1, by=council.lead)
    room.note_rest(meeting=meeting, by=council.lead)

    assert room.note_no_more(meeting=meeting, by=council.lead) == 1

    assert [each.person_id for each in meeting.items.exclude(settled_at=None)] == [talked.person_id]


def test_a_closed_meeting_changes_no_more(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    assert room.close(meeting=meeting, by=council.lead) == 1

    with pytest.raises(NotRight, match="closed"):
        room.write_outcome(meeting=meeting, number=number, words="Late", version=1, by=council.lead)
    with pytest.raises(NotRight, match="closed"):
        room.note_rest(meeting=meeting, by=council.lead)


def test_a_meeting_begins_with_an_agenda_and_ends_only_once_begun(council: Council) -> None:
    meeting = council.meeting()

    with pytest.raises(NotRight, match="agenda"):
        room.open_meeting(meeting=meeting, by=council.lead)
    with pytest.raises(NotRight, match="begun"):
        room.close(meeting=meeting, by=council.lead)


def test_whoever_does_not_lead_the_meeting_writes_nothing(council: Council) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)

    with pytest.raises(NotPermitted):
        room.write_outcome(meeting=meeting, number=number, words="Mine", version=1, by=council.worker)
    with pytest.raises(NotPermitted):
        room.decide(
            meeting=meeting, number=number, told=Decided("Ring", owner=council.worker), by=council.worker
        )
