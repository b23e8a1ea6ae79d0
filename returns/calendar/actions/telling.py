"""Writing to those concerned: once a day about one thing, and never a word about any young person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.messages.actions import Letter, send, send_all
from neet.messages.models import Message
from returns.calendar.kinds import Kind
from returns.calendar.models import ExpectedReturn, Notice
from returns.calendar.queries.expected import deadline_of
from returns.calendar.queries.recipients import Recipient, place_of, receivers_at, recipients_of
from returns.calendar.rules.deadlines import Deadline, in_words

K = Notice.Kind
# Whoever has answered hears nothing more of these.
UNTIL_ANSWERED = frozenset({K.ISSUED, K.REMINDER, K.LATE, K.RANG})


class Refused(ValueError):
    """This may not be sent; the message says why in words for the page."""


@transaction.atomic
def tell(
    *, expected: Iterable[ExpectedReturn], kind: str, on: date, to: User | None = None, reference: str = ""
) -> int:
    """Write to the people of these establishments, or to one of them. How many messages lie in the outbox now.

    Each recipient hears of one thing at most once for a day, whoever calls it how often: the rows are held meanwhile,
    and whoever answered in between is not asked any more.
    """
    held = _held(expected, kind)
    people = recipients_of(held, clock.today()) if to is None else {}
    told = set(
        Notice.objects.filter(expected__in=held, kind=kind, day=on).values_list("expected_id", "to_user_id")
    )
    wanted = [
        (each, person)
        for each in held
        for person in (people.get(place_of(each), ()) if to is None else (Recipient("user", to.pk),))
        if (each.pk, person.user_id) not in told
    ]
    messages = send_all(letters=[_letter(each, person, kind, reference) for each, person in wanted])
    Notice.objects.bulk_create(
        Notice(expected=each, kind=kind, day=on, to_user_id=person.user_id, message_id=message.pk)
        for (each, person), message in zip(wanted, messages, strict=True)
    )
    if kind == K.ISSUED:
        ExpectedReturn.objects.filter(pk__in={each.pk for each, _ in wanted}).update(noticed_at=clock.now())
    return len(messages)


def _held(expected: Iterable[ExpectedReturn], kind: str) -> list[ExpectedReturn]:
    rows = ExpectedReturn.objects.filter(pk__in=[each.pk for each in expected])
    found = rows.select_for_update(of=("self",)).select_related("collection__authority", "establishment")
    return [each for each in found.order_by("pk") if kind not in UNTIL_ANSWERED or not each.is_answered]


def _letter(expected: ExpectedReturn, person: Recipient, kind: str, reference: str) -> Letter:
    collection = expected.collection
    facts = {
        "title": collection.title,
        "place": expected.sent_by,
        "reference": reference,
        **_due(deadline_of(expected)),
        **_whom_to_ask(expected),
        **({"opens": in_words(collection.opens_on)} if collection.opens_on > clock.today() else {}),
        **({"to_contact": True} if person.kind == "contact" else {}),
    }
    return Letter(f"return_{kind}", (person.kind, person.id), collection.authority_id, facts)


def _due(due: Deadline) -> dict[str, Any]:
    advised = {} if due.is_working_day else {"advised": in_words(due.advised_on)}
    return {"due": in_words(due.due_on), **advised}


def _whom_to_ask(expected: ExpectedReturn) -> dict[str, str]:
    authority = expected.collection.authority
    return {
        "council": authority.name,
        "telephone": authority.contact_telephone,
        "email": authority.contact_email,
    }


@transaction.atomic
def put_on_the_list(*, expected: Sequence[ExpectedReturn], on: date) -> int:
    """Name those who have not answered on the council's list of the day, and write to those who receive returns how
    many they are. How many were named now; called again it names and writes nothing."""
    held = _held(expected, K.LATE)
    named = set(
        Notice.objects.filter(expected__in=held, kind=K.LATE, day=on).values_list("expected", flat=True)
    )
    new = [each for each in held if each.pk not in named]
    Notice.objects.bulk_create(Notice(expected=each, kind=K.LATE, day=on) for each in new)
    by_authority: dict[int, list[ExpectedReturn]] = defaultdict(list)
    for each in new:
        by_authority[each.collection.authority_id].append(each)
    for authority_id, rows in by_authority.items():
        facts = {"day": in_words(on), "lines": _counted(rows)}
        for person in receivers_at(authority_id, clock.today()):
            send(template="returns_late", to=(person.kind, person.id), authority_id=authority_id, facts=facts)
    return len(new)


def _counted(rows: Sequence[ExpectedReturn]) -> list[dict[str, Any]]:
    titles: dict[str, int] = defaultdict(int)
    for each in rows:
        titles[each.collection.title] += 1
    return [{"title": title, "number": number} for title, number in sorted(titles.items())]


def nudge(*, expected: Sequence[ExpectedReturn], by: User) -> int:
    """Remind these now. How many of them were written to; whoever was reminded today is left in peace."""
    today = clock.today()
    authority_ids = {each.collection.authority_id for each in expected}
    authority_id = authority_ids.pop() if len(authority_ids) == 1 else None
    with recorded(Kind.NUDGED, by=by, authority_id=authority_id) as event:
        reminded = Notice.objects.filter(expected__in=expected, kind=K.REMINDER, day=today)
        before = set(reminded.values_list("expected_id", flat=True))
        messages = tell(
            expected=[each for each in expected if each.pk not in before], kind=K.REMINDER, on=today
        )
        now = set(reminded.values_list("expected_id", flat=True)) - before
        event.counts = {"establishments": len(now), "messages": messages}
    return len(now)


def rang(*, expected: Sequence[ExpectedReturn], by: User) -> int:
    """These were rung up today; whoever was rung up before on the day is counted once. How many were noted now."""
    today = clock.today()
    authority_ids = {each.collection.authority_id for each in expected}
    authority_id = authority_ids.pop() if len(authority_ids) == 1 else None
    with recorded(Kind.RANG, by=by, authority_id=authority_id) as event:
        held = _held(expected, K.RANG)
        before = set(
            Notice.objects.filter(expected__in=held, kind=K.RANG, day=today).values_list(
                "expected", flat=True
            )
        )
        new = [Notice(expected=each, kind=K.RANG, day=today) for each in held if each.pk not in before]
        event.counts = {"establishments": len(Notice.objects.bulk_create(new))}
    return len(new)


def resend(*, notice: Notice, by: User) -> Message:
    """Send a message once more, to the address of today. Raises Refused."""
    message = Message.objects.filter(pk=notice.message_id or 0).first()
    if message is None:
        raise Refused("This message is no longer kept. Remind them instead.")
    if message.state in {Message.State.WAITING, Message.State.SENDING}:
        raise Refused("This message is on its way.")
    counts = {"notice": notice.pk}
    with recorded(Kind.RESENT, by=by, authority_id=message.authority_id, counts=counts):
        again = send(
            template=message.template,
            to=(message.recipient_kind, message.recipient_id),
            authority_id=message.authority_id,
            facts=message.facts,
        )
        notice.message_id = again.pk
        notice.save(update_fields=["message_id"])
    return again
