"""What letters put on other pages: those of a record, each in its history, and what waits on the first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.batches import LetterLine, letter_lines, letters_of, words_of
from caseload.letters.queries.unanswered import unanswered
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.register.queries.timeline import Happening

MOST, MOST_ON_RECORD = 50, 4
READ_BY = (Permission.CASE_WORK, Permission.CONTACT_MANY)


@dataclass(frozen=True)
class LetterPanel:
    """The newest letters about somebody."""

    letters: tuple[LetterLine, ...]
    template: str = "caseload/letters/person_panel.html"


def _reads(user: User) -> bool:
    scope = scope_of(user)
    return any(scope.can(each) for each in READ_BY)


def person_panel(person_id: int, user: User, on: date) -> LetterPanel | None:
    """For those who work on cases or write to many, where a letter was sent; one statement."""
    if not _reads(user):
        return None
    found = letter_lines(letters_of(person_id)[:MOST_ON_RECORD], on)
    return LetterPanel(found) if found else None


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each letter and what came of it, for the same; one statement."""
    if not _reads(user):
        return
    for each in letters_of(person_id)[:MOST]:
        words = words_of(each.batch.series, each.batch.due_on)
        if each.sent_on:
            yield Happening(f"Letter to {each.get_to_display().lower()}", each.sent_on, "", words)
        if each.closed_on:
            by = each.closed_by.name if each.closed_by else ""
            ended = f"{each.get_closed_display()}. {each.words}".strip()
            yield Happening(f"Letter: {words}", each.closed_on, by, ended)


@dataclass(frozen=True)
class HomePanel:
    """Letters that wait to be sent, and those nobody answered."""

    to_send: int
    unanswered: int
    template: str = "caseload/letters/home_panel.html"


def home_panel(user: User, on: date) -> HomePanel | None:
    """For those who write to many, while something waits; one statement."""
    scope = scope_of(user)
    if not scope.can(Permission.CONTACT_MANY) or len(scope.authority_ids) != 1:
        return None
    mine = Letter.objects.visible_to(user).filter(batch__authority__in=scope.authority_ids)
    waiting = Q(state=Letter.State.TO_SEND) & ~Q(batch__state=LetterBatch.State.DROPPED)
    late = Q(pk__in=unanswered(user, scope.authority_ids[0], on).order_by().values("pk"))
    counted = mine.aggregate(to_send=Count("pk", filter=waiting), unanswered=Count("pk", filter=late))
    return HomePanel(**counted) if any(counted.values()) else None
