"""Kinds of meeting, their days, who comes, and who is told."""

from datetime import date, timedelta

import pytest

from caseload.meetings.actions import agenda, nightly, planning, types
from caseload.meetings.models import Attendee, Meeting, MeetingType
from caseload.meetings.queries.places import leads, meetings_of
from caseload.meetings.queries.planning import proposals
from caseload.meetings.rules.usual import SEVERAL, SIMPLE
from caseload.meetings.statements import MeetingTold, Outsider, TypeTold
from neet.messages.models import Message
from tests.caseload.meetings.invented import HELD, TODAY, Council, make_council, make_type
from tests.factories import make_authority, make_district, make_service, make_user
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db


def test_a_council_takes_the_usual_meetings_and_keeps_its_own() -> None:
    authority = make_authority()
    for slug in ("send", "youth-justice", "virtual-school", "open-access"):
        make_service(authority, slug=slug)
    officer = make_user("tracking_officer", authority)
    make_type(authority, slug="ehcp", words="Ours")

    types.take_usual_types(authority=authority, by=officer)
    types.take_usual_types(authority=authority, by=officer)

    found = {each.slug: each for each in authority.meeting_types.all()}
    assert set(found) == {each.slug for each in SEVERAL}
    assert found["ehcp"].words == "Ours"
    assert (found["youth-justice"].service.slug, found["participation"].months) == ("youth-justice", "11")


def test_meetings_of_a_service_the_council_lacks_are_left_out() -> None:
    authority = make_authority()

    types.take_usual_types(authority=authority, by=make_user("tracking_officer", authority))

    assert not authority.meeting_types.filter(slug__in=["ehcp", "youth-justice", "virtual-school"]).exists()


def test_the_simple_shape_is_one_meeting() -> None:
    authority = make_authority()

    types.take_usual_types(authority=authority, by=None, types=SIMPLE)

    assert [each.words for each in authority.meeting_types.all()] == ["NEET meeting"]


