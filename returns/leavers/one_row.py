"""A return of one row about somebody chosen from the register, taken over at once on the road of all returns."""

from collections.abc import Mapping
from dataclasses import dataclass

from neet import clock
from neet.accounts.models import User
from returns.calendar.actions.planning import Sent, one_by_one
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_row
from returns.intake.models import Intake, IntakeRow
from schools.models import Establishment
from tracking.models import YoungPerson


class NotTaken(ValueError):
    """It did not go onto the register; the message says why, in words for the page."""


@dataclass(frozen=True)
class OneRow:
    """What is said of one of their own: the kind of return and what it is called, and the row as a file would have
    it."""

    type: str
    title: str
    person: YoungPerson
    establishment: Establishment
    values: Mapping[str, str]
    had_notice: bool = False


def identity_of(person: YoungPerson) -> dict[str, str]:
    """Who it is, as a file would say it."""
    born = person.date_of_birth
    return {
        "young_person_id": person.young_person_id,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "date_of_birth": f"{born:%d/%m/%Y}" if born else "",
    }


def take_at_once(said: OneRow, by: User, *, meant: str, otherwise: str) -> Intake:
    """Take it over, inside the act of whoever calls. Raises NotTaken with what stands in the way, or `otherwise` where
    the row came to another outcome than was `meant`; NotNow, NotReady, NotPermitted."""
    today = clock.today()
    sent = Sent(said.person.authority, said.establishment, said.type, today)
    expected = one_by_one(sent=sent, title=said.title, by=by)
    intake = begin_with_row(expected=expected, person=said.person, values=said.values, as_at=today, by=by)
    if said.had_notice:
        intake.notice_issued_on = today
        intake.save(update_fields=["notice_issued_on"])
    taken = confirm(intake=check(intake=intake, by=by), by=by)
    _refuse_not_taken(taken.rows.get(), meant, otherwise)
    return taken


def _refuse_not_taken(row: IntakeRow, meant: str, otherwise: str) -> None:
    """Raise NotTaken where the row waits or did nothing."""
    problem = (
        row.problems.filter(severity="error").first()
        or row.problems.filter(kind__startswith="apply_").first()
    )
    if row.applied_event is None or row.outcome != meant:
        raise NotTaken(problem.why if problem else otherwise)
