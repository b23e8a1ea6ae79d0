"""The pages of meetings: who sees what of them, and what they cost."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from caseload.meetings.actions import agenda, planning, room
from caseload.meetings.models import AgendaItem, Meeting, MeetingType, ProvisionGap
from caseload.meetings.panels import home_panel, record_panel
from caseload.meetings.statements import Decided, MeetingTold
from neet.audit.models import AuditEvent
from tests.caseload.meetings.invented import HELD, TODAY, Council, make_council, make_type, number_of
from tests.factories import make_characteristic, make_note, make_service, make_user, sign_in
from tracking.register.models import YoungPerson

pytestmark = pytest.mark.django_db
OF_A_MEETING = {"meeting", "room", "meeting_pack"}


@pytest.fixture
def lead(council: Council) -> Client:
    return sign_in(Client(), council.lead)


@pytest.fixture
def worker(council: Council) -> Client:
    return sign_in(Client(), council.worker)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_a_council_without_meetings_is_told_where_to_begin(council: Council, lead: Client) -> None:
    MeetingType.objects.all().delete()

    assert "Say which meetings there are" in words(lead.get(reverse("meetings")))
    lead.post(reverse("take_usual_types"))
    assert "District NEET meeting" in words(lead.get(reverse("meeting_types")))


def test_the_usual_days_are_planned_by_ticking_them(council: Council, lead: Client) -> None:
    page = lead.get(reverse("plan_meetings"))
    assert "Tue 24 Nov 2026" in words(page)

    ticked = [each.key for each in page.context["proposals"][:2]]
    answer = lead.post(reverse("plan_meetings"), {"ticked": ticked}, follow=True)

    assert "2 meetings planned." in words(answer)
    assert list(Meeting.objects.order_by("held_on").values_list("held_on", flat=True)) == [
        date(2026, 11, 24),
        date(2026, 12, 23),
    ]


def test_a_meeting_on_another_day_is_planned_and_changed(council: Council, lead: Client) -> None:
    typed = {
        "type": council.type.pk, "district": council.district.pk, "held_on_day": "26", "held_on_month": "11",
        "held_on_year": "2026", "starts_at": "13:30", "place": "Room 1", "chair": council.lead.pk,
    }  # fmt: skip

    lead.post(reverse("add_meeting"), typed)
    meeting = Meeting.objects.get()
    lead.post(reverse("change_meeting", args=[meeting.ref]), {**typed, "place": "Room 2"})

    meeting.refresh_from_db()
    assert (meeting.held_on, f"{meeting.starts_at:%H:%M}", meeting.place) == (
        date(2026, 11, 26),
        "13:30",
        "Room 2",
    )


def test_a_worker_sees_of_the_agenda_only_whom_they_work_with(council: Council, worker: Client) -> None:
    council.case("Ada Ours")
    council.case("Bram Theirs", service=make_service(council.authority))
    meeting = council.opened()

    page = worker.get(reverse("meeting", args=[meeting.ref]))

    assert "Ada Ours" in words(page)
    assert "Theirs" not in words(page)
    assert "1 case in this part that you do not work with" in words(page)
    read = AuditEvent.objects.filter(kind="meetings.agenda_read").latest("pk")
    assert len(read.subjects) == 1


def test_only_whoever_leads_it_changes_a_meeting(council: Council, worker: Client) -> None:
    council.case()
    meeting = council.opened()

    for name in ("propose_agenda", "open_room", "cancel_meeting", "note_rest", "close_room"):
        assert worker.post(reverse(name, args=[meeting.ref])).status_code == 404
    for name in ("room", "change_meeting", "meeting_people", "outsiders_pack"):
        assert worker.get(reverse(name, args=[meeting.ref])).status_code == 404


def test_somebody_is_named_from_their_record(council: Council, worker: Client) -> None:
    case = council.case()
    meeting = council.meeting()
    record = words(worker.get(reverse("person", args=[case.person.ref])))
    assert "Name for a meeting" in record

    url = reverse("name_for_meeting", args=[case.person.ref])
    answer = worker.post(url, {"meeting": meeting.ref, "why": "Wants to work"}, follow=True)

    assert "Named for the District NEET meeting, North on 25 November 2026." in words(answer)
    assert "Wants to work" in words(answer)
    assert meeting.items.get().nominated_by == council.worker


def test_the_record_shows_the_outcome_every_service_may_read(council: Council, worker: Client) -> None:
    """R142: the line of the meeting is shared; a note of one service stays that service's."""
    case = council.case()
    make_note(case.person, "Only for the other team", service=make_service(council.authority))
    meeting = council.opened()
    number = number_of(meeting, case.person)
    room.write_outcome(meeting=meeting, number=number, words="Visits a college", version=1, by=council.lead)

    page = words(worker.get(reverse("person", args=[case.person.ref])))

    assert "Visits a college" in page
    assert "Only for the other team" not in page


