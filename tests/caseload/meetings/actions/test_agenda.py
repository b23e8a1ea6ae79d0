"""The agenda: proposed, changed, added to."""

from datetime import date, timedelta

import pytest

from caseload.meetings.actions import agenda, planning
from caseload.meetings.actions.room import close, decide, write_outcome
from caseload.meetings.models import AgendaItem
from caseload.meetings.queries.agenda import agenda_of
from caseload.meetings.statements import Decided, MeetingTold
from caseload.prevention.models import AtRisk
from caseload.referrals.models import Referral
from caseload.reviews.models import Review
from neet import clock
from neet.audit.models import AuditEvent
from tests.caseload.meetings.invented import HELD, TODAY, Council, make_council, make_type, number_of
from tests.factories import (
    make_characteristic,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
)
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db
DISCUSS, NOTE = AgendaItem.Treatment.DISCUSS, AgendaItem.Treatment.NOTE


def reviewed(case, outcome="working"):
    return Review.objects.create(case=case, outcome=outcome, reviewed_on=date(2026, 11, 12))


def test_the_agenda_proposes_whom_to_talk_about_and_why(council: Council) -> None:
    silent = council.case("Ada Silent", since=date(2026, 8, 3), heard_on=date(2026, 10, 1), offer="telephone")
    quiet = council.case("Bram Quiet", since=date(2026, 8, 3), heard_on=date(2026, 11, 20), offer="telephone")
    done = council.case("Cleo Done", since=date(2026, 8, 3), heard_on=date(2026, 11, 20))
    reviewed(done)
    meeting = council.meeting()

    assert agenda.make_agenda(meeting=meeting, by=council.lead) == (1, 2)

    found = {each.person_id: each for each in meeting.items.all()}
    assert (found[silent.person_id].treatment, found[silent.person_id].why) == (DISCUSS, ["silent"])
    assert {found[each.person_id].treatment for each in (quiet, done)} == {NOTE}
    event = AuditEvent.objects.get(kind="meetings.agenda_made")
    assert (event.counts["to_talk_about"], event.counts["to_note"]) == (1, 2)
    assert sorted(event.subjects) == sorted([silent.person_id, quiet.person_id, done.person_id])


def test_every_fact_of_the_month_becomes_its_reason(council: Council) -> None:
    known = {"since": date(2026, 8, 3), "heard_on": date(2026, 11, 20)}
    new = council.case("Nova New", **{**known, "since": date(2026, 11, 9)}, offer="telephone")
    long = council.case("Lark Long", **{**known, "since": date(2026, 1, 5)}, offer="telephone")
    torn = council.case("Tam Torn", **known, offer="telephone", state="conflict", service=None)
    declined = council.case("Dee Declined", **known, offer="telephone")
    vulnerable = council.case("Val Plan", **known, offer="telephone")
    make_characteristic(vulnerable.person)
    duty = council.case("Una Unreviewed", **known)
    Referral.objects.create(
        person=declined.person, to_service=make_service(council.authority), reason="plan", state="declined",
        answer="Not ours", answered_at=clock.now(), due_on=HELD,
    )  # fmt: skip
    meeting = council.meeting()

    agenda.make_agenda(meeting=meeting, by=council.lead)

    why = dict(meeting.items.values_list("person_id", "why"))
    assert why == {
        new.person_id: ["new"],
        long.person_id: ["long"],
        torn.person_id: ["disagree"],
        declined.person_id: ["disagree"],
        vulnerable.person_id: ["vulnerable"],
        duty.person_id: ["unreviewed"],
    }


def test_a_reason_says_nothing_of_what_its_readers_may_not_know(council: Council) -> None:
    """A district lead does not read that somebody is in care; the agenda does not say it by another name."""
    case = council.case("Ida Incare", since=date(2026, 8, 3), heard_on=date(2026, 11, 20), offer="telephone")
    make_characteristic(case.person, "110")
    meeting = council.meeting()

    agenda.make_agenda(meeting=meeting, by=council.lead)

    assert meeting.items.get().why == []


def test_a_restricted_record_is_on_no_agenda(council: Council) -> None:
    council.case("Hid Hidden", restricted_on=date(2026, 1, 5))
    meeting = council.meeting()

    assert agenda.make_agenda(meeting=meeting, by=council.lead) == (0, 0)


