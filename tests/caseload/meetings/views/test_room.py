"""The room is projected: it shows what everybody present may see, saves line by line, and ends nobody's session."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from caseload.meetings.actions import planning
from caseload.meetings.models import AgendaItem
from caseload.meetings.statements import Outsider
from neet import clock
from neet.audit.models import AuditEvent
from tests.caseload.meetings.invented import Council, make_type, number_of
from tests.factories import make_characteristic, make_note, make_service, make_user, sign_in
from tracking.models import Task

pytestmark = pytest.mark.django_db
PLAIN, HTMX = {}, {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def lead(council: Council) -> Client:
    return sign_in(Client(), council.lead)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def case_url(meeting, person, name: str = "room_item") -> str:
    return reverse(name, args=[meeting.ref, number_of(meeting, person)])


def test_the_screen_shows_what_everybody_present_may_see(council: Council, lead: Client) -> None:
    case = council.case("Ada Ambler")
    make_note(case.person, "Whispered to one team", service=council.service)
    meeting = council.opened()
    council.comes(meeting, council.worker, council.service)

    page = words(lead.get(case_url(meeting, case.person)))

    assert "Ada Ambler" in page
    assert "NEET for more than 6 months" in page
    assert "Whispered" not in page
    shown = AuditEvent.objects.filter(kind="meetings.case_shown").latest("pk")
    assert shown.subjects == [case.person_id]


def test_whom_one_of_those_present_may_not_see_is_not_shown(council: Council, lead: Client) -> None:
    case = council.case("Ada Ambler")
    meeting = council.opened()
    other = make_service(council.authority)
    stranger = make_user("caseworker", council.authority, service=other, name="Una Unrelated")
    seat = council.comes(meeting, stranger)

    page = words(lead.get(case_url(meeting, case.person)))
    assert "Ada" not in page
    assert "Not theirs to see: Una Unrelated" in page
    assert not AuditEvent.objects.filter(kind="meetings.case_shown").exists()

    present = [str(each.pk) for each in meeting.attendees.exclude(pk=seat.pk)]
    lead.post(reverse("room_people", args=[meeting.ref]), {"here": present})
    assert "Ada Ambler" in words(lead.get(case_url(meeting, case.person)))


def test_a_colleague_of_another_part_does_not_narrow_this_one(council: Council, lead: Client) -> None:
    case = council.case("Ada Ambler")
    meeting = council.opened()
    other = make_service(council.authority)
    council.comes(meeting, make_user("caseworker", council.authority, service=other), other)

    assert "Ada Ambler" in words(lead.get(case_url(meeting, case.person)))


def test_somebody_who_left_the_council_sees_nobody_and_is_given_nobodys_rights(
    council: Council, lead: Client
) -> None:
    case = council.case("Ada Ambler")
    meeting = council.opened()
    council.comes(meeting, council.worker)
    council.worker.memberships.update(ends_on=clock.today() - timedelta(days=1))

    assert "Ada" not in words(lead.get(case_url(meeting, case.person)))


def test_with_somebody_from_outside_numbers_stand_for_names(council: Council, lead: Client) -> None:
    case = council.case("Ada Ambler")
    make_characteristic(case.person)
    kind = make_type(council.authority, has_outsiders=True)
    meeting = council.opened(type=kind)
    meeting.items.update(nominated_why="Ada is afraid of buses")
    planning.add_outsider(meeting=meeting, who=Outsider("Youth charity"), by=council.lead)

    page = words(lead.get(case_url(meeting, case.person)))

    assert f"Case {number_of(meeting, case.person)}" in page
    assert "Year 13" in page or "Year 12" in page
    assert "more than 6 months" in page
    assert not [secret for secret in ("Ada", "Ambler", "buses", "plan", "vulnerable") if secret in page]


def test_a_circumstance_is_shown_only_where_all_present_read_it(council: Council, lead: Client) -> None:
    """A district lead does not read that somebody is in care, whoever else is in the room."""
    case = council.case("Ada Ambler")
    make_characteristic(case.person)
    make_characteristic(case.person, "110")
    meeting = council.opened()

    page = words(lead.get(case_url(meeting, case.person)))

    assert "Education, health and care plan" in page
    assert "in care" not in page


@pytest.mark.parametrize("headers", [PLAIN, HTMX], ids=["plain form", "saving itself"])
def test_an_outcome_is_saved_with_and_without_scripts(council: Council, lead: Client, headers: dict) -> None:
    case = council.case()
    meeting = council.opened()
    url = case_url(meeting, case.person, "room_outcome")

    answer = lead.post(url, {"outcome": "Visits a college", "version": "1"}, **headers)

    assert answer.status_code == (200 if headers else 302)
    assert meeting.items.get().outcome == "Visits a college"
    assert not headers or "Saved" in words(answer)


@pytest.mark.parametrize("headers", [PLAIN, HTMX], ids=["plain form", "saving itself"])
def test_two_who_type_see_both_lines_and_lose_neither(council: Council, lead: Client, headers: dict) -> None:
    case = council.case()
    meeting = council.opened()
    url = case_url(meeting, case.person, "room_outcome")
    lead.post(url, {"outcome": "Theirs", "version": "1"}, **HTMX)

    answer = lead.post(url, {"outcome": "Mine", "version": "1"}, **headers)

    assert meeting.items.get().outcome == "Theirs"
    assert "Theirs" in words(answer)
    assert 'value="Mine"' in words(answer)
    assert 'name="version" value="2"' in words(answer)
    lead.post(url, {"outcome": "Mine", "version": "2"}, **headers)
    assert meeting.items.get().outcome == "Mine"


@pytest.mark.parametrize("headers", [PLAIN, HTMX], ids=["plain form", "saving itself"])
def test_a_decision_becomes_a_task(council: Council, lead: Client, headers: dict) -> None:
    case = council.case()
    meeting = council.opened()
    council.comes(meeting, council.worker, council.service)
    url = case_url(meeting, case.person, "room_decide")
    owner = f"user-{council.worker.pk}"

    wrong = lead.post(url, {"words": "Ring the college", "owner": ""}, **headers)
    assert "Select an answer" in words(wrong)
    assert "Ring the college" in words(wrong)
    lead.post(url, {"words": "Ring the college", "owner": owner, "due_on": "2026-12-09"}, **headers)
    again = lead.post(url, {"words": "Ring the college", "owner": owner, "due_on": "2026-12-09"}, **headers)

    task = Task.objects.get(kind="decided")
    assert (task.owner, task.due_on.isoformat()) == (council.worker, "2026-12-09")
    if headers:
        assert "Ring the college" in words(again)
    lead.post(
        case_url(meeting, case.person, "room_undecide"), {"decision": str(task.decision.pk)}, follow=True
    )
    assert not Task.objects.exists()


def test_the_rest_is_noted_and_taken_back(council: Council, lead: Client) -> None:
    for number in range(3):
        council.case(f"Person {number}")
    meeting = council.opened()
    meeting.items.update(treatment=AgendaItem.Treatment.NOTE)
    url = reverse("note_rest", args=[meeting.ref])

    assert "3 young people noted. Nobody’s review is done by it." in words(lead.post(url, follow=True))
    assert meeting.items.exclude(settled_at=None).count() == 3
    lead.post(url, {"act": "undo"})
    assert not meeting.items.exclude(settled_at=None).exists()


def test_the_overview_names_nobody_of_the_day(council: Council, lead: Client) -> None:
    council.case("Ada Ambler")
    meeting = council.opened()

    page = words(lead.get(reverse("room", args=[meeting.ref])))

    assert "0 of 1 talked about" in page
    assert "Ada" not in page


def test_nobody_is_signed_out_inside_a_meeting_and_the_room_stops_asking_once_closed(
    council: Council, lead: Client, monkeypatch
) -> None:
    council.case()
    meeting = council.opened()
    stay = reverse("room_stay", args=[meeting.ref])
    for minutes in ("10:00", "10:45", "11:30"):  # without the room an hour's silence ends a session
        monkeypatch.setenv("DJANGO_NOW", f"2026-11-16T{minutes}")
        sign = lead.get(stay)
        if minutes == "10:00":
            lead = sign_in(Client(), council.lead)
            sign = lead.get(stay)
        assert sign.status_code == 204

    lead.post(reverse("close_room", args=[meeting.ref]))

    assert lead.get(stay).status_code == 286


def test_a_closed_room_leads_back_to_the_minutes(council: Council, lead: Client) -> None:
    case = council.case()
    meeting = council.opened()
    assert "1 case was not reached" in words(lead.get(reverse("close_room", args=[meeting.ref])))

    lead.post(reverse("close_room", args=[meeting.ref]))

    assert lead.get(reverse("room", args=[meeting.ref]))["Location"] == reverse("meeting", args=[meeting.ref])
    assert lead.get(case_url(meeting, case.person)).status_code == 404


def test_a_case_costs_the_same_however_many_come(
    council: Council, lead: Client, django_assert_max_num_queries
) -> None:
    case = council.case()
    meeting = council.opened()

    def cost() -> int:
        with django_assert_max_num_queries(25) as counted:
            lead.get(case_url(meeting, case.person))
        return len(counted)

    cost()
    few = cost()
    for _ in range(8):
        council.comes(
            meeting, make_user("caseworker", council.authority, service=council.service), council.service
        )

    assert cost() <= few + 2  # their places, all at once, for the screen and for the owners