def test_the_minutes_say_what_was_said_decided_noted_and_not_reached(council: Council, lead: Client) -> None:
    talked, unreached, noted = (council.case(f"{name} Person") for name in ("Talked", "Unreached", "Noted"))
    meeting = council.opened()
    number = number_of(meeting, talked.person)
    agenda.treat(meeting=meeting, number=number_of(meeting, noted.person), as_="note", by=council.lead)
    room.write_outcome(meeting=meeting, number=number, words="Visits a college", version=1, by=council.lead)
    room.decide(
        meeting=meeting, number=number, told=Decided("Ring them", owner=council.worker), by=council.lead
    )
    room.note_rest(meeting=meeting, by=council.lead)
    room.close(meeting=meeting, by=council.lead)

    page = words(lead.get(reverse("meeting", args=[meeting.ref])))

    assert all(said in page for said in ("Visits a college", "Ring them", "Wyn Worker", "Not reached"))
    assert "1 noted" in page
    assert unreached.person.full_name in page


def test_next_months_meeting_shows_done_and_not_done(council: Council, lead: Client) -> None:
    case = council.case()
    before = council.opened(TODAY)
    number = number_of(before, case.person)
    for told in ("Ring the college", "Write to them"):
        made = room.decide(
            meeting=before, number=number, told=Decided(told, owner=council.lead), by=council.lead
        )
    made.task.done_at, made.task.outcome = made.task.opened_at, "Written"
    made.task.save()
    room.close(meeting=before, by=council.lead)
    following = council.meeting(date(2026, 12, 16))

    page = words(lead.get(reverse("meeting", args=[following.ref])))

    assert "2 things were decided: 1 done, 1 not done." in page
    assert all(said in page for said in ("Ring the college", "To do", "Write to them", "Written", "Done"))


def test_decisions_are_listed_open_and_done(council: Council, lead: Client, worker: Client) -> None:
    case = council.case()
    meeting = council.opened()
    number = number_of(meeting, case.person)
    for told in (Decided("Ring the college", owner=council.worker), Decided("Write", owner=council.lead)):
        room.decide(meeting=meeting, number=number, told=told, by=council.lead)

    url = reverse("decisions")
    assert "2 decisions" in words(lead.get(url))
    mine = words(worker.get(url, {"whose": "mine"}))
    assert "Ring the college" in mine
    assert "Write" not in mine
    assert "No decision to show" in words(lead.get(url, {"state": "done"}))


def test_plans_no_meeting_has_talked_about_are_listed(council: Council, lead: Client) -> None:
    """R142: every EHC plan case is talked about in its month, or stands here."""
    talked, left = council.case("Ada Talked"), council.case("Bram Left")
    council.case("Cleo Withoutplan")
    for each in (talked, left):
        make_characteristic(each.person)
    kind = make_type(council.authority, about="ehcp", words="EHC plan meeting")
    meeting = council.opened(type=kind)
    number = number_of(meeting, talked.person)
    room.write_outcome(meeting=meeting, number=number, words="Placed", version=1, by=council.lead)

    page = words(lead.get(reverse("plans_not_discussed")))

    assert "1 of 2 cases with a plan in November 2026" in page
    assert "Bram Left" in page
    assert "Ada Talked" not in page
    assert "Withoutplan" not in page


def test_missing_provision_is_raised_counted_closed_and_taken_as_a_file(
    council: Council, lead: Client
) -> None:
    """R72: area, level, sector, start, need and how many wait."""
    typed = {
        "sector": "construction", "level": "Level 1", "area": "Ambleford", "district": council.district.pk,
        "wanted_from_day": "1", "wanted_from_month": "1", "wanted_from_year": "2027", "need": "Starts any month",
        "waiting": "4",
    }  # fmt: skip
    lead.post(reverse("add_gap"), typed)
    gap = ProvisionGap.objects.get()
    lead.post(reverse("one_more_waits", args=[gap.pk]))

    page = words(lead.get(reverse("gaps"), {"sector": "construction"}))
    assert "5 young people wait for what is listed" in page
    file = b"".join(lead.get(reverse("gaps_file"))).decode()
    assert "Construction and building,Level 1,Ambleford,North,2027-01-01,Starts any month,5" in file

    lead.post(reverse("close_gap", args=[gap.pk]), {"how_closed": "A college offers it"})
    assert "Nothing is missing" in words(lead.get(reverse("gaps")))
    assert "A college offers it" in words(lead.get(reverse("gaps"), {"state": "closed"}))
    assert lead.post(reverse("one_more_waits", args=[gap.pk]), follow=True).status_code == 200
    gap.refresh_from_db()
    assert gap.waiting == 5


