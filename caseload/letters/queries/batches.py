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
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson

State = Letter.State
TONES: Mapping[str, str] = {
    State.TO_SEND: "waiting",
    State.SENT: "waiting",
    State.LEFT_OUT: "attention",
    State.CAME_BACK: "bad",
}


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
    return LetterLine(
        pk=letter.pk,
        ref=letter.person.ref,
        name=letter.person.full_name,
        words=words_of(letter.batch.series, letter.batch.due_on),
        to=letter.get_to_display(),
        state=letter.get_state_display(),
        tone="plain" if closed else _tone(letter, on),
        sent_on=letter.sent_on,
        answer_by=letter.next_step_on,
        came_of_it=closed,
        closed_on=letter.closed_on,
        said=letter.words,
        why=LEFT_OUT.get(letter.why, ""),
        is_waiting=waiting,
    )


def _tone(letter: Letter, on: date) -> str:
    late = letter.state == State.SENT and letter.next_step_on and letter.next_step_on < on
    return "attention" if late else TONES[letter.state]


def letters_in(batch: LetterBatch, user: User) -> QuerySet[Letter]:
    """The letters of a batch about young people the user sees, in their order; those left out are not among them."""
    seen = Letter.objects.visible_to(user).filter(batch=batch).exclude(state=State.LEFT_OUT)
    return seen.select_related("person", "batch").order_by("number", "pk")


def left_out_of(batch: LetterBatch, user: User) -> QuerySet[Letter]:
    """Who was due the letter and could not be written to, by name."""
    seen = Letter.objects.visible_to(user).filter(batch=batch, state=State.LEFT_OUT)
    return seen.select_related("person", "batch").order_by("person__family_name", "person__given_name", "pk")


def letters_of(person_id: int) -> QuerySet[Letter]:
    """All that were sent to one young person or their parents, the newest first."""
    sent = Letter.objects.filter(person=person_id, state__in=(State.SENT, State.CAME_BACK))
    return sent.select_related("person", "batch", "closed_by").order_by("-sent_on", "-pk")
