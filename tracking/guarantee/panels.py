"""What a record's history says of the cohorts somebody was in."""

from collections.abc import Iterator
from datetime import date

from neet.accounts.models import User
from tracking.guarantee.models import CohortMember
from tracking.register.columns import asker
from tracking.register.queries.timeline import Happening


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Since when they were in which cohort, why they were added or removed, as far as the reader reads the guarantee;
    one statement."""
    if not asker(user, on).reads("youngperson.has_guarantee"):
        return
    held = CohortMember.objects.filter(person=person_id, freeze__approved_at__isnull=False)
    for each in held.select_related("freeze", "added_by", "removed_by").order_by("added_on", "pk"):
        cohort = f"the September Guarantee's cohort of {each.freeze.year}"
        words = "In" if each.at_freeze else "Added to"
        yield Happening(
            f"{words} {cohort}",
            each.added_on,
            _name(each.added_by),
            each.added_why or each.get_reason_display(),
        )
        if each.removed_on:
            yield Happening(
                f"Taken out of {cohort}", each.removed_on, _name(each.removed_by), each.removed_why
            )


def _name(user: User | None) -> str:
    return user.name if user else ""
