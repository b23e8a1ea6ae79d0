"""Referring a young person to another service, and that service's answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from caseload.allocation.models import Case
from caseload.allocation.queries import settings_of
from caseload.referrals.kinds import Kind
from caseload.referrals.models import Referral
from caseload.referrals.queries import (
    answers_for,
    may_withdraw,
    overdue_by_service,
    people_of_service,
    services_at,
)
from caseload.referrals.statements import Ask
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from neet.messages.actions import Letter, send_all
from neet.messages.models import Message
from neet.ui.words import day
from neet.working_days import is_working_day, working_days_after
from tracking.register.actions.reach import locked, repeated
from tracking.register.actions.responsibilities import give
from tracking.register.models import Responsibility, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.statements import Charge

State = Referral.State
OVERDUE = "referrals_overdue"


def refer(*, person: YoungPerson, ask: Ask, by: User) -> Referral:
    """Another service is asked to take the young person on and told so by an e-mail that names nobody (R36, R69).

    An answer is due so many working days after today as the council set. The same service is not asked twice while
    it has not answered. Raises NotRight, NotPermitted.
    """
    refuse_unfit(person, ask)
    with recorded(Kind.MADE, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.CASE_WORK)
        from_service = next(iter(sorted(services_at(by, now.authority_id) - {ask.to_service.pk})), None)
        waiting = Referral.objects.filter(person=now, to_service=ask.to_service, state=State.WAITING).first()
        if waiting:
            if waiting.made_by == by and waiting.reason == ask.reason:
                repeated(event)
                return waiting
            raise NotRight({"to_service": already_asked(waiting)})
        made = Referral.objects.create(
            person=now,
            from_service_id=from_service,
            to_service=ask.to_service,
            reason=ask.reason,
            words=ask.words.strip(),
            takes_the_lead=ask.takes_the_lead,
            made_by=by,
            due_on=working_days_after(clock.today(), settings_of(now.authority_id).referral_days),
        )
        event.counts["referral"] = made.pk
        tell_service(made)
        return made


def refuse_unfit(person: YoungPerson, ask: Ask) -> None:
    if ask.to_service.authority_id != person.authority_id:
        raise NotRight({"to_service": "Select a service of this council"})
    if ask.reason not in Referral.Reason.values:
        raise NotRight({"reason": "Select why you refer them"})
    if person.restricted_on:
        raise NotRight(
            {"": "This record is restricted. Ask information governance to name a colleague of that service."}
        )
    if not people_of_service(ask.to_service.pk, clock.today()):
        raise NotRight({"to_service": "Nobody works on cases for that service yet, so nobody would answer"})
    led = person.responsibilities.filter(
        kind=Responsibility.Kind.LEAD, ends_on=None, service=ask.to_service
    ).exists()
    if led and ask.takes_the_lead:
        raise NotRight({"to_service": "That service leads for them already"})


def already_asked(waiting: Referral) -> str:
    who = f" by {waiting.made_by.name}" if waiting.made_by else ""
    return (
        f"That service was asked on {day(waiting.made_at)}{who} and has until {day(waiting.due_on)} to answer"
    )


def accept(*, referral: Referral, by: User, answer: str = "") -> Referral:
    """The service takes the young person on: it leads from today, or supports whoever leads, and its people see the
    record. Accepted twice is accepted once. Raises NotRight, NotPermitted."""
    with answering(referral, Kind.ACCEPTED, by) as (now, event):
        if now.state == State.ACCEPTED:
            repeated(event)
            return now
        answered(now, State.ACCEPTED, answer, by)
        kind = Responsibility.Kind.LEAD if now.takes_the_lead else Responsibility.Kind.SUPPORT
        give(person=now.person, charge=Charge(kind, clock.today(), service=now.to_service), by=by)
        if now.takes_the_lead:
            pass_case_on(now, by)
        return now


def pass_case_on(referral: Referral, by: User) -> None:
    """Whoever leads reviews: the open month's case goes with the young person, and rules asked again leave it."""
    running = (Case.State.ALLOCATED, *Case.UNDECIDED)
    Case.objects.filter(person=referral.person, run__closed_at=None, state__in=running).exclude(
        service=referral.to_service
    ).update(
        service=referral.to_service,
        state=Case.State.ALLOCATED,
        worker=None,
        decided_by=by,
        why_decided="The service accepted a referral",
    )