def test_another_district_has_a_meeting_of_its_own(council: Council) -> None:
    council.case("Far Away", district=make_district(council.authority))
    meeting = council.meeting()

    assert agenda.make_agenda(meeting=meeting, by=council.lead) == (0, 0)


def test_a_meeting_about_plans_has_only_those_with_one(council: Council) -> None:
    with_plan, _ = council.case("Val Plan"), council.case("Ada Ambler")
    make_characteristic(with_plan.person)
    kind = make_type(council.authority, about="ehcp", words="EHC plan meeting")
    meeting = council.meeting(type=kind)

    agenda.make_agenda(meeting=meeting, by=council.lead)

    assert [each.person_id for each in meeting.items.all()] == [with_plan.person_id]


def test_made_again_the_agenda_keeps_numbers_names_and_what_was_settled(council: Council) -> None:
    first, second = council.case("Ada First"), council.case("Bram Second")
    meeting = council.opened()
    number = number_of(meeting, first.person)
    write_outcome(meeting=meeting, number=number, words="Starts on Monday", version=1, by=council.lead)
    third = council.case("Cleo Third")
    second.state = "moved_on"
    second.save()

    agenda.make_agenda(meeting=meeting, by=council.lead)

    found = {each.person_id: each for each in meeting.items.all()}
    assert set(found) == {first.person_id, third.person_id}
    assert (found[first.person_id].number, found[first.person_id].outcome) == (number, "Starts on Monday")
    assert found[third.person_id].number == 3


def test_next_month_opens_with_what_was_not_done_and_not_reached(council: Council) -> None:
    undone, unreached = council.case("Ada Undone"), council.case("Bram Unreached")
    before = council.opened(TODAY)
    number = number_of(before, undone.person)
    told = Decided("Ring the college", owner=council.lead)
    decide(meeting=before, number=number, told=told, by=council.lead)
    assert close(meeting=before, by=council.lead) == 1
    meeting = council.meeting(date(2026, 12, 16))

    agenda.make_agenda(meeting=meeting, by=council.lead)

    assert "undone" in meeting.items.get(person=undone.person_id).why
    assert "not_reached" in meeting.items.get(person=unreached.person_id).why


def test_anybody_may_be_named_with_a_reason_and_late_names_are_marked(council: Council, monkeypatch) -> None:
    """R134: also a Year 11 pupil who is not NEET; they are talked about in the part of whoever names them."""
    pupil = make_person(council.authority, date_of_birth=date(2011, 3, 1))
    make_residence(pupil, district=council.district)
    council.case()
    meeting = council.meeting()

    item = agenda.name(meeting=meeting, person=pupil, why="No plan after Year 11", by=council.lead)
    agenda.make_agenda(meeting=meeting, by=council.lead)

    item.refresh_from_db()
    assert (item.treatment, item.why, item.nominated_by) == (DISCUSS, ["named"], council.lead)
    assert not agenda_of(meeting, council.lead, TODAY).lines[0].is_late
    item.nominated_at += timedelta(days=3)  # the last day was the 18th
    item.save()
    late = {each.person.pk: each.is_late for each in agenda_of(meeting, council.lead, TODAY).lines}
    assert late[pupil.pk]


def test_naming_asks_for_a_reason_the_right_district_and_sight(council: Council) -> None:
    case, other = council.case(), council.case("Far Away", district=make_district(council.authority))
    hidden = council.case("Hid Hidden", restricted_on=date(2026, 1, 5))
    meeting = council.meeting()

    with pytest.raises(NotRight, match="why"):
        agenda.name(meeting=meeting, person=case.person, why=" ", by=council.worker)
    with pytest.raises(NotRight, match="district"):
        agenda.name(meeting=meeting, person=other.person, why="Help", by=council.worker)
    with pytest.raises(NotPermitted):
        agenda.name(meeting=meeting, person=hidden.person, why="Help", by=council.lead)
    with pytest.raises(NotPermitted):
        agenda.name(
            meeting=make_council(name="There").meeting(), person=case.person, why="Help", by=council.lead
        )
    assert not meeting.items.exists()


def test_a_worker_names_their_own_case_into_their_services_part(council: Council) -> None:
    case = council.case()
    meeting = council.meeting()

    item = agenda.name(meeting=meeting, person=case.person, why="Wants work", by=council.worker)

    assert item.service == council.service


