"""Batches as their pages show them: how many went, who was left out, what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from caseload.messaging.models import BatchMessage, MessageBatch, MessageSettings
from caseload.messaging.queries.choosing import NAMED
from caseload.messaging.rules import WORDS
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.messages.models import Message
from neet.messages.rules import parts
from returns.surveys.models import AnswerLink
from schools.models import Authority, District
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.wordings import MessageWording, wordings_for

State = BatchMessage.State
NOWHERE = ("into_a_file", "filebased", "locmem", "console", "dummy")
INVENTED = "Ada"
SAMPLE_SECRET = "x" * 22
NOT_DELIVERED = (
    Message.State.RETURNED, Message.State.NOT_TAKEN, Message.State.FAILED, Message.State.UNREACHABLE,
    Message.State.STOPPED, Message.State.LATE, Message.State.UNSURE,
)  # fmt: skip


def settings_of(authority: Authority) -> MessageSettings:
    """How the council writes to many; as it comes, where nobody set anything."""
    return MessageSettings.objects.filter(authority=authority).first() or MessageSettings(authority=authority)


def wordings(authority: Authority, on: date) -> tuple[MessageWording, ...]:
    """The messages this council may send on the day, texts first."""
    found = wordings_for(ruleset(on).message_wordings.values(), authority.code)
    return tuple(sorted(found, key=lambda each: (each.channel != Message.Channel.TEXT, each.plain_words)))


def audience_words(name: str) -> str:
    known: Mapping[str, Any] = settings.AUDIENCES.get(name, {})
    return known.get("words", name.replace("_", " ").capitalize())


def offered_audiences() -> list[tuple[str, str]]:
    """Those somebody may choose on the page; others belong to another page that makes them."""
    return [(name, each["words"]) for name, each in settings.AUDIENCES.items() if each.get("offered", True)]


def batches_seen(user: User) -> QuerySet[MessageBatch]:
    """The batches of councils where this user writes to many."""
    places = scope_of(user).where(Permission.CONTACT_MANY)
    councils = {each.authority_id for each in places}
    return MessageBatch.objects.filter(authority__in=councils).select_related(
        "authority", "made_by", "released_by"
    )


def counted(batches: QuerySet[MessageBatch]) -> QuerySet[MessageBatch]:
    """These with how many are to be sent, went, and were answered."""
    return batches.annotate(
        to_send=Count("messages", filter=Q(messages__state=State.TO_SEND)),
        handed_over=Count("messages", filter=Q(messages__state=State.HANDED_OVER)),
        answered=Count("messages", filter=Q(messages__link__answered_at__isnull=False)),
    )


@dataclass(frozen=True)
class Counts:
    """How one batch stands."""

    to_send: int
    handed_over: int
    delivered: int
    not_delivered: int
    stopped: int
    left_out: int
    answered: int

    @property
    def everybody(self) -> int:
        return self.to_send + self.handed_over + self.stopped + self.left_out


def counts_of(batch: MessageBatch) -> Counts:
    """One statement."""
    went = Q(state=State.HANDED_OVER)
    sums = batch.messages.aggregate(
        to_send=Count("pk", filter=Q(state=State.TO_SEND)),
        handed_over=Count("pk", filter=went),
        delivered=Count("pk", filter=went & Q(message__state=Message.State.DELIVERED)),
        not_delivered=Count("pk", filter=went & Q(message__state__in=NOT_DELIVERED)),
        stopped=Count("pk", filter=Q(state=State.STOPPED)),
        left_out=Count("pk", filter=Q(state=State.LEFT_OUT)),
        answered=Count("pk", filter=Q(link__answered_at__isnull=False)),
    )
    return Counts(**sums)


def left_out(batch: MessageBatch) -> list[tuple[str, str, int]]:
    """Reason, its words and how many, most first; one statement."""
    rows = batch.messages.filter(state=State.LEFT_OUT).order_by().values_list("why").annotate(n=Count("pk"))
    return sorted(((why, WORDS.get(why, why), n) for why, n in rows), key=lambda each: (-each[2], each[0]))


def answers(batch: MessageBatch) -> list[tuple[str, int]]:
    """What was answered and how often, most first; one statement."""
    rows = (
        batch.messages.filter(link__answered_at__isnull=False)
        .order_by()
        .values_list("link__answer")
        .annotate(n=Count("pk"))
    )
    words = dict(AnswerLink.Answer.choices)
    return sorted(((words[answer], n) for answer, n in rows), key=lambda each: (-each[1], each[0]))


@dataclass(frozen=True)
class Example:
    """The message as an invented young person would read it, and how many texts it is charged as."""

    subject: str
    text: str
    parts: int


def example(batch: MessageBatch, on: date) -> Example | None:
    """None where the wording is in no table any more."""
    wording = ruleset(on).message_wordings.get(batch.wording)
    if wording is None:
        return None
    link = f"{settings.BASE_URL}/answer/{SAMPLE_SECRET}/"
    subject, text = wording.said(facts(batch.authority, INVENTED, link))
    return Example(subject, text, parts(text))


def facts(authority: Authority, first_name: str, link: str) -> dict[str, str]:
    """What may be filled into a wording, and nothing else."""
    return {
        "first_name": first_name,
        "council": authority.name,
        "telephone": authority.contact_telephone,
        "link": link,
    }


def goes_nowhere(channel: str) -> bool:
    """Whether messages of this way only become files here, so that nobody believes they were read."""
    way = settings.POST_BY[channel]
    posted_by = settings.EMAIL_BACKEND if way.endswith("by_mail") else way
    return any(each in posted_by for each in NOWHERE)


def narrowed_words(batch: MessageBatch) -> str:
    """What a batch is narrowed to, for the page."""
    district = District.objects.filter(pk=batch.narrowed.get("district") or 0).first()
    year = batch.narrowed.get("year_group")
    found = [each for each in (batch.narrowed.get(NAMED), str(district or "")) if each]
    return ", ".join([*found, *([f"Year {year}"] if year else [])])


@dataclass(frozen=True)
class WantedLines:
    """Which of a batch: by how it stands, or by why they are left out."""

    show: str = ""


SHOW = (
    ("", "Everybody who gets it"),
    ("sent", "Sent"),
    ("delivered", "Delivered"),
    ("answered", "Answered"),
    ("not_delivered", "Not delivered"),
    ("stopped_before", "Stopped before it went"),
    ("left_out", "Left out"),
    *WORDS.items(),
)
SORTS = {
    "name": ("person__family_name", "person__given_name", "pk"),
    "sent": ("handed_over_at", "pk"),
}


def lines(batch: MessageBatch, wanted: WantedLines, user: User) -> QuerySet[BatchMessage]:
    """Those of a batch whose records this user sees, unordered."""
    seen = YoungPerson.objects.visible_to(user)
    rows = batch.messages.filter(person__in=seen.values("pk")).select_related("person", "message", "link")
    conditions = {
        "": ~Q(state=State.LEFT_OUT),
        "sent": Q(state=State.HANDED_OVER),
        "delivered": Q(state=State.HANDED_OVER, message__state=Message.State.DELIVERED),
        "stopped_before": Q(state=State.STOPPED),
        "answered": Q(link__answered_at__isnull=False),
        "not_delivered": Q(state=State.HANDED_OVER, message__state__in=NOT_DELIVERED),
        "left_out": Q(state=State.LEFT_OUT),
    }
    return rows.filter(conditions.get(wanted.show, Q(state=State.LEFT_OUT, why=wanted.show)))


TONES = {State.HANDED_OVER: "waiting", State.LEFT_OUT: "plain", State.STOPPED: "plain"}


@dataclass(frozen=True)
class MessageLine:
    """One young person of a batch, in words."""

    row: BatchMessage
    words: str
    tone: str
    answer: str


def line_of(row: BatchMessage) -> MessageLine:
    answer = row.link.get_answer_display() if row.link and row.link.answered_at else ""
    if row.state == State.LEFT_OUT:
        return MessageLine(row, WORDS.get(row.why, row.why), "plain", answer)
    if row.state == State.HANDED_OVER and row.message:
        bad = row.message.state in NOT_DELIVERED
        good = row.message.state in {Message.State.SENT, Message.State.DELIVERED}
        tone = "bad" if bad else ("good" if good else "waiting")
        return MessageLine(row, row.message.get_state_display(), tone, answer)
    return MessageLine(row, row.get_state_display(), TONES.get(State(row.state), "waiting"), answer)
