"""A request from the day it is made to the day it is answered."""

from collections.abc import Iterator
from contextlib import contextmanager

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from tracking.register.actions.reach import changing, repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.actions.limits import begin_limit
from tracking.rights.kinds import Kind
from tracking.rights.models import Recipient, RightsRequest, UseLimited
from tracking.rights.queries.requests import due_day, given_to_others, may_take_longer, seen_by
from tracking.rights.statements import Answer, Ask

State = RightsRequest.State
Kinds = RightsRequest.Kind
# Whoever was given what we correct, erase or stop using is told (UK GDPR article 19).
TOLD_AFTER = {Kinds.RECTIFICATION, Kinds.ERASURE, Kinds.RESTRICTION}
LIMITS = {
    Kinds.RECTIFICATION: UseLimited.Why.DISPUTED,
    Kinds.OBJECTION: UseLimited.Why.OBJECTED,
    Kinds.RESTRICTION: UseLimited.Why.DISPUTED,
}


def record_request(*, person: YoungPerson, ask: Ask, by: User) -> RightsRequest:
    """Somebody asks about a record. The time to answer begins once we are sure who asks (UK GDPR article 12).

    The same asked again while it is open is the same request. With `limits` the record is kept and not used until it
    is answered (article 18(1)). Raises NotRight, NotPermitted.
    """
    if ask.asked_on > clock.today():
        raise NotRight({"asked_on": "The day they asked must be today or in the past"})
    if ask.kind != Kinds.COPY and not ask.words.strip():
        raise NotRight({"words": "Enter what they ask, in their words"})
    with changing(person, Kind.ASKED, permission=Permission.OBJECTION_RECORD, by=by) as (now, event):
        found, is_new = RightsRequest.objects.get_or_create(
            person=now,
            kind=ask.kind,
            state=State.OPEN,
            defaults={
                "authority_id": now.authority_id,
                "asked_by": ask.asked_by,
                "asked_on": ask.asked_on,
                "words": ask.words.strip(),
                "recorded_by": by,
            },
        )
        if not is_new:
            repeated(event)
        if ask.limits:
            begin_limit(now, LIMITS.get(Kinds(ask.kind), UseLimited.Why.DISPUTED), by)
        return found


def prove_identity(*, request: RightsRequest, how: str, by: User) -> RightsRequest:
    """We are sure who asks, and by what: the time to answer runs. Raises NotRight, NotPermitted."""
    if not how.strip():
        raise NotRight({"how": "Enter how you made sure who asks"})
    with answering(request, Kind.IDENTITY_PROVED, by) as (held, event):
        if held.identity_on:
            repeated(event)
            return held
        return _written(held, identity_on=clock.today(), identity_how=how.strip()[:200])


def ask_what_they_mean(*, request: RightsRequest, by: User) -> RightsRequest:
    """We hold so much that we asked what they mean: the time stands still until they say. Raises NotPermitted."""
    with answering(request, Kind.ASKED_BACK, by) as (held, event):
        if held.unclear_on:
            repeated(event)
            return held
        return _written(held, unclear_on=clock.today())


def told_what_they_mean(*, request: RightsRequest, by: User) -> RightsRequest:
    """They said what they mean: the time runs from today. Raises NotRight, NotPermitted."""
    with answering(request, Kind.MADE_CLEAR, by) as (held, event):
        if held.unclear_on is None:
            raise NotRight({"": "Nobody asked them what they mean"})
        if held.clear_on:
            repeated(event)
            return held
        return _written(held, clear_on=clock.today())


def take_longer(*, request: RightsRequest, why: str, by: User) -> RightsRequest:
    """Two months more for what is hard to answer, said within the first (article 12(3)). Raises NotRight,
    NotPermitted.
    """
    if not why.strip():
        raise NotRight({"why": "Enter why it takes longer"})
    with answering(request, Kind.EXTENDED, by, why) as (held, event):
        if held.extended_on:
            repeated(event)
            return held
        if not may_take_longer(held, clock.today()):
            raise NotRight({"": "More time can only be taken within the first month, while it runs"})
        return _written(held, extended_on=clock.today(), extended_why=why.strip()[:240])


