"""The pack in one click: each as they may see it, and nobody's name for people from outside."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from caseload.allocation.models import MonthRun
from caseload.meetings.actions import agenda, room
from caseload.meetings.statements import Decided
from neet.audit.models import AuditEvent
from tests.caseload.meetings.invented import TODAY, Council, make_type, number_of
from tests.factories import make_note, make_service, sign_in
from tests.pdf import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(council: Council) -> Client:
    return sign_in(Client(), council.lead)


def pack(client: Client, meeting, name: str = "meeting_pack") -> str:
    answer = client.get(reverse(name, args=[meeting.ref]))
    assert answer["Content-Disposition"].startswith("attachment")
    return text_of(b"".join(answer))


def test_the_pack_has_the_agenda_last_times_decisions_and_the_trend(council: Council, lead: Client) -> None:
    case = council.case("Ada Ambler")
    earlier = MonthRun.objects.create(authority=council.authority, month=date(2026, 10, 31))
    earlier.cases.create(person=case.person, service=council.service, state="allocated", offer="caseload")
    before = council.opened(TODAY)
    number = number_of(before, case.person)
    room.write_outcome(meeting=before, number=number, words="Visits a college", version=1, by=council.lead)
    told = Decided("Ring the college", owner=council.lead)
    room.decide(meeting=before, number=number, told=told, by=council.lead)
    room.close(meeting=before, by=council.lead)
    meeting = council.meeting()
    agenda.make_agenda(meeting=meeting, by=council.lead)

    text = pack(lead, meeting)

    assert "Ada Ambler, Year 13" in text
    assert "Decided last time, not done" in text
    assert "1 thing was decided: 0 done, 1 not done." in text
    assert "Visits a college" in text
    assert "October 2026 1 0" in text
    event = AuditEvent.objects.get(kind="meetings.pack_made")
    assert event.subjects == [case.person_id]


def test_the_pack_holds_no_restricted_record_and_no_note(council: Council, lead: Client) -> None:
    case, hidden = council.case("Ada Ambler"), council.case("Hid Hiddenson")
    make_note(case.person, "Whispered to one team", service=council.service)
    meeting = council.opened()
    hidden.person.restricted_on, hidden.person.restricted_reason = TODAY, "A court says so"
    hidden.person.save()

    text = pack(lead, meeting)

    assert "Ada Ambler" in text
    assert "Hiddenson" not in text
    assert "Whispered" not in text


def test_a_worker_takes_the_pack_of_their_own_cases(council: Council) -> None:
    council.case("Ada Ours")
    council.case("Bram Theirs", service=make_service(council.authority))
    meeting = council.opened()

    text = pack(sign_in(Client(), council.worker), meeting)

    assert "Ada Ours" in text
    assert "Theirs" not in text
    assert "1 case in this part that Wyn Worker does not work with" in text


def test_people_from_outside_get_numbers_and_no_small_ones(council: Council, lead: Client) -> None:
    """R66: the version without names; what could point at somebody is not counted out."""
    for number in range(6):
        council.case(f"Given{number} Family{number}")
    council.case("Nova New", since=date(2026, 11, 9))
    meeting = council.opened(type=make_type(council.authority, about="neet", has_outsiders=True))
    meeting.items.update(nominated_why="Given0 is afraid of buses")

    text = pack(lead, meeting, "outsiders_pack")

    assert "not shown" in text
    assert "Case" in text
    secrets = ["Given", "Family", "Nova", "buses", council.service.name, council.lead.name]
    assert not [secret for secret in secrets if secret in text]
    event = AuditEvent.objects.get(kind="meetings.outsiders_pack_made")
    assert len(event.subjects) == 7


def test_after_the_meeting_the_same_click_gives_the_minutes(council: Council, lead: Client) -> None:
    case = council.case("Ada Ambler")
    meeting = council.opened()
    number = number_of(meeting, case.person)
    room.write_outcome(meeting=meeting, number=number, words="Starts on Monday", version=1, by=council.lead)
    room.decide(
        meeting=meeting, number=number, told=Decided("Send the form", owner=council.lead), by=council.lead
    )
    room.close(meeting=meeting, by=council.lead)

    text = pack(lead, meeting)

    assert "Starts on Monday" in text
    assert "Send the form" in text
    assert "Minutes: opened" in text
