"""One leaver is told of as they leave: a return of one row, on the road of all returns, taken over at once (R17). Other
authorities were told of leavers who live with them, and a school or college reads what became of its own (R18)."""

from collections.abc import Collection

from django.db.models import Q

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.calendar.actions.planning import Sent, one_by_one
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_row
from returns.intake.models import Intake, IntakeRow
from returns.intake.papers import Paper
from returns.leavers.files import feedback_book
from returns.leavers.kinds import Kind
from returns.leavers.models import HomeNotice
from returns.leavers.queries.feedback import rows_for
from returns.leavers.queries.homes import leavers_from_elsewhere
from returns.leavers.queries.providers import spans
from returns.leavers.statements import Leaving
from schools.models import Authority, Establishment

TYPE, TITLE = "joiners_leavers", "Leavers told of one by one"


class NotTaken(ValueError):
    """It did not go onto the register; the message says why, in words for the page."""


def tell_of_leaver(*, leaving: Leaving, by: User) -> Intake:
    """Take one leaver over at once: the course ends, what follows stands from the next day, and the trackers have a
    task.

    Raises NotTaken with the words of what stands in the way; then nothing is kept. NotNow, NotReady, NotPermitted.
    """
    person, place = leaving.person, leaving.establishment
    with recorded(Kind.TOLD, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        intake = begin_with_row(
            expected=_expected(leaving, by),
            person=person,
            values=leaving.values(),
            as_at=clock.today(),
            by=by,
        )
        if leaving.had_notice:
            intake.notice_issued_on = clock.today()
            intake.save(update_fields=["notice_issued_on"])
        sent = confirm(intake=check(intake=intake, by=by), by=by)
        _refuse_not_taken(sent.rows.get())
        event.counts = {"intake": sent.pk, "establishment": place.pk}
    return sent


def _expected(leaving: Leaving, by: User) -> ExpectedReturn:
    sent = Sent(leaving.person.authority, leaving.establishment, TYPE, clock.today())
    return one_by_one(sent=sent, title=TITLE, by=by)


def _refuse_not_taken(row: IntakeRow) -> None:
    """Raise NotTaken where the row waits or did nothing."""
    problem = (
        row.problems.filter(severity="error").first()
        or row.problems.filter(kind__startswith="apply_").first()
    )
    if row.applied_event is None or row.outcome != IntakeRow.Outcome.LEFT:
        raise NotTaken(problem.why if problem else "The register has them as having left already.")


def mark_told(*, rows: Collection[int], authority_id: int, by: User) -> int:
    """The authorities in which these leavers live were told of them (R51, R123); done twice it is done once. How many
    were marked now; rows this person may not see are left alone."""
    with recorded(Kind.HOME_TOLD, by=by, authority_id=authority_id) as event:
        found = leavers_from_elsewhere(by).filter(pk__in=rows, intake__authority_id=authority_id)
        new = list(found.filter(Q(is_told=False)).values_list("pk", "person_id"))
        HomeNotice.objects.bulk_create(
            [HomeNotice(row_id=row, told_by=by) for row, _ in new], ignore_conflicts=True
        )
        event.subjects = sorted({person for _, person in new if person})
        event.counts = {"told": len(new)}
    return len(new)


def make_feedback(*, authority: Authority, establishment: Establishment, by: User | None) -> Paper:
    """What those whom this school or college told us of this school year do today: by name of who agreed, in numbers of
    the others (R18). Whoever calls has asked whether `by` may hand it out."""
    span = spans(clock.today())["year"][1]
    with recorded(Kind.FEEDBACK_MADE, by=by, authority_id=authority.pk) as event:
        found = rows_for(establishment, authority, span.since)
        people = tuple(each.person_id for each in found.named)
        event.subjects = list(people)
        event.counts = {"establishment": establishment.pk, "people": len(people), "told": found.told}
        name = f"What became of leavers, {establishment.name}.xlsx"
        return Paper(name, feedback_book(found, establishment, span), people)
