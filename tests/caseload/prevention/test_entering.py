"""Coming onto the at-risk list, one by one and many at once; working with entries; nobody's status changes by it."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from caseload.chase.queries.whom import to_call
from caseload.chase.statements import Wanted as Calls
from caseload.prevention.actions.entering import Entered, change, enter, enter_many
from caseload.prevention.actions.working import end_many, hand_over, share_out
from caseload.prevention.models import AtRisk, RiskFact
from caseload.prevention.queries.listing import Wanted, on_the_list, risk_lines
from caseload.prevention.queries.points import points_of
from caseload.prevention.statements import RiskRow, RiskTold
from neet.audit.models import AuditEvent
from tests.caseload.prevention.conftest import TODAY, YEAR_10, YEAR_12, stand
from tests.factories import (
    make_characteristic,
    make_contact,
    make_objection,
    make_responsible,
    make_school,
    make_service,
    make_user,
)
from tracking.register.models import Responsibility, Situation
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db


def line_of(council, entry, by=None):
    found = on_the_list(by or council.lead, Wanted(state="all"), TODAY).filter(pk=entry.pk)
    return risk_lines(found, by or council.lead, TODAY)[0]


def test_entering_is_written_down_and_changes_no_status(council):
    person = council.pupil()
    before = Situation.objects.filter(person=person).values().get()

    entry = council.at_risk("excluded", "no_plan_after", person=person, words="Wants to leave")

    assert (entry.said_by, entry.entered_by, entry.starts_on) == ("officer", council.lead, TODAY)
    assert AuditEvent.objects.get(kind="prevention.entered_at_risk").subjects == [person.pk]
    assert Situation.objects.filter(person=person).values().get() == before
    assert set(RiskFact.objects.values_list("factor", flat=True)) == {"excluded", "no_plan_after"}
    assert council.at_risk("excluded", "no_plan_after", person=person) == entry


def test_nobody_stands_on_the_list_twice(council):
    entry = council.at_risk("excluded")

    with pytest.raises(NotRight, match="already, since 17 May 2027"):
        council.at_risk("free_meals", person=entry.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        AtRisk.objects.create(person=entry.person, said_by="school")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"reasons": ()}, "at least one reason"),
        ({"reasons": ("hearsay",)}, "no reason in the table"),
    ],
)
def test_a_reason_is_asked_for(council, told, words):
    with pytest.raises(NotRight, match=words):
        enter(person=council.pupil(), told=RiskTold("officer", **told), by=council.lead)


def test_only_who_sees_somebody_enters_them_and_another_council_s_service_is_refused(council):
    person = council.pupil()
    told = RiskTold("officer", ("excluded",))

    with pytest.raises(NotPermitted):
        enter(person=person, told=told, by=council.sender)
    with pytest.raises(NotRight, match="service of this council"):
        council.at_risk(person=person, service=make_service(council.pupil().authority.__class__.objects.create(
            code="999", name="There", database_id="999")))  # fmt: skip


def test_a_reason_taken_away_no_longer_counts(council):
    entry = council.at_risk("excluded", "free_meals")
    assert points_of(council.authority, TODAY)[0].points == 4

    change(
        entry=entry,
        told=RiskTold("officer", ("free_meals",), "Better now", worker=council.lead),
        by=council.lead,
    )

    entry.refresh_from_db()
    assert (entry.reasons, entry.words, entry.worker) == (["free_meals"], "Better now", council.lead)
    assert points_of(council.authority, TODAY)[0].points == 2


def test_many_come_in_one_act_and_who_is_there_keeps_their_worker(council, assert_statements):
    there = council.at_risk("excluded", worker=council.lead)
    pupils = [council.pupil() for _ in range(12)]
    rows = [
        RiskRow(each.pk, ("free_meals",), establishment=council.school.pk) for each in [*pupils, there.person]
    ]

    with assert_statements(14):
        done = enter_many(authority=council.authority, rows=rows, said_by="school", by=council.officer)

    assert done == Entered(new=12, there=1)
    there.refresh_from_db()
    assert (there.reasons, there.worker) == (["excluded", "free_meals"], council.lead)
    event = AuditEvent.objects.get(kind="prevention.entered_many_at_risk")
    assert sorted(event.subjects) == sorted(row.person for row in rows)
    assert enter_many(
        authority=council.authority, rows=rows, said_by="school", by=council.officer
    ) == Entered(0, 13)


def test_many_are_refused_where_one_is_out_of_reach_and_a_school_enters_its_own(council):
    elsewhere = make_school(la_code=council.authority.code)
    own, other = council.pupil(), council.pupil(school=elsewhere)
    school = make_user("school_user", council.authority, establishment=council.school)

    with pytest.raises(NotPermitted):
        enter_many(
            authority=council.authority,
            rows=[RiskRow(own.pk), RiskRow(other.pk)],
            said_by="school",
            by=school,
        )
    assert not AtRisk.objects.exists()
    enter_many(authority=council.authority, rows=[RiskRow(own.pk)], said_by="school", by=school)
    assert AtRisk.objects.get().person == own


def test_what_a_school_may_not_pass_on_is_not_kept_nor_counted(council):
    person = council.pupil()
    make_objection(person, made_on=date(2026, 10, 1), made_by="parent")
    make_characteristic(person, "SENS", source="provider")
    row = RiskRow(person.pk, ("excluded",), "Says too much", council.school.pk)

    enter_many(authority=council.authority, rows=[row], said_by="school", by=council.officer)

    entry = AtRisk.objects.get()
    assert (entry.reasons, entry.words) == ([], "")
    assert not RiskFact.objects.exists()
    assert points_of(council.authority, TODAY) == []


def test_what_a_school_said_before_somebody_objected_is_shown_no_more(council):
    person = council.pupil()
    row = RiskRow(person.pk, ("excluded",), "Fights", council.school.pk)
    enter_many(authority=council.authority, rows=[row], said_by="school", by=council.officer)
    entry = AtRisk.objects.get()
    assert line_of(council, entry).reasons.words == ("was suspended or excluded",)

    make_objection(person, made_on=TODAY, made_by="young_person")

    line = line_of(council, entry)
    assert (line.reasons.words, line.words) == ((), "")
    assert not on_the_list(council.lead, Wanted(reason="excluded"), TODAY).exists()


def test_a_reason_is_told_only_to_who_reads_what_it_rests_on(council):
    entry = council.at_risk("in_care", "plan")

    assert line_of(council, entry).reasons.words == ("is looked after", "has an EHC plan")
    chief = line_of(council, entry, council.chief).reasons
    assert (chief.words, chief.hidden_words) == (("has an EHC plan",), "a reason not shown to you")
    assert not on_the_list(council.chief, Wanted(reason="in_care"), TODAY).exists()
    assert on_the_list(council.lead, Wanted(reason="in_care"), TODAY).get() == entry


def test_the_list_is_narrowed_by_what_is_asked(council):
    entry = council.at_risk("excluded", service=council.send, establishment=council.school)
    older = council.at_risk("free_meals", person=council.pupil(YEAR_12), worker=council.lead)

    def found(**wanted):
        return set(on_the_list(council.lead, Wanted(**wanted), TODAY))

    assert found() == {entry, older}
    assert found(year=11) == found(service=council.send.pk) == found(reason="excluded") == {entry}
    assert found(worker="me") == found(year=12) == {older}
    assert found(worker="none") == {entry}
    assert found(school=council.school.pk) == {entry, older}
    assert found(district=council.district.pk) == {entry, older}
    assert found(said_by="school") == found(state="ended") == set()
    assert found(status="COMPULSORY") == {entry}


@pytest.mark.parametrize(
    ("offer", "is_missing", "words"),
    [
        ("110", False, "Has been offered a place"),
        ("120", False, "Going into a job without training"),
        ("", True, "Not recorded"),
        ("159", True, None),
        ("140", True, None),
    ],
)
def test_at_risk_and_no_offer(council, offer, is_missing, words):
    entry = council.at_risk(person=council.pupil(offer=offer))
    council.at_risk(person=council.pupil(YEAR_10))  # nobody owes them an offer yet

    assert (entry in on_the_list(council.lead, Wanted(offer="none"), TODAY)) is is_missing
    assert on_the_list(council.lead, Wanted(offer="none"), TODAY).count() == is_missing
    line = line_of(council, entry)
    assert line.offer.is_missing is is_missing
    assert words in (None, line.offer.words)


def test_the_offer_of_last_summer_is_asked_about_until_march(council):
    entry = council.at_risk(person=council.pupil(YEAR_12))

    assert line_of(council, entry).offer.is_missing  # Year 12: their second guarantee
    assert on_the_list(council.lead, Wanted(offer="none"), date(2027, 2, 1)).get() == entry
    entry.person.guarantees.create(year_group=11, status="110")
    assert not on_the_list(council.lead, Wanted(offer="none"), date(2027, 2, 1)).exists()


def test_contact_stands_on_the_line(council):
    entry = council.at_risk()
    make_contact(entry.person, kind="email", value="p@example.org", whose="parent")
    make_contact(entry.person, value="07700 900111")

    assert line_of(council, entry).contact == "07700 900111"


def test_entries_are_shared_out(council):
    entries = [council.at_risk(), council.at_risk()]

    assert (
        share_out(entries=[each.pk for each in entries], service=council.send, worker=None, by=council.lead)
        == 2
    )
    assert {each.service for each in AtRisk.objects.all()} == {council.send}
    with pytest.raises(NotPermitted):
        share_out(entries=[entries[0].pk], service=None, worker=council.sender, by=council.sender)


def test_handed_over_the_service_leads_and_they_leave_the_list(council, assert_statements):
    entries = [council.at_risk() for _ in range(5)]
    led = make_responsible(entries[0].person, service=council.send, kind="lead")

    with assert_statements(12):
        hand_over(entries=[each.pk for each in entries], service=council.support, by=council.lead)

    leads = Responsibility.objects.filter(kind="lead", ends_on=None)
    assert {each.person_id for each in leads} == {each.person_id for each in entries}
    assert {each.service for each in leads} == {council.support}
    led.refresh_from_db()
    assert led.ends_on == date(2027, 5, 16)
    assert set(AtRisk.objects.values_list("ended", "ends_on")) == {("handed_over", TODAY)}
    with pytest.raises(NotRight, match="at risk now"):
        hand_over(entries=[entries[0].pk], service=council.send, by=council.lead)
    with pytest.raises(NotPermitted):
        hand_over(entries=[council.at_risk().pk], service=council.send, by=council.sender)


def test_ending_has_a_reason_and_a_mistake_counts_no_more(council):
    wrong, started = council.at_risk("excluded"), council.at_risk("excluded")
    with pytest.raises(NotRight, match="how it ended"):
        end_many(entries=[wrong.pk], ended="handed_over", by=council.lead)

    end_many(entries=[wrong.pk], ended="mistake", by=council.lead)
    end_many(entries=[started.pk], ended="started", by=council.lead)

    assert set(AtRisk.objects.values_list("ended", flat=True)) == {"mistake", "started"}
    assert [each.person for each in points_of(council.authority, TODAY)] == [started.person_id]
    assert on_the_list(council.lead, Wanted(state="ended"), TODAY).count() == 2
    assert council.at_risk("free_meals", person=wrong.person).pk  # once it ended they may be entered again


def test_handed_over_nobody_is_on_two_lists_of_calls(council, monkeypatch):
    """R74: once summer is over and nobody knows where they are, the service rings them and tracking does not."""
    handed, tracked = council.at_risk().person, council.pupil()
    hand_over(entries=[handed.at_risk.get().pk], service=council.support, by=council.lead)
    for person in (handed, tracked):
        make_contact(person)
        person.activities.update(ends_on=date(2027, 7, 31))
    stand(monkeypatch, date(2027, 10, 4))

    def called(user):
        return set(to_call(user, Calls(whose="all"), date(2027, 10, 4)))

    assert (called(council.officer), called(council.lead)) == ({tracked}, {handed})
    Responsibility.objects.filter(person=handed, kind="lead").update(ends_on=date(2027, 10, 3))
    assert (called(council.officer), called(council.lead)) == ({tracked, handed}, set())
