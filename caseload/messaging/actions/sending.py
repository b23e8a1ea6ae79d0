"""Sending a list little by little in office hours: each message once, or not at all, however often it is asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from caseload.chase.actions.attempts import again_at
from caseload.chase.models import Attempt
from caseload.messaging.actions.holding import held
from caseload.messaging.kinds import Kind
from caseload.messaging.models import BatchMessage, MessageBatch
from caseload.messaging.queries.batches import facts, settings_of
from caseload.messaging.queries.choosing import Chosen, Look, audience_of, chosen
from caseload.messaging.rules import A_MINUTE, MOST_A_MINUTE, YOUNG_PERSON, Why, closes, is_open, next_open
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.messages.actions import Letter, send_all, withdraw
from neet.messages.models import Message
from returns.surveys.actions import Ask, make_links, new_secret
from returns.surveys.links import path_of
from tracking.models import ContactPoint
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import within_reach
from tracking.register.refusals import NotPermitted, NotRight

State, Line = MessageBatch.State, BatchMessage.State
AT_ONCE = 20
LIST_HOLDS_FOR = timedelta(days=7)
RECIPIENT, TEMPLATE = "batch_message", "to_young_person"
SENT, NOT_IN_USE = "message_sent", "not_in_use"


def release(*, batch: MessageBatch, by: User) -> MessageBatch:
    """Have the list sent, from the next office hour on. Where the council wants a second person, it is not who made
    the list. Raises NotRight, NotPermitted."""
    with recorded(Kind.RELEASED, by=by, authority_id=batch.authority_id, counts={"batch": batch.pk}):
        now = held(batch, State.DRAFT)
        if now.authority.needs_second_person and now.made_by_id == by.pk:
            raise NotRight({"": "Somebody else has to look at this list and send it: you made it."})
        if now.settled_at is None or now.settled_at < clock.now() - LIST_HOLDS_FOR:
            raise NotRight({"": "This list is older than a week. Make it anew first."})
        reached = within_reach(by, Permission.CONTACT_MANY).values("pk")
        if now.messages.filter(state=Line.TO_SEND).exclude(person__in=reached).exists():
            raise NotPermitted(Permission.CONTACT_MANY)
        return send_off(now, by)


def send_off(batch: MessageBatch, by: User | None) -> MessageBatch:
    """Part of releasing: from now on the timer hands its messages over."""
    if batch.wording not in ruleset(clock.today()).message_wordings:
        raise NotRight({"": "The wording of this message has ended. Choose another one."})
    if not batch.messages.filter(state=Line.TO_SEND).exists():
        raise NotRight({"": "Nobody on this list gets a message."})
    batch.state, batch.released_by, batch.released_at = State.RELEASED, by, clock.now()
    batch.sends_from = next_open(batch.released_at)
    batch.save(update_fields=["state", "released_by", "released_at", "sends_from"])
    return batch


def stop(*, batch: MessageBatch, by: User) -> int:
    """Send no more of it, also not what lies in the outbox; how many were stopped. Raises NotRight."""
    with recorded(Kind.STOPPED, by=by, authority_id=batch.authority_id) as event:
        now = held(batch, State.RELEASED)
        lying = now.messages.filter(state=Line.HANDED_OVER).values_list("message", flat=True)
        taken_back = withdraw(messages=[each for each in lying if each])
        stopped = now.messages.filter(message__in=taken_back).update(state=Line.STOPPED)
        stopped += now.messages.filter(state=Line.TO_SEND).update(state=Line.STOPPED)
        _end(now, State.STOPPED)
        event.counts = {"batch": now.pk, "messages": stopped}
        return stopped


def hand_over(*, at: datetime) -> int:
    """Put the next messages of every released list into the outbox, in office hours, some sixty a minute and list; how
    many. The timer asks for it again and again; two at once do not hand over the same."""
    if not is_open(at):
        return 0
    waiting = MessageBatch.objects.filter(state=State.RELEASED, sends_from__lte=at).order_by("pk")
    return sum(_hand_over_some(number, at) for number in waiting.values_list("pk", flat=True))


@transaction.atomic
def _hand_over_some(batch_id: int, at: datetime) -> int:
    free = MessageBatch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("authority")
    batch = free.filter(pk=batch_id, state=State.RELEASED).first()
    if batch is None:
        return 0
    lately = batch.messages.filter(handed_over_at__gt=at - A_MINUTE).count()
    rows = list(batch.messages.filter(state=Line.TO_SEND)[: min(AT_ONCE, max(0, MOST_A_MINUTE - lately))])
    if not rows:
        if not batch.messages.filter(state=Line.TO_SEND).exists():
            _end(batch, State.SENT)
        return 0
    with recorded(Kind.HANDED_OVER, by=None, authority_id=batch.authority_id) as event:
        going = _still_wanted(batch, rows, at)
        _into_the_outbox(batch, going, at)
        event.subjects = [each.person_id for each in going]
        event.counts = {"batch": batch.pk, "left_out": len(rows) - len(going)}
    return len(going)


def _still_wanted(batch: MessageBatch, rows: list[BatchMessage], at: datetime) -> list[BatchMessage]:
    """Asked again for each at the last moment: who belongs there no longer, or may not be written to by now, gets
    none."""
    on = at.date()
    look = Look(batch.authority, batch.channel, on, settings_of(batch.authority).quiet_days, batch.pk)
    named = audience_of(batch.authority, batch.audience, batch.narrowed, on)
    people = named.filter(pk__in=[each.person_id for each in rows])
    found = {each.person_id: each for each in chosen(people, look, len(rows))}
    out: dict[str, list[int]] = defaultdict(list)
    going = []
    for row in rows:
        now = found.get(row.person_id, Chosen(row.person_id, why=Why.NO_LONGER))
        if now.why:
            out[now.why].append(row.pk)
        else:
            row.contact_point_id = now.point
            going.append(row)
    for why, numbers in out.items():
        batch.messages.filter(pk__in=numbers).update(state=Line.LEFT_OUT, why=why)
    return going


def _into_the_outbox(batch: MessageBatch, rows: list[BatchMessage], at: datetime) -> None:
    wording = ruleset(at.date()).message_wordings[batch.wording]
    ask = Ask(batch.authority_id, wording.asks, batch.wording)
    links = make_links(ask=ask, people=[row.person_id for row in rows], on=at.date())
    letters = [
        Letter(TEMPLATE, (RECIPIENT, row.pk), batch.authority_id, channel=batch.channel, until_at=closes(at))
        for row in rows
    ]
    for row, link, message in zip(rows, links, send_all(letters=letters), strict=True):
        row.link, row.message = link, message
        row.state, row.handed_over_at = Line.HANDED_OVER, at
    changed = ["link", "message", "state", "handed_over_at", "contact_point"]
    BatchMessage.objects.bulk_update(rows, changed)


def _end(batch: MessageBatch, state: MessageBatch.State) -> None:
    batch.state, batch.ended_at = state, clock.now()
    batch.save(update_fields=["state", "ended_at"])


def said_in(batch_message_id: int) -> dict[str, Any]:
    """What the message says, made while it is sent: first name, council and a link whose secret rests nowhere; in the
    language they last answered in, where the message was written in that too."""
    row = BatchMessage.objects.select_related("batch__authority", "person", "link").get(pk=batch_message_id)
    rules = ruleset(clock.today())
    language = row.link.language if row.link else ""
    other = rules.message_translations.get((row.batch.wording, language))
    wording = rules.message_wordings[row.batch.wording].told(other)
    link = path_of(new_secret(link_id=row.link_id or 0))
    name = row.person.known_as or row.person.given_name
    subject, text = wording.said(facts(row.batch.authority, name, link))
    return {"subject": subject, "text": text}


@transaction.atomic
def note_what_went(*, at: datetime) -> int:
    """Each message that went is an attempt to reach somebody, written down once (R70); a number or address that there
    is not is used no more. How many were noted."""
    went = BatchMessage.objects.filter(attempt=None, message__state__in=Message.WENT)
    rows = _held_rows(went)
    if rows:
        _as_attempts(rows, SENT)
    returned = BatchMessage.objects.filter(
        message__state=Message.State.RETURNED, contact_point__do_not_use=False, attempt__isnull=False
    )
    wrong = _held_rows(returned)
    if wrong:
        _as_attempts(wrong, NOT_IN_USE, keep=False)
        ContactPoint.objects.filter(pk__in=[each.contact_point_id for each in wrong]).update(do_not_use=True)
    return len(rows) + len(wrong)


def _held_rows(rows: QuerySet[BatchMessage]) -> list[BatchMessage]:
    found = rows.select_for_update(skip_locked=True, of=("self",)).select_related("batch", "message")
    return list(found.order_by("pk")[:500])


def _as_attempts(rows: list[BatchMessage], outcome: str, *, keep: bool = True) -> None:
    by_council: Mapping[int, list[BatchMessage]] = _by_council(rows)
    for authority_id, some in by_council.items():
        subjects = [row.person_id for row in some]
        with recorded(Kind.WENT, by=None, authority_id=authority_id, subjects=subjects, why=outcome):
            made = Attempt.objects.bulk_create(_attempt(row, outcome) for row in some)
            if keep:
                for row, attempt in zip(some, made, strict=True):
                    row.attempt = attempt
                BatchMessage.objects.bulk_update(some, ["attempt"])


def _by_council(rows: Iterable[BatchMessage]) -> Mapping[int, list[BatchMessage]]:
    found: dict[int, list[BatchMessage]] = defaultdict(list)
    for row in rows:
        found[row.batch.authority_id].append(row)
    return found


def _attempt(row: BatchMessage, outcome: str) -> Attempt:
    known = ruleset(clock.today()).contact_outcomes[outcome]
    return Attempt(
        person_id=row.person_id,
        channel=row.batch.channel,
        asked=YOUNG_PERSON,
        contact_point_id=row.contact_point_id,
        outcome=outcome,
        reached=known.reached,
        learned=known.learned,
        cause=row.batch.cause or f"messages {row.batch_id}",
        tried_at=(row.message.sent_at if row.message else None) or clock.now(),
        tried_by_id=row.batch.released_by_id,
        again_at=again_at(known),
    )