def decline(*, referral: Referral, why: str, by: User) -> Referral:
    """The service does not take the young person on, and says why. Raises NotRight, NotPermitted."""
    if not why.strip():
        raise NotRight({"why": "Enter why you decline"})
    with answering(referral, Kind.DECLINED, by) as (now, event):
        if now.state == State.DECLINED:
            repeated(event)
            return now
        return answered(now, State.DECLINED, why, by)


def withdraw(*, referral: Referral, by: User) -> Referral:
    """Whoever asked does not ask any more. Raises NotRight, NotPermitted."""
    subject = referral.person
    with recorded(Kind.WITHDRAWN, by=by, authority_id=subject.authority_id, subjects=[subject.pk]) as event:
        now = held(referral)
        if not may_withdraw(by, now):
            raise NotPermitted(Permission.CASE_WORK)
        if now.state == State.WITHDRAWN:
            repeated(event)
            return now
        refuse_answered(now)
        now.state, now.answered_by, now.answered_at = State.WITHDRAWN, by, clock.now()
        now.save(update_fields=["state", "answered_by", "answered_at"])
        return now


@contextmanager
def answering(referral: Referral, kind: Kind, by: User) -> Iterator[tuple[Referral, AuditEvent]]:
    """One answer of the service that was asked, with its event; the person's row and the referral's are held."""
    subject = referral.person
    with recorded(kind, by=by, authority_id=subject.authority_id, subjects=[subject.pk]) as event:
        now = held(referral)
        if not answers_for(by, now):
            raise NotPermitted(Permission.CASE_WORK)
        event.counts["referral"] = now.pk
        if now.state != {Kind.ACCEPTED: State.ACCEPTED, Kind.DECLINED: State.DECLINED}[kind]:
            refuse_answered(now)
        yield now, event


def held(referral: Referral) -> Referral:
    """Both rows as they are now, the person's first, as every change of a record does."""
    person = YoungPerson.objects.select_for_update().get(pk=referral.person_id)
    now = Referral.objects.select_for_update(of=("self",)).select_related("to_service", "made_by")
    found = now.get(pk=referral.pk)
    found.person = person
    return found


def refuse_answered(referral: Referral) -> None:
    if referral.state != State.WAITING:
        words = referral.get_state_display().lower()
        raise NotRight({"": f"This referral was {words} on {day(referral.answered_at)}."})


def answered(referral: Referral, state: str, answer: str, by: User) -> Referral:
    referral.state, referral.answer = state, answer.strip()
    referral.answered_by, referral.answered_at = by, clock.now()
    referral.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    if referral.made_by_id and referral.made_by != by:
        about = {"answer": State(state).label.lower(), "service": referral.to_service.name}
        letter = Letter(
            "referral_answered", ("user", referral.made_by_id), referral.person.authority_id, about
        )
        send_all(letters=[letter])
    return referral


def tell_service(referral: Referral) -> None:
    """An e-mail to whoever answers there: that somebody is referred, and until when an answer is due."""
    about = {"service": referral.to_service.name, "due": day(referral.due_on)}
    authority_id = referral.to_service.authority_id
    send_all(
        letters=[
            Letter("referral_made", ("user", user_id), authority_id, about)
            for user_id in people_of_service(referral.to_service_id, clock.today())
        ]
    )


def tell_overdue(*, day: date) -> dict[str, int]:
    """Remind each service that let a referral wait beyond its day: how many, by an e-mail that names nobody, once on
    each working day. Days made up for later remind nobody: what still waits is told on the day itself."""
    told = {"services": 0, "messages": 0}
    if day != clock.today() or not is_working_day(day):
        return told
    with recorded(Kind.OVERDUE_TOLD, by=None) as event:
        for waiting in overdue_by_service(day):
            about = {"service": waiting.service, "waiting": waiting.number, "day": day.isoformat()}
            if Message.objects.filter(
                template=OVERDUE, authority_id=waiting.authority_id, facts=about
            ).exists():
                continue
            to = people_of_service(waiting.service_id, day)
            send_all(letters=[Letter(OVERDUE, ("user", each), waiting.authority_id, about) for each in to])
            told = {"services": told["services"] + 1, "messages": told["messages"] + len(to)}
        event.counts = dict(told)
    return told
