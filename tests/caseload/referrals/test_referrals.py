"""Referrals: made in one page, on a clock of working days, and what the service that is asked may know before it
accepts."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from caseload.allocation.models import CaseSettings
from caseload.referrals.actions import decline, refer, tell_overdue
from caseload.referrals.models import Referral
from caseload.referrals.panels import home_panel
from caseload.referrals.queries import BY_US, OVERDUE, TO_US, Wanted, clock_of, wanted_referrals
from neet.accounts.roles import ROLES, Permission
from neet.messages.actions import deliver
from tests.factories import (
    make_authority,
    make_contact,
    make_note,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
)
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


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
