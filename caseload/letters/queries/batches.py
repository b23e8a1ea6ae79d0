"""Batches and their letters, and those of one young person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from caseload.letters.models import Letter, LetterBatch
from caseload.letters.rules import LEFT_OUT
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.messages.models import Message
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson

State = Letter.State
TONES: Mapping[str, str] = {
    State.TO_SEND: "waiting",
    State.SENT: "waiting",
    State.LEFT_OUT: "attention",
    State.CAME_BACK: "bad",
    State.NOT_SENT: "bad",
}
# What the outbox says of a letter on its way, in words, and how it looks.
Out = Message.State
ON_ITS_WAY: Mapping[str, tuple[str, str]] = {
    Out.WAITING: ("Waits to be handed over", "waiting"),
    Out.SENDING: ("Being handed over", "waiting"),
    Out.SENT: ("Handed over", "waiting"),
    Out.DELIVERED: ("Delivered", "good"),
    Out.UNSURE: ("Perhaps sent: interrupted meanwhile", "attention"),
}
IN_THE_POST = ("Printed and posted", "good")


def batches_seen(user: User) -> QuerySet[LetterBatch]:
    """Batches in which this user sees everybody: a file is handed out whole or not at all. A record restricted since
    hides no batch; the file is not handed out while it stands in it."""
    visible = YoungPerson.objects.visible_to(user).values("pk")
    unseen = Letter.objects.filter(batch=OuterRef("pk"), person__restricted_on=None).exclude(
        person__in=visible
    )
    return LetterBatch.objects.filter(~Exists(unseen), authority__in=scope_of(user).authority_ids)


def batch_lines(user: User, authority_id: int) -> QuerySet[LetterBatch]:
    """The batches of a council this user sees, with how many letters are in each."""
    counted = Count("letters", filter=~Q(letters__state=State.LEFT_OUT))
    return batches_seen(user).filter(authority=authority_id).annotate(number=counted)


def words_of(code: str, on: date) -> str:
    """What a letter is called on a day; its short name where nobody has it any more."""
    found = ruleset(on).letter_series.get(code)
    return found.words if found else code


@dataclass(frozen=True)
class LetterLine:
    """One letter as its batch or a record lists it."""

    pk: int
    ref: UUID
    name: str
    words: str
    to: str
    state: str
    tone: str
    sent_on: date | None
    answer_by: date | None
    came_of_it: str
    closed_on: date | None
    said: str
    why: str
    is_waiting: bool


def letter_lines(letters: Iterable[Letter], on: date) -> tuple[LetterLine, ...]:
    return tuple(_line(each, on) for each in letters)


def _line(letter: Letter, on: date) -> LetterLine:
    closed = letter.get_closed_display() if letter.closed else ""
    waiting = letter.state == State.SENT and letter.closed_on is None
    state, tone = _stands(letter, on)
    return LetterLine(
        pk=letter.pk,
        ref=letter.person.ref,
        name=letter.person.full_name,
        words=words_of(letter.batch.series, letter.batch.due_on),
        to=letter.get_to_display(),
        state=state,
        tone="plain" if closed else tone,
        sent_on=letter.sent_on,
        answer_by=letter.next_step_on,
        came_of_it=closed,
        closed_on=letter.closed_on,
        said=letter.words,
        why=LEFT_OUT.get(letter.why, ""),
        is_waiting=waiting,
    )


def _stands(letter: Letter, on: date) -> tuple[str, str]:
    """How it stands in words and how that looks; of one handed over, what became of it there, until it is late."""
    tone = _tone(letter, on)
    message = letter.message if letter.state == State.SENT else None
    if message is None or message.state not in ON_ITS_WAY:
        return letter.get_state_display(), tone
    is_posted = message.state == Out.DELIVERED and message.channel == Message.Channel.LETTER
    words, looks = IN_THE_POST if is_posted else ON_ITS_WAY[message.state]
    return words, tone if tone == "attention" else looks


@dataclass(frozen=True)
class Became:
    """What became of letters that were handed over."""

    to_send: int
    handed_over: int
    delivered: int
    not_sent: int


def counts_of(batch: LetterBatch) -> Became:
    """One statement."""
    delivered = Q(state=State.SENT, message__state=Out.DELIVERED)
    return Became(
        **batch.letters.aggregate(
            to_send=Count("pk", filter=Q(state=State.TO_SEND)),
            handed_over=Count("pk", filter=~Q(message=None)),
            delivered=Count("pk", filter=delivered),
            not_sent=Count("pk", filter=Q(state=State.NOT_SENT)),
        )
    )


def _tone(letter: Letter, on: date) -> str:
    late = letter.state == State.SENT and letter.next_step_on and letter.next_step_on < on
    return "attention" if late else TONES[letter.state]


def letters_in(batch: LetterBatch, user: User) -> QuerySet[Letter]:
    """The letters of a batch about young people the user sees, in their order; those left out are not among them."""
    seen = Letter.objects.visible_to(user).filter(batch=batch).exclude(state=State.LEFT_OUT)
    return seen.select_related("person", "batch", "message").order_by("number", "pk")


def left_out_of(batch: LetterBatch, user: User) -> QuerySet[Letter]:
    """Who was due the letter and could not be written to, by name."""
    seen = Letter.objects.visible_to(user).filter(batch=batch, state=State.LEFT_OUT)
    return seen.select_related("person", "batch", "message").order_by(
        "person__family_name", "person__given_name", "pk"
    )


def letters_of(person_id: int) -> QuerySet[Letter]:
    """All that were sent to one young person or their parents, the newest first."""
    sent = Letter.objects.filter(person=person_id, state__in=(State.SENT, State.CAME_BACK))
    return sent.select_related("person", "batch", "message", "closed_by").order_by("-sent_on", "-pk")
