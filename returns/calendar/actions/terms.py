"""The terms of a school year, and moving what is planned off its holidays (R148)."""

from collections.abc import Sequence

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.calendar.kinds import Kind
from returns.calendar.models import Collection, SchoolTerm
from returns.calendar.queries.year import in_holidays
from returns.calendar.rules.school_days import Term
from schools.models import Authority


def save_terms(*, authority: Authority, year: int, terms: Sequence[Term], by: User) -> None:
    """The terms of this year are these, whatever they were before."""
    counts = {"year": year, "terms": len(terms)}
    with recorded(Kind.TERMS_SAVED, by=by, authority_id=authority.pk, counts=counts):
        SchoolTerm.objects.filter(authority=authority, academic_year=year).delete()
        SchoolTerm.objects.bulk_create(
            SchoolTerm(
                authority=authority,
                academic_year=year,
                name=each.name,
                starts_on=each.first,
                ends_on=each.last,
            )
            for each in terms
        )


def move_off_holidays(*, authority: Authority, year: int, by: User) -> int:
    """Returns of the year that nobody was asked for yet and that are due in the holidays are due on the last school day
    before; how many were moved."""
    with recorded(Kind.MOVED_OFF_HOLIDAYS, by=by, authority_id=authority.pk) as event:
        found = in_holidays(authority, year, clock.today())
        for each, day in found:
            open_for = each.due_on - each.opens_on
            each.due_on, each.opens_on, each.as_at = day, day - open_for, min(each.as_at, day)
        moved = [each for each, _ in found]
        Collection.objects.bulk_update(moved, ["due_on", "opens_on", "as_at"])
        event.counts = {"year": year, "returns": len(moved)}
    return len(moved)
