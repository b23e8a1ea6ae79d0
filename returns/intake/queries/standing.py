"""How an answer that is due stands, in words a school reads, and what it does next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from neet.accounts.models import User
from neet.ui.words import day, many
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.expected import deadline_of, due_here
from returns.calendar.rules.deadlines import in_words
from returns.intake.models import Intake

State = Intake.State


@dataclass(frozen=True)
class Standing:
    """One answer that is due: its newest return on its way, the words and colour of its state, and the next step."""

    expected: ExpectedReturn
    intake: Intake | None
    state: str
    tone: str
    note: str
    due_words: str
    is_late: bool
    next_words: str

    @property
    def title(self) -> str:
        return self.expected.collection.title

    @property
    def school(self) -> str:
        return self.expected.sent_by

    @property
    def as_at(self) -> date:
        return self.expected.collection.as_at

    @property
    def due_on(self) -> date:
        return deadline_of(self.expected).due_on

    @property
    def is_begun(self) -> bool:
        return self.intake is not None and self.intake.is_open


def due_now(user: User, on: date) -> list[Standing]:
    """What this user's establishments are asked for and have not answered, nearest deadline first."""
    return standings((each for each in due_here(user, on) if not each.is_answered), on)


def answered_here(user: User, on: date) -> QuerySet[ExpectedReturn]:
    """What they answered, or need not answer any more, newest deadline first."""
    found = ExpectedReturn.objects.visible_to(user).filter(collection__opens_on__lte=on)
    still_due = due_here(user, on).filter(sent_at=None, nil_at=None).order_by().values("pk")
    last_due = Coalesce("extended_to", F("collection__due_on"))
    return (
        found.exclude(pk__in=still_due)
        .select_related("collection", "establishment")
        .order_by(last_due.desc(), "establishment__name", "pk")
    )


def standings(expected: Iterable[ExpectedReturn], on: date) -> list[Standing]:
    """How each of these stands; their collections and establishments are fetched beside them. One statement more."""
    asked = list(expected)
    newest = (
        Intake.objects.filter(expected__in=asked)
        .exclude(state=State.REFUSED)
        .exclude(state=State.WITHDRAWN, event_id=None)
        .select_related("handed_to")
        .order_by("expected_id", "-version")
        .distinct("expected_id")
    )
    by_expected = {each.expected_id: each for each in newest}
    return [standing(each, by_expected.get(each.pk), on) for each in asked]


def that_counts(versions: Iterable[Intake]) -> Intake | None:
    """Of all versions of an answer, newest first, the one it stands by: the newest that could be read and was not set
    aside; where there is none such, the newest."""
    found = list(versions)
    usable = (each for each in found if not is_of_no_account(each))
    return next(usable, found[0] if found else None)


def is_of_no_account(intake: Intake) -> bool:
    """Whether it could not be read, or was set aside before anything came of it."""
    return intake.state == State.REFUSED or (intake.state == State.WITHDRAWN and intake.event_id is None)


def standing(expected: ExpectedReturn, intake: Intake | None, on: date) -> Standing:
    deadline = deadline_of(expected)
    state, tone, note, next_words = _answered(expected) or on_its_way(intake)
    is_late = not expected.is_answered and deadline.is_late(on)
    if is_late and tone == "waiting":
        state, tone = f"{state}, late", "bad"
    words = in_words(deadline.due_on)
    if not expected.is_answered:
        words = f"{words}, {deadline.words(on)}"
        if not deadline.is_working_day and on <= deadline.advised_on:
            words += f". That is not a working day: {in_words(deadline.advised_on)} is the last one before it"
    return Standing(expected, intake, state, tone, note, words, is_late, next_words)


Words = tuple[str, str, str, str]


def _answered(expected: ExpectedReturn) -> Words | None:
    """State, colour, note and next step of what needs no return on its way."""
    if expected.waived_on:
        return "Not asked for", "plain", "The council does not ask for it any more", "See it"
    if expected.nil_at:
        by = f" by {expected.nil_by.name}" if expected.nil_by else ""
        return "Nothing to return", "good", f"Said on {day(expected.nil_at)}{by}", "See it"
    return None


def words_of_state(intake: Intake) -> tuple[str, str]:
    """The state of one return on its way, and its colour."""
    state, tone, _, _ = on_its_way(intake)
    return state, tone


def on_its_way(intake: Intake | None) -> Words:
    """The same for what has, or has not yet, a return on its way."""
    if intake is None:
        return "Not started", "waiting", "", "Start"
    if intake.state == State.REFUSED:
        return "Could not be read", "bad", intake.refusal, "See why"
    if intake.state == State.DRAFT:
        return "Begun", "waiting", handed_over(intake), "Go on"
    if intake.state == State.UPLOADED:
        return "Being checked", "waiting", "", "See how far it is"
    if intake.state == State.CHECKED:
        return "Not sent yet", "attention", handed_over(intake) or left_to_do(intake), "Go on"
    if intake.state == State.CONFIRMED:
        return (
            "Sent",
            "good",
            f"On {day(intake.confirmed_at)}. The council looks at it now",
            "See the receipt",
        )
    if intake.state == State.ACCEPTED:
        return "Accepted", "good", f"By the council on {day(intake.decided_at)}", "See the receipt"
    if intake.state == State.REJECTED:
        why = f"The council says: {intake.decided_why}" if intake.decided_why else ""
        return "Sent back", "bad", why, "See why"
    if intake.event_id is None:
        return "Set aside", "plain", intake.decided_why, "Start again"
    return "Taken back", "waiting", "Nothing of it counts any more", "Start again"


def left_to_do(intake: Intake) -> str:
    """What keeps a checked return from being sent, as counted when it was last looked at."""
    open_rows = int(intake.counts.get("need_you", 0))
    return f"{many(open_rows, 'row needs,rows need')} you" if open_rows else "Ready to be sent"


def handed_over(intake: Intake) -> str:
    """Whose turn it is, where somebody handed it on."""
    if intake.handed_to is None:
        return ""
    return f"With {intake.handed_to.name}"


def reference_of(intake: Intake) -> str:
    """The number of a receipt: short enough for the telephone, and says nothing by itself."""
    return f"R{intake.pk:06d}"
