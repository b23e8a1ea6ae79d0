"""One young person's messages and whether they want any; where a message goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from caseload.chase.models import Attempt
from caseload.messaging.models import BatchMessage, MessageBatch, OptOut
from caseload.messaging.queries.batches import MessageLine, line_of
from neet import clock
from neet.messages.models import Message
from neet.statements.once import built_once
from returns.surveys.models import AnswerLink
from tracking.register.columns import objection_in_force, open_on
from tracking.register.models import ContactPoint, YoungPerson
from tracking.rights.queries.limits import use_is_limited

NEWEST = 3


def address_of(batch_message_id: int) -> str:
    """The number or address of a message of a batch at the moment it is sent; empty where it ended, may not be used,
    or they want none by now."""
    row = BatchMessage.objects.select_related("batch").filter(pk=batch_message_id).first()
    if row is None or row.contact_point_id is None or row.state != BatchMessage.State.HANDED_OVER:
        return ""
    on = clock.today()
    if standing_wishes(row.person_id).filter(Q(channel="") | Q(channel=row.batch.channel)).exists():
        return ""
    usable = ContactPoint.objects.filter(
        open_on(on), pk=row.contact_point_id, do_not_use=False, person__restricted_on=None
    ).exclude(Q(from_institution=True) & Q(objection_in_force(on, "person")))
    usable = usable.exclude(use_is_limited("person"))
    return usable.values_list("value", flat=True).first() or ""


def standing_wishes(person_id: int | OuterRef) -> QuerySet[OptOut]:
    """What they said they want no messages of, as it stands."""
    return OptOut.objects.filter(person=person_id, ended_at=None).order_by("since", "pk")


@dataclass(frozen=True)
class Wish:
    """That somebody wants no messages of one way, or none at all (`words` empty): since when, and who noted it."""

    words: str
    since: datetime
    noted_by: str


@dataclass(frozen=True)
class Messages:
    """The newest messages to somebody, and their wish for none."""

    wishes: tuple[Wish, ...]
    lines: tuple[MessageLine, ...]


def messages_of(person_id: int) -> Messages:
    """One statement."""
    rows = list(_newest(person_id))
    told = rows[0][0] if rows else []
    lines = tuple(_line(*row[1:]) for row in rows if row[1])
    return Messages(tuple(_wish(each) for each in told), lines)


OF_A_MESSAGE = (
    "pk", "handed_over_at", "batch__channel", "message__state", "link__answer", "link__answered_at",
)  # fmt: skip


@built_once
def _newest(person_id: int) -> QuerySet[YoungPerson, tuple[Any, ...]]:
    wishes = standing_wishes(OuterRef("pk")).values(
        told=JSONObject(channel="channel", since="since", by="recorded_by__name")
    )
    went = FilteredRelation(
        "batch_messages", condition=Q(batch_messages__state=BatchMessage.State.HANDED_OVER)
    )
    found = YoungPerson.objects.filter(pk=person_id).annotate(went=went, wishes=ArraySubquery(wishes))
    newest = found.order_by(
        F("went__handed_over_at").desc(nulls_last=True), F("went__pk").desc(nulls_last=True)
    )
    return newest.values_list("wishes", *(f"went__{name}" for name in OF_A_MESSAGE))[:NEWEST]


def _line(
    pk: int, at: datetime, channel: str, state: str | None, answer: str | None, answered_at: datetime | None
) -> MessageLine:
    row = BatchMessage(pk=pk, state=BatchMessage.State.HANDED_OVER, handed_over_at=at)
    row.batch = MessageBatch(channel=channel)
    row.message = Message(state=state) if state else None
    row.link = AnswerLink(answer=answer or "", answered_at=answered_at) if answered_at else None
    return line_of(row)


def _wish(told: Mapping[str, str | None]) -> Wish:
    channel = told["channel"] or ""
    words = str(Attempt.Channel(channel).label) if channel else ""
    return Wish(words, datetime.fromisoformat(told["since"] or ""), told["by"] or "")
