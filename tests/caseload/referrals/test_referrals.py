"""Referrals: made in one page, answered by the service that was asked, on a clock of working days, and what that
service may know before it accepts."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from caseload.allocation.models import Case, CaseSettings, MonthRun
from caseload.referrals.actions import accept, decline, refer, tell_overdue, withdraw
from caseload.referrals.models import Referral
from caseload.referrals.panels import home_panel
from caseload.referrals.queries import ANSWERED, BY_US, OVERDUE, TO_US, Wanted, clock_of, wanted_referrals
from caseload.referrals.statements import Ask
from neet.accounts.roles import ROLES, Permission
from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_contact,
    make_note,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
    seed_reference,
)
from tracking.register.models import Responsibility, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


class Place:
    """A council whose NEET support refers to SEND, with somebody at each."""

    def __init__(self):
        self.authority = make_authority()
        self.support = make_service(self.authority, name="NEET support", short_name="Support")
        self.send = make_service(self.authority, name="SEND team", short_name="SEND")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")
        self.lead = make_user("service_lead", self.authority, service=self.send, name="Lee Lead")
        self.person = make_person(self.authority, given_name="Juno", family_name="Quillfeather")
        make_activity(self.person, SEEKING, date(2026, 10, 5), verified_on=date(2026, 10, 5))
        make_responsible(self.person, service=self.support)

    def ask(self, **more):
        return Ask(**{"to_service": self.send, "reason": "plan", "words": "Wants college in January", **more})

    def refer(self, **more):
        return refer(person=self.person, ask=self.ask(**more), by=self.worker)


@pytest.fixture
def place(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:00")
    seed_reference()
    return Place()


def test_a_referral_is_due_in_the_working_days_the_council_set(place):
    CaseSettings.objects.create(authority=place.authority, referral_days=3)

    made = place.refer()

    assert (made.due_on, made.from_service, made.to_service) == (
        date(2026, 11, 26),
        place.support,
        place.send,
    )
    assert made.state == Referral.State.WAITING


def test_without_a_setting_five_working_days_step_over_the_weekend(place):
    assert place.refer().due_on == date(2026, 11, 30)


def test_nobody_is_referred_twice_to_a_service_that_has_not_answered(place):
    colleague = make_user("caseworker", place.authority, service=place.support)
    first = place.refer()

    assert place.refer() == first
    with pytest.raises(NotRight, match="until 30 November 2026 to answer"):
        refer(person=place.person, ask=place.ask(), by=colleague)
    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.create(person=place.person, to_service=place.send, reason="plan", due_on=TODAY)

    assert Referral.objects.count() == 1


def test_after_an_answer_the_same_service_may_be_asked_again(place):
    decline(referral=place.refer(), why="Not yet 16", by=place.lead)

    assert place.refer().state == Referral.State.WAITING


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "no such"},
        {"to_service": "foreign"},
        {"to_service": "own lead"},
        {"to_service": "nobody's"},
    ],
)
def test_what_does_not_fit_is_refused(place, wrong):
    foreign = make_service(make_authority())
    named = {"foreign": foreign, "own lead": place.support, "nobody's": make_service(place.authority)}
    wrong = {key: named.get(value, value) for key, value in wrong.items()}

    with pytest.raises(NotRight):
        place.refer(**wrong)


def test_a_restricted_record_is_not_referred(place):
    YoungPerson.objects.filter(pk=place.person.pk).update(restricted_on=TODAY, restricted_reason="Refuge")
    place.person.refresh_from_db()

    with pytest.raises(NotRight, match="restricted"):
        place.refer()


def test_only_who_sees_the_young_person_refers_them(place):
    with pytest.raises(NotPermitted):
        refer(
            person=place.person, ask=place.ask(to_service=place.support, takes_the_lead=False), by=place.lead
        )


def test_the_service_is_told_by_an_e_mail_that_names_nobody(place):
    colleague = make_user("caseworker", place.authority, service=place.send)
    place.refer()
    deliver()

    assert {each.to[0] for each in mail.outbox} == {place.lead.email, colleague.email}
    for each in mail.outbox:
        assert "30 November 2026" in each.body
        for private in (
            "Juno",
            "Quillfeather",
            "January",
            str(place.person.ref),
            place.person.young_person_id,
        ):
            assert private not in each.subject + each.body


def test_before_accepting_a_service_knows_what_the_index_tells_and_the_words(place, signed_in):
    """Name, year group, status, who leads, and what the referral says; the record itself is not there."""
    make_residence(place.person, line_1="1 Secret Lane")
    contact = make_contact(place.person)
    make_note(place.person, "A private matter")
    made = place.refer()
    client = signed_in(place.lead)

    listed = client.get(reverse("referrals")).content.decode()
    shown = client.get(reverse("referral", args=[made.pk])).content.decode()

    for page in (listed, shown):
        assert "Juno Quillfeather" in page
        assert "Year 13" in page
        assert "NEET" in page
        assert "Wants college in January" in page
        for private in ("Secret Lane", contact.value, "private matter", str(place.person.ref), "2009"):
            assert private not in page
    assert client.get(reverse("person", args=[place.person.ref])).status_code == 404


def test_accepting_opens_the_record_and_passes_the_lead(place, signed_in):
    made = place.refer()

    accept(referral=made, by=place.lead)
    accept(referral=made, by=place.lead)

    running = Responsibility.objects.filter(person=place.person, ends_on=None)
    assert [(each.service, each.kind, each.starts_on) for each in running] == [(place.send, "lead", TODAY)]
    ended = Responsibility.objects.get(person=place.person, service=place.support)
    assert ended.ends_on == date(2026, 11, 22)
    assert signed_in(place.lead).get(reverse("person", args=[place.person.ref])).status_code == 200
    assert (
        AuditEvent.objects.filter(kind="register.responsibility_given", subjects=[place.person.pk]).count()
        == 1
    )


def test_a_family_educated_at_home_that_does_not_answer_is_referred_and_both_services_stay_on_record(
    place, signed_in
):
    accept(referral=place.refer(reason="home_education"), by=place.lead)

    made = Referral.objects.get()
    assert (made.from_service, made.to_service) == (place.support, place.send)
    record = signed_in(place.lead).get(reverse("person", args=[place.person.ref])).content.decode()
    assert "Educated at home, and the family does not answer" in record
    history = signed_in(place.lead).get(reverse("person_history", args=[place.person.ref])).content.decode()
    assert "Referred to SEND team" in history


def test_the_month_s_case_goes_with_the_lead_and_stays_with_support(place):
    run = MonthRun.objects.create(authority=place.authority, month=date(2026, 11, 30))
    case = Case.objects.create(
        run=run,
        person=place.person,
        state="allocated",
        service=place.support,
        offer="caseload",
        worker=place.worker,
    )
    accept(referral=place.refer(takes_the_lead=False), by=place.lead)
    case.refresh_from_db()
    assert (case.service, case.worker) == (place.support, place.worker)

    accept(referral=place.refer(), by=place.lead)
    case.refresh_from_db()

    assert (case.service, case.worker, case.decided_by) == (place.send, None, place.lead)
    assert case.why_decided


def test_support_leaves_the_lead_where_it_is(place):
    accept(referral=place.refer(takes_the_lead=False), by=place.lead)

    running = Responsibility.objects.filter(person=place.person, ends_on=None)
    assert {(each.service, each.kind) for each in running} == {
        (place.support, "lead"),
        (place.send, "support"),
    }


def test_only_the_service_that_was_asked_answers(place):
    made = place.refer()

    for other in (place.worker, make_user("tracking_officer", place.authority)):
        with pytest.raises(NotPermitted):
            accept(referral=made, by=other)
        with pytest.raises(NotPermitted):
            decline(referral=made, why="No", by=other)


def test_declining_asks_for_a_reason_and_tells_who_asked(place):
    made = place.refer()
    with pytest.raises(NotRight, match="why you decline"):
        decline(referral=made, why=" ", by=place.lead)
    mail.outbox.clear()

    decline(referral=made, why="Over the age we work with", by=place.lead)
    deliver()

    assert not YoungPerson.objects.visible_to(place.lead).exists()
    told = next(each for each in mail.outbox if each.to == [place.worker.email])
    assert "declined" in told.subject
    assert "Over the age" not in told.body


def test_what_was_answered_is_not_answered_otherwise(place):
    made = place.refer()
    decline(referral=made, why="No", by=place.lead)

    with pytest.raises(NotRight, match="declined"):
        accept(referral=made, by=place.lead)
    with pytest.raises(NotRight, match="declined"):
        withdraw(referral=made, by=place.worker)


def test_who_made_it_or_their_service_withdraws_it(place):
    made = place.refer()
    with pytest.raises(NotPermitted):
        withdraw(referral=made, by=place.lead)

    gone = withdraw(referral=made, by=make_user("caseworker", place.authority, service=place.support))

    assert gone.state == Referral.State.WITHDRAWN


def test_a_record_restricted_later_is_absent_from_the_list_and_not_accepted(place, signed_in):
    made = place.refer()
    YoungPerson.objects.filter(pk=place.person.pk).update(restricted_on=TODAY, restricted_reason="Refuge")
    client = signed_in(place.lead)

    assert "Quillfeather" not in client.get(reverse("referrals")).content.decode()
    assert client.get(reverse("referral", args=[made.pk])).status_code == 404
    with pytest.raises(NotPermitted):
        accept(referral=made, by=place.lead)


@pytest.mark.parametrize(
    ("now", "words", "tone"),
    [
        (date(2026, 11, 23), "5 working days left", "waiting"),
        (date(2026, 11, 27), "1 working day left", "attention"),
        (date(2026, 11, 29), "1 working day left", "attention"),
        (date(2026, 11, 30), "Answer due today", "attention"),
        (date(2026, 12, 1), "1 working day late", "bad"),
        (date(2026, 12, 7), "5 working days late", "bad"),
    ],
)
def test_the_clock_counts_working_days(place, now, words, tone):
    clock = clock_of(place.refer(), now)

    assert (clock.words, clock.tone) == (words, tone)


def test_both_sides_see_what_is_overdue(place):
    made = place.refer()
    late = date(2026, 12, 1)

    for user, box in ((place.lead, TO_US), (place.worker, BY_US)):
        assert not wanted_referrals(user, Wanted(box, OVERDUE), TODAY).exists()
        assert list(wanted_referrals(user, Wanted(box, OVERDUE), late)) == [made]
        tiles = {each.words: each.number for each in home_panel(user, late).tiles}
        assert tiles == ({"to answer": 1, "answer overdue": 1} if box == TO_US else
                         {"ours, waiting for others": 1, "ours, answer overdue": 1})  # fmt: skip
    stranger = make_user("service_lead", place.authority, service=make_service(place.authority))
    assert home_panel(stranger, late) is None


def test_who_made_it_reads_the_answer_after_the_record_has_gone_to_others(place):
    made = place.refer()
    accept(referral=made, by=place.lead)

    assert not YoungPerson.objects.visible_to(place.worker).exists()
    assert list(wanted_referrals(place.worker, Wanted(BY_US, ANSWERED), TODAY)) == [made]


def test_whoever_is_told_of_a_referral_may_ask_the_index_too():
    """What the list of referrals tells of somebody is no more than these roles may find out by name."""
    assert all(
        Permission.INDEX_SEARCH in role.permissions
        for role in ROLES.values()
        if Permission.CASE_WORK in role.permissions
    )


def test_one_page_refers_and_the_other_side_declines_without_scripts(place, signed_in):
    worker, lead = signed_in(place.worker), signed_in(place.lead)
    assert (
        "Refer to another service" in worker.get(reverse("person", args=[place.person.ref])).content.decode()
    )

    nothing = worker.post(reverse("refer", args=[place.person.ref]), {"asks": "lead"})
    assert "Select why you refer them" in nothing.content.decode()
    worker.post(
        reverse("refer", args=[place.person.ref]),
        {"to_service": place.send.pk, "reason": "plan", "words": "A plan", "asks": "lead"},
    )
    made = Referral.objects.get()
    assert "5 working days left" in worker.get(reverse("person", args=[place.person.ref])).content.decode()
    lead.post(reverse("decline_referral", args=[made.pk]), {"why": "Full until January"})

    assert (
        "Full until January" in worker.get(f"{reverse('referrals')}?box=out&state=answered").content.decode()
    )
    history = worker.get(reverse("person_history", args=[place.person.ref])).content.decode()
    assert "Referral to SEND team: declined" in history


def test_the_list_costs_the_same_for_many(place, signed_in, assert_statements):
    for _ in range(15):
        person = make_person(place.authority)
        make_responsible(person, service=place.support)
        refer(person=person, ask=place.ask(), by=place.worker)
    client = signed_in(place.lead)
    client.get(reverse("referrals"))

    with assert_statements(12):
        assert client.get(reverse("referrals")).content.count(b"working days left") == 15


def test_a_service_is_told_once_on_a_working_day_of_what_it_let_wait(place, monkeypatch):
    place.refer()
    late, saturday = date(2026, 12, 1), date(2026, 12, 5)

    assert tell_overdue(day=TODAY) == {"services": 0, "messages": 0}
    monkeypatch.setenv("DJANGO_NOW", "2026-12-01T01:00")
    assert tell_overdue(day=TODAY) == {"services": 0, "messages": 0}
    mail.outbox.clear()
    assert tell_overdue(day=late) == {"services": 1, "messages": 1}
    assert tell_overdue(day=late) == {"services": 0, "messages": 0}
    deliver()
    (told,) = [each for each in mail.outbox if "overdue" in each.subject]
    assert told.to == [place.lead.email]
    assert not [word for word in ("Juno", "Quillfeather", "Wants college") if word in told.body]
    monkeypatch.setenv("DJANGO_NOW", "2026-12-05T01:00")
    assert tell_overdue(day=saturday) == {"services": 0, "messages": 0}
    monkeypatch.setenv("DJANGO_NOW", "2026-12-07T01:00")
    assert tell_overdue(day=date(2026, 12, 7))["messages"] == 1