def test_a_kind_of_meeting_is_added_changed_and_ended(council: Council) -> None:
    told = TypeTold("District NEET meeting", "district", "neet", minutes=90)

    made = types.save_type(authority=council.authority, told=told, by=council.lead)
    types.save_type(
        authority=council.authority, told=TypeTold("Other", "district", "neet"), by=council.lead, held=made
    )
    types.end_type(held=made, by=council.lead)

    made.refresh_from_db()
    assert (made.words, made.minutes, made.ended_on) == ("Other", 120, TODAY)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"scope": "service"}, "service"),
        ({"working_day": 0}, "working_day"),
        ({"months": "13"}, "months"),
        ({"months": "May"}, "months"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(council: Council, wrong: dict, field: str) -> None:
    told = TypeTold(**{"words": "Meeting", "scope": "district", "about": "neet", **wrong})

    with pytest.raises(NotRight) as refusal:
        types.save_type(authority=council.authority, told=told, by=council.lead)

    assert list(refusal.value.words) == [field]


def test_kinds_are_changed_by_those_who_lead_meetings(council: Council) -> None:
    with pytest.raises(NotPermitted):
        types.take_usual_types(authority=council.authority, by=council.worker)
    with pytest.raises(NotPermitted):
        types.take_usual_types(authority=make_authority(), by=council.lead)


def test_the_usual_days_are_proposed_until_they_are_planned(council: Council) -> None:
    make_district(council.authority)  # somebody else's

    first = proposals(council.lead, TODAY)
    planning.plan_many(
        wanted=[(each.type, MeetingTold(each.held_on, each.district)) for each in first[:2]], by=council.lead
    )

    assert [each.held_on for each in first] == [
        date(2026, 11, 24),
        date(2026, 12, 23),
        date(2027, 1, 25),
        date(2027, 2, 22),
    ]
    assert [each.held_on for each in proposals(council.lead, TODAY)] == [date(2027, 1, 25), date(2027, 2, 22)]


def test_planned_twice_is_planned_once_and_who_came_is_asked_again(council: Council) -> None:
    meeting = council.meeting()
    council.comes(meeting, council.worker, council.service)

    assert council.meeting() == meeting
    following = council.meeting(HELD + timedelta(days=28))

    assert [(each.user, each.service) for each in following.attendees.order_by("pk")] == [
        (council.lead, None),
        (council.worker, council.service),
    ]


def test_a_deputy_stands_in_once(council: Council) -> None:
    meeting = council.meeting()
    attendee = council.comes(meeting, council.worker, council.service)
    deputy = make_user("caseworker", council.authority, service=council.service)

    planning.stand_in(attendee=attendee, deputy=deputy, by=council.lead)

    held = Attendee.objects.get(pk=attendee.pk)
    assert (held.user, held.instead_of, held.service) == (deputy, council.worker, council.service)
    again = council.meeting(HELD + timedelta(days=28))
    assert set(again.attendees.values_list("user", flat=True)) == {council.lead.pk, council.worker.pk}


def test_outsiders_come_only_to_meetings_that_are_open_to_them(council: Council) -> None:
    closed = council.meeting()
    opened = council.meeting(type=make_type(council.authority, about="nominated", has_outsiders=True))

    planning.add_outsider(meeting=opened, who=Outsider("Youth charity", "Sam"), by=council.lead)

    with pytest.raises(NotRight):
        planning.add_outsider(meeting=closed, who=Outsider("Youth charity"), by=council.lead)
    assert opened.attendees.filter(user=None).get().organisation == "Youth charity"


def test_nobody_of_a_school_or_another_council_is_asked(council: Council) -> None:
    meeting = council.meeting()
    for stranger in (make_council(name="There").worker, make_user()):
        with pytest.raises(NotRight):
            planning.add_colleague(meeting=meeting, user=stranger, service=None, by=council.lead)


def test_a_district_lead_plans_for_their_own_district(council: Council) -> None:
    other = make_district(council.authority)

    with pytest.raises(NotPermitted):
        planning.plan(type=council.type, told=MeetingTold(HELD, other), by=council.lead)
    with pytest.raises(NotRight):
        planning.plan(type=council.type, told=MeetingTold(HELD), by=council.lead)
    with pytest.raises(NotRight):
        told = MeetingTold(TODAY - timedelta(days=1), council.district)
        planning.plan(type=council.type, told=told, by=council.lead)


def test_who_leads_which_meeting(council: Council) -> None:
    district = council.meeting()
    of_service = make_type(council.authority, scope="service", service=council.service)
    officer = make_user("tracking_officer", council.authority)
    head = make_user("service_lead", council.authority, service=council.service)
    service = planning.plan(type=of_service, told=MeetingTold(HELD), by=head)

    assert [leads(each, district) for each in (council.lead, officer, head, council.worker)] == [
        True,
        True,
        False,
        False,
    ]
    assert [leads(each, service) for each in (council.lead, officer, head)] == [False, True, True]
    assert set(meetings_of(council.worker)) == {district, service}
    assert not meetings_of(make_council(name="There").lead).filter(pk=district.pk).exists()


def test_a_meeting_is_changed_until_it_begins_and_cancelled_with_its_names(council: Council) -> None:
    case = council.case()
    meeting = council.meeting()
    agenda.name(meeting=meeting, person=case.person, why="Help", by=council.lead)

    planning.change(
        meeting=meeting, told=MeetingTold(HELD + timedelta(days=1), place="Room 2"), by=council.lead
    )
    meeting.refresh_from_db()
    planning.cancel(meeting=meeting, by=council.lead)

    assert (meeting.place, Meeting.objects.count()) == ("Room 2", 0)


def test_services_are_told_a_week_before_once_and_without_a_name(council: Council) -> None:
    """R65: on the last day for naming, those of the service the meeting is with and of whoever's cases are named."""
    case = council.case()
    meeting = council.meeting()
    council.comes(meeting, council.worker, council.service)
    other = make_user("caseworker", council.authority, service=make_service(council.authority))
    council.comes(meeting, other, other.memberships.get().service)
    agenda.name(meeting=meeting, person=case.person, why="Help", by=council.worker)

    assert nightly.tell(day=date(2026, 11, 17)) == {"meetings": 0, "messages": 0}
    assert nightly.tell(day=date(2026, 11, 18)) == {"meetings": 1, "messages": 2}
    assert nightly.tell(day=date(2026, 11, 19)) == {"meetings": 0, "messages": 0}

    letters = Message.objects.filter(template="meeting_named")
    assert set(letters.values_list("recipient_id", flat=True)) == {council.worker.pk, council.lead.pk}
    assert all(case.person.family_name not in str(each.facts) for each in letters)
    assert letters[0].facts["people"] == 1


def test_a_kind_no_longer_held_is_not_proposed(council: Council) -> None:
    MeetingType.objects.update(ended_on=TODAY)

    assert proposals(council.lead, TODAY) == ()
