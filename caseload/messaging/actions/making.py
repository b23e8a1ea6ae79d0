"""Making a list of messages: settled, looked at, made anew or thrown away. Nothing goes from here."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from caseload.messaging.actions.holding import held
from caseload.messaging.actions.sending import send_off
from caseload.messaging.kinds import Kind
from caseload.messaging.models import BatchMessage, MessageBatch, MessageSettings
from caseload.messaging.queries.batches import settings_of, wordings
from caseload.messaging.queries.choosing import Chosen, Look, audience_of, chosen
from caseload.messaging.rules import MOST
from caseload.messaging.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.working_days import on_or_after
from schools.models import Authority
from tracking.register.actions.reach import within_reach
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

State = MessageBatch.State
AUTOMATIC, NOT_KNOWN = "automatic", "not_known"
ROWS_AT_ONCE = 2000


def make_batch(
    *,
    authority: Authority,
    wording: str,
    audience: str,
    narrowed: Mapping[str, Any],
    most: int,
    by: User | None,
    cause: str = "",
) -> MessageBatch:
    """A list of who gets a message and who gets none, and why (R76, R155). It waits to be looked at and released.

    `audience` is a name of settings.AUDIENCES, `narrowed` what it is narrowed to: a district's id, a year group, or
    what the audience itself asks for. A person reaches only those they may write to; the system (`by` None) the whole
    council. Raises NotRight, NotPermitted.
    """
    return make(wanted=Wanted(authority, wording, audience, narrowed, most, cause), by=by)


def make(*, wanted: Wanted, by: User | None) -> MessageBatch:
    """The same from one statement. Raises NotRight, NotPermitted."""
    refuse_not_allowed(wanted.authority, by)
    on = clock.today()
    channel = refuse_unfit(wanted, on)
    with recorded(Kind.MADE, by=by, authority_id=wanted.authority.pk) as event:
        batch = MessageBatch.objects.create(
            authority=wanted.authority,
            wording=wanted.wording,
            channel=channel,
            audience=wanted.audience,
            narrowed=dict(wanted.narrowed),
            most=wanted.most,
            made_by=by,
            cause=wanted.cause,
        )
        event.subjects, event.counts = settle(batch, by, on)
        return batch


def refuse_not_allowed(authority: Authority, by: User | None) -> None:
    if by is None:
        return
    places = scope_of(by).where(Permission.CONTACT_MANY)
    if authority.pk not in {each.authority_id for each in places}:
        raise NotPermitted(Permission.CONTACT_MANY)


def refuse_unfit(wanted: Wanted, on: date) -> str:
    """The way the wanted message goes, where all that was said fits together."""
    if wanted.audience not in settings.AUDIENCES:
        raise NotRight({"audience": "Select who gets the message"})
    if not 1 <= wanted.most <= MOST:
        raise NotRight({"most": f"Enter a number from 1 to {MOST:,}"})
    known = {each.code: each for each in wordings(wanted.authority, on)}
    if wanted.wording not in known:
        raise NotRight({"wording": "Select a message"})
    return known[wanted.wording].channel


def settle(batch: MessageBatch, by: User | None, on: date) -> tuple[list[int], dict[str, int]]:
    """Work out anew who gets it and who does not; whom the message would reach, and what there was of each reason."""
    people = people_of(batch, by, on)
    look = Look(batch.authority, batch.channel, on, settings_of(batch.authority).quiet_days, batch.pk)
    found = chosen(people, look, batch.most)
    batch.messages.all().delete()
    BatchMessage.objects.bulk_create((_row(batch, each) for each in found), batch_size=ROWS_AT_ONCE)
    batch.settled_at = clock.now()
    batch.save(update_fields=["settled_at"])
    counts = Counter(f"left_out_{each.why}" if each.why else "to_send" for each in found)
    return [each.person_id for each in found if not each.why], {"batch": batch.pk, **counts}


def people_of(batch: MessageBatch, by: User | None, on: date) -> QuerySet[YoungPerson]:
    """The batch's audience, as far as whoever asks may write to them."""
    people = audience_of(batch.authority, batch.audience, batch.narrowed, on)
    if by is None:
        return people
    return people.filter(pk__in=within_reach(by, Permission.CONTACT_MANY).values("pk"))


def _row(batch: MessageBatch, each: Chosen) -> BatchMessage:
    state = BatchMessage.State.LEFT_OUT if each.why else BatchMessage.State.TO_SEND
    return BatchMessage(
        batch=batch, person_id=each.person_id, contact_point_id=each.point, why=each.why, state=state
    )


def make_anew(*, batch: MessageBatch, by: User) -> MessageBatch:
    """The list as it would be made today, as long as nothing was sent. Raises NotRight, NotPermitted."""
    refuse_not_allowed(batch.authority, by)
    with recorded(Kind.MADE, by=by, authority_id=batch.authority_id, why="anew") as event:
        now = held(batch, State.DRAFT)
        event.subjects, event.counts = settle(now, by, clock.today())
        return now


def discard(*, batch: MessageBatch, by: User) -> None:
    """Throw a list away of which nothing was sent. Raises NotRight, NotPermitted."""
    refuse_not_allowed(batch.authority, by)
    with recorded(Kind.DISCARDED, by=by, authority_id=batch.authority_id, counts={"batch": batch.pk}):
        held(batch, State.DRAFT).delete()


def make_automatic(*, day: date) -> int:
    """At the beginning of each week a list of those not known, in every council that wants one; the one of last week
    that nobody sent goes. It is sent by itself only where the council said so. How many were made."""
    monday = day - timedelta(days=day.weekday())
    if day != on_or_after(monday):
        return 0
    return sum(_automatic(authority, day) for authority in Authority.objects.order_by("pk"))


def _automatic(authority: Authority, day: date) -> bool:
    now = settings_of(authority)
    if now.automatic == MessageSettings.Automatic.NOTHING:
        return False
    with recorded(Kind.DISCARDED, by=None, authority_id=authority.pk, why=AUTOMATIC) as event:
        event.counts["batches"], _ = MessageBatch.objects.filter(
            authority=authority, cause=AUTOMATIC, state=State.DRAFT
        ).delete()
    try:
        batch = make(
            wanted=Wanted(authority, now.wording, NOT_KNOWN, most=now.most, cause=AUTOMATIC), by=None
        )
    except NotRight:  # the wording ended: the page says so, and the night goes on
        return False
    if not batch.messages.filter(state=BatchMessage.State.TO_SEND).exists():
        batch.delete()
        return False
    if now.automatic == MessageSettings.Automatic.SEND and not authority.needs_second_person:
        send_off(batch, None)
    return True


def set_up(*, authority: Authority, council: MessageSettings, by: User) -> MessageSettings:
    """How the council writes to many from now on. Raises NotRight, NotPermitted."""
    refuse_not_allowed(authority, by)
    refuse_unfit(Wanted(authority, council.wording, NOT_KNOWN, most=council.most), clock.today())
    if council.automatic == MessageSettings.Automatic.SEND and authority.needs_second_person:
        raise NotRight({"automatic": "Your council wants a second person to look at each list"})
    with recorded(Kind.SET_UP, by=by, authority_id=authority.pk):
        fields = ("automatic", "wording", "most", "quiet_days")
        said = {name: getattr(council, name) for name in fields}
        return MessageSettings.objects.update_or_create(authority=authority, defaults=said)[0]
