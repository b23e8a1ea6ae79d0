"""A referral is answered by the service that was asked: what accepting, declining and withdrawing do to the record."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse

from caseload.allocation.models import Case, MonthRun
from caseload.referrals.actions import accept, decline, withdraw
from caseload.referrals.models import Referral
from caseload.referrals.queries import ANSWERED, BY_US, Wanted, wanted_referrals
from neet.audit.models import AuditEvent
from neet.messages.actions import deliver
from tests.factories import (
    make_user,
)
from tracking.register.models import Responsibility, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


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


def test_who_made_it_reads_the_answer_after_the_record_has_gone_to_others(place):
    made = place.refer()
    accept(referral=made, by=place.lead)

    assert not YoungPerson.objects.visible_to(place.worker).exists()
    assert list(wanted_referrals(place.worker, Wanted(BY_US, ANSWERED), TODAY)) == [made]