def test_what_was_written_before_sectors_were_chosen_stays_as_its_words(
    council: Council, lead: Client
) -> None:
    gap = ProvisionGap.objects.create(authority=council.authority, sector="Canal boats", waiting=2)
    url = reverse("change_gap", args=[gap.pk])
    assert "Canal boats" in words(lead.get(reverse("gaps"), {"sector": "Canal boats"}))
    assert '<option value="Canal boats" selected>' in lead.get(url).content.decode()

    lead.post(url, {"sector": "Canal boats", "waiting": "3"})
    gap.refresh_from_db()
    assert (gap.sector, gap.waiting) == ("Canal boats", 3)

    answer = lead.post(reverse("add_gap"), {"sector": "Canal boats", "waiting": "3"})
    assert answer.status_code == 200
    assert ProvisionGap.objects.count() == 1
    lead.post(url, {"sector": "transport", "waiting": "3"})
    assert "Transport and warehousing" in words(lead.get(reverse("gaps")))


def test_a_gap_raised_in_a_meeting_remembers_it(council: Council, lead: Client) -> None:
    council.case()
    meeting = council.opened()

    url = f"{reverse('add_gap')}?meeting={meeting.ref}"
    answer = lead.post(url, {"sector": "esol", "waiting": "1"})

    assert answer["Location"] == reverse("room", args=[meeting.ref])
    assert ProvisionGap.objects.get().meeting == meeting
    assert lead.get(f"{reverse('add_gap')}?meeting=nonsense").status_code == 200


def test_people_are_asked_replaced_and_taken_off(council: Council, lead: Client) -> None:
    meeting = council.meeting(type=make_type(council.authority, about="nominated", has_outsiders=True))
    url = reverse("meeting_people", args=[meeting.ref])
    deputy = make_user("caseworker", council.authority, service=council.service)

    lead.post(url, {"user": council.worker.pk, "service": council.service.pk})
    lead.post(url, {"organisation": "Youth charity", "name": "Sam"})
    attendee = meeting.attendees.get(user=council.worker)
    lead.post(reverse("stand_in", args=[meeting.ref, attendee.pk]), {"user": deputy.pk})

    page = words(lead.get(url))
    assert "instead of Wyn Worker" in page
    assert "Sam" in page
    lead.post(reverse("remove_attendee", args=[meeting.ref, attendee.pk]))
    assert not meeting.attendees.filter(user=deputy).exists()


def test_a_meeting_open_to_nobody_from_outside_has_no_pack_for_them(council: Council, lead: Client) -> None:
    meeting = council.opened()

    assert lead.get(reverse("outsiders_pack", args=[meeting.ref])).status_code == 404


def test_the_first_page_of_a_district_lead_opens_with_the_months_meeting(council: Council) -> None:
    council.case()
    meeting = council.opened()

    panel = home_panel(council.lead, TODAY)

    assert (panel.title, panel.meetings[0][0].meeting) == ("This month’s meeting", meeting)
    assert home_panel(council.worker, TODAY) is None
    assert home_panel(make_council(name="There").lead, TODAY) is None


def test_a_record_says_so_where_no_meeting_has_talked_about_it(
    council: Council, django_assert_num_queries
) -> None:
    case = council.case()

    with django_assert_num_queries(2):  # where the reader works, what was said
        panel = record_panel(case.person_id, council.worker, TODAY)

    assert panel.said == ()
    assert record_panel(case.person_id, make_user("manager", council.authority), TODAY) is None


@pytest.mark.parametrize(
    "name", ["meeting", "room", "meeting_pack", "meetings", "decisions", "plans_not_discussed"]
)
def test_a_page_costs_the_same_for_two_and_for_twenty(
    council: Council, lead: Client, name: str, django_assert_max_num_queries
) -> None:
    make_characteristic(council.case("Ada One").person)
    council.case("Bram Two")
    meeting = council.opened()

    def cost() -> int:
        url = reverse(name, args=[meeting.ref] if name in OF_A_MEETING else [])
        lead.get(url)
        with django_assert_max_num_queries(25) as counted:
            assert lead.get(url).status_code == 200
        return len(counted)

    few = cost()
    for number in range(18):
        make_characteristic(council.case(f"Person {number}").person)
    agenda.make_agenda(meeting=meeting, by=council.lead)
    for number in AgendaItem.objects.values_list("number", flat=True)[:10]:
        room.decide(meeting=meeting, number=number, told=Decided("Ring", owner=council.lead), by=council.lead)

    assert cost() <= few + 1  # the first decision costs one statement, a hundred cost no more


def test_a_service_meeting_is_led_by_the_service(council: Council) -> None:
    head = make_user("service_lead", council.authority, service=council.service)
    kind = make_type(council.authority, scope="service", service=council.service, words="Our cases")
    ours = council.case("Ada Ours")
    council.case("Bram Theirs", service=make_service(council.authority))
    meeting = planning.plan(type=kind, told=MeetingTold(HELD + timedelta(days=1)), by=head)

    agenda.make_agenda(meeting=meeting, by=head)

    assert [each.person_id for each in meeting.items.all()] == [ours.person_id]
    assert YoungPerson.objects.count() == 2