def answer(*, request: RightsRequest, said: Answer, by: User) -> RightsRequest:
    """What came of it. Refused or done in part it has a reason, and a statement of theirs may stand beside the record
    (article 16). A limit of use that was asked for begins. Who was given the record is listed, to be told.

    Raises NotRight, NotPermitted.
    """
    if not said.outcome.strip():
        raise NotRight({"outcome": "Enter what came of it"})
    if said.state not in {State.DONE, State.PARTLY, State.REFUSED}:
        raise NotRight({"state": "Select what came of it"})
    with answering(request, Kind.ANSWERED, by) as (held, event):
        if held.identity_on is None and said.state != State.REFUSED:
            raise NotRight({"": "Make sure who asks first"})
        if said.state != State.REFUSED and held.kind in TOLD_AFTER:
            event.counts["recipients"] = _name_recipients(held)
        if said.state != State.REFUSED and held.kind == Kinds.RESTRICTION:
            begin_limit(held.person, UseLimited.Why.DISPUTED, by)
        return _closed(held, said.state, said.outcome, by, said.statement)


def take_back(*, request: RightsRequest, by: User) -> RightsRequest:
    """Whoever asked does not ask any more. Raises NotPermitted."""
    with answering(request, Kind.TAKEN_BACK, by) as (held, _event):
        return _closed(held, State.WITHDRAWN, "", by)


def note_told(*, recipient: Recipient, by: User) -> Recipient:
    """Whoever was given it has been told. Raises NotPermitted."""
    with _held(recipient.request, Kind.RECIPIENT_TOLD, by) as (held, event):
        row = held.recipients.select_for_update().get(pk=recipient.pk)
        if row.told_on:
            repeated(event)
            return row
        row.told_on, row.told_by = clock.today(), by
        row.save(update_fields=["told_on", "told_by"])
        return row


@contextmanager
def answering(
    request: RightsRequest, kind: Kind, by: User, why: str = ""
) -> Iterator[tuple[RightsRequest, AuditEvent]]:
    """One step with a request that is open, held until the end. Raises NotPermitted, NotRight."""
    with _held(request, kind, by, why) as (held, event):
        if held.state != State.OPEN:
            raise NotRight({"": "This request has been answered"})
        yield held, event


@contextmanager
def _held(
    request: RightsRequest, kind: Kind, by: User, why: str = ""
) -> Iterator[tuple[RightsRequest, AuditEvent]]:
    with recorded(
        kind, by=by, authority_id=request.authority_id, subjects=[request.person_id], why=why
    ) as event:
        found = seen_by(by).select_related("person", "authority").select_for_update(of=("self",))
        held = found.filter(pk=request.pk).first()
        if held is None:
            raise NotPermitted(Permission.COPY_GIVE)
        yield held, event


def _written(request: RightsRequest, **said: object) -> RightsRequest:
    for name, value in said.items():
        setattr(request, name, value)
    request.due_on = due_day(request)
    request.save(update_fields=[*said, "due_on"])
    return request


def _closed(request: RightsRequest, state: str, outcome: str, by: User, statement: str = "") -> RightsRequest:
    request.state, request.answered_on, request.answered_by = state, clock.today(), by
    request.outcome, request.statement = outcome.strip()[:1000], statement.strip()[:1000]
    request.save(update_fields=["state", "answered_on", "answered_by", "outcome", "statement"])
    return request


def _name_recipients(request: RightsRequest) -> int:
    rows = [
        Recipient(request=request, name=each.name[:200], given=each.what[:200], given_on=each.on)
        for each in given_to_others(request.person_id)
    ]
    return len(Recipient.objects.bulk_create(rows, ignore_conflicts=True))
