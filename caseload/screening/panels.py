"""What screening puts on a record: the latest talk, the way to the next one, and each talk in the history."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from caseload.screening.models import Screening
from caseload.screening.queries import of_person
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once
from tracking.register.queries.timeline import Happening

MOST = 50


@dataclass(frozen=True)
class ScreeningPanel:
    """The latest screening of somebody, and who is to lead."""

    latest: Screening | None
    lead: str
    template: str = "caseload/screening/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> ScreeningPanel | None:
    """For those who work on cases; one statement."""
    if not scope_of(user).can(Permission.CASE_WORK):
        return None
    found = next(iter(_latest(person_id)), None)
    return ScreeningPanel(found, (found.chosen_name or found.proposed_name or "") if found else "")  # type: ignore[attr-defined]  # columns of the query


@built_once
def _latest(person_id: int) -> QuerySet[Screening]:
    return of_person(person_id)[:1]


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each talk, for those who work on cases; one statement."""
    if scope_of(user).can(Permission.CASE_WORK):
        for each in of_person(person_id)[:MOST]:
            words = f"Wants: {each.get_wants_display().lower()}"
            text = f"{words}. {each.wants_words}".strip()
            yield Happening("Screening", each.held_on, each.by or "", text)  # type: ignore[attr-defined]  # a column of the query