def test_a_name_taken_back_leaves_a_case_to_note_and_nobody_else(council: Council) -> None:
    case = council.case()
    pupil = make_person(council.authority)
    make_residence(pupil, district=council.district)
    meeting = council.meeting()
    for person in (case.person, pupil):
        agenda.name(meeting=meeting, person=person, why="Help", by=council.lead)

    for item in meeting.items.all():
        agenda.name_no_more(item=item, by=council.lead)

    assert [(each.person_id, each.treatment, each.why) for each in meeting.items.all()] == [
        (case.person_id, NOTE, [])
    ]


def test_only_whoever_named_them_or_leads_takes_a_name_back(council: Council) -> None:
    case = council.case()
    item = agenda.name(meeting=council.meeting(), person=case.person, why="Help", by=council.lead)

    with pytest.raises(NotRight, match="whoever named"):
        agenda.name_no_more(item=item, by=council.worker)
    with pytest.raises(NotPermitted):
        agenda.name_no_more(item=item, by=make_council(name="There").lead)


def test_the_agenda_is_changed_by_hand(council: Council) -> None:
    first, second = council.case("Ada First"), council.case("Bram Second")
    meeting = council.meeting()
    agenda.make_agenda(meeting=meeting, by=council.lead)
    numbers = [number_of(meeting, each.person) for each in (first, second)]

    def shown() -> list[int]:
        return [line.item.number for line in agenda_of(meeting, council.lead, TODAY).lines]

    before = shown()
    agenda.move(meeting=meeting, number=before[1], up=True, by=council.lead)
    assert shown() == before[::-1]
    agenda.treat(meeting=meeting, number=numbers[0], as_=NOTE, by=council.lead)
    assert agenda_of(meeting, council.lead, TODAY).to_note == 1
    agenda.put_into(meeting=meeting, number=numbers[1], service=None, by=council.lead)
    assert meeting.items.get(number=numbers[1]).service is None


def test_whoever_does_not_lead_the_meeting_changes_nothing(council: Council) -> None:
    council.case()
    meeting = council.meeting()
    stranger = make_user("district_lead", council.authority, district=make_district(council.authority))

    for who in (stranger, council.worker):
        with pytest.raises(NotPermitted):
            agenda.make_agenda(meeting=meeting, by=who)


def test_a_meeting_of_plans_and_progress_has_nobody_on_it(council: Council) -> None:
    """R96: the meeting of all services about the year's plan names no young person."""
    kind = make_type(council.authority, scope="authority", about="nobody", words="Interdependencies")
    meeting = planning.plan(type=kind, told=MeetingTold(HELD, chair=council.lead), by=council.lead)

    with pytest.raises(NotRight):
        agenda.make_agenda(meeting=meeting, by=council.lead)
    with pytest.raises(NotRight):
        agenda.name(meeting=meeting, person=council.case().person, why="Help", by=council.lead)


def test_the_agenda_costs_the_same_for_two_and_for_twenty(
    council: Council, django_assert_max_num_queries
) -> None:
    def cost() -> int:
        meeting = council.meeting(HELD + timedelta(days=len(council.made)))
        with django_assert_max_num_queries(40) as counted:
            agenda.make_agenda(meeting=meeting, by=council.lead)
        return len(counted)

    council.case("Ada One"), council.case("Bram Two")
    few = cost()
    for number in range(18):
        council.case(f"Person {number}")

    assert cost() == few


def test_year_11_at_risk_come_onto_the_district_s_agenda_from_march(council: Council) -> None:
    def at_risk(born, district):
        person = make_person(council.authority, date_of_birth=born)
        make_residence(person, district=district)
        AtRisk.objects.create(person=person, said_by="school", starts_on=TODAY, service=council.service)
        return person

    year_11 = at_risk(date(2011, 3, 3), council.district)
    at_risk(date(2010, 3, 3), council.district)
    at_risk(date(2011, 3, 3), make_district(council.authority))
    february, march = council.meeting(date(2027, 2, 26)), council.meeting(date(2027, 3, 24))

    agenda.make_agenda(meeting=february, by=council.lead)
    agenda.make_agenda(meeting=march, by=council.lead)

    assert not february.items.exists()
    item = march.items.get()
    assert (item.person, item.treatment, item.why) == (year_11, DISCUSS, ["at_risk"])
    assert item.service == council.service
    line = agenda_of(march, council.lead, TODAY).parts[0].lines[0]
    assert line.reasons == ("Year 11, at risk",)
