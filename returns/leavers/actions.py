"""One leaver is told of as they leave: a return of one row, on the road of all returns, taken over at once (R17). Other
authorities were told of leavers who live with them, and a school or college reads what became of its own (R18)."""

from collections.abc import Collection

from django.db.models import Q

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.intake.models import Intake, IntakeRow
from returns.intake.papers import Paper
from returns.leavers.files import feedback_book
from returns.leavers.kinds import Kind
from returns.leavers.models import HomeNotice
from returns.leavers.one_row import OneRow, take_at_once
from returns.leavers.queries.feedback import rows_for
from returns.leavers.queries.homes import leavers_from_elsewhere
from returns.leavers.queries.providers import spans
from returns.leavers.statements import Leaving
from schools.models import Authority, Establishment

TYPE, TITLE = "joiners_leavers", "Leavers told of one by one"
LEFT_ALREADY = "The register has them as having left already."


def tell_of_leaver(*, leaving: Leaving, by: User) -> Intake:
    """Take one leaver over at once: the course ends, what follows stands from the next day, and the trackers have a
    task.

    Raises NotTaken with the words of what stands in the way; then nothing is kept. NotNow, NotReady, NotPermitted.
    """
    person, place = leaving.person, leaving.establishment
    said = OneRow(TYPE, TITLE, person, place, leaving.values(), leaving.had_notice)
    with recorded(Kind.TOLD, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        sent = take_at_once(said, by, meant=IntakeRow.Outcome.LEFT, otherwise=LEFT_ALREADY)
        event.counts = {"intake": sent.pk, "establishment": place.pk}
    return sent


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
