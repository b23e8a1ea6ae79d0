"""What putting together shows elsewhere: pairs that wait on the first page, and on a record what became part of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.merging.models import DuplicateSearch, Merge
from tracking.merging.queries.pairs import last_search, likely_ones, waiting
from tracking.register.columns import asker
from tracking.register.queries.timeline import Happening


@dataclass(frozen=True)
class DuplicatesPanel:
    """Pairs that wait for somebody to say whether they are one person."""

    left: int
    last: DuplicateSearch | None
    template: str = "tracking/merging/home_panel.html"


def home_panel(user: User, on: date) -> DuplicatesPanel | None:
    """For those who put records together, while a pair waits; two statements."""
    if not scope_of(user).can(Permission.MERGE):
        return None
    left = likely_ones(waiting(user)).count()
    return DuplicatesPanel(left, last_search(user)) if left else None


@dataclass(frozen=True)
class MergePanel:
    """The records that became part of this one."""

    merges: tuple[Merge, ...]
    template: str = "tracking/merging/person_panel.html"


def person_panel(person_id: int, user: User, on: date) -> MergePanel | None:
    """For those who may take apart again; one statement."""
    if not scope_of(user).can(Permission.MERGE):
        return None
    found = Merge.objects.filter(kept=person_id, taken_apart_at=None).select_related("merged", "by")
    return MergePanel(tuple(found)) if found else None


def happenings(person_id: int, user: User, on: date) -> Iterator[Happening]:
    """Each time this record was put together with another, and taken apart; one statement."""
    if not asker(user, on).reads("youngperson.young_person_id"):
        return
    of_theirs = Merge.objects.filter(Q(kept=person_id) | Q(merged=person_id))
    for each in of_theirs.select_related("kept", "merged", "by", "taken_apart_by"):
        other = each.merged if each.kept_id == person_id else each.kept
        number = f"Record {other.young_person_id}"
        yield Happening(
            "Put together with another record", each.merged_at, each.by.name if each.by else "", number
        )
        if each.taken_apart_at:
            by = each.taken_apart_by.name if each.taken_apart_by else ""
            yield Happening("Taken apart again", each.taken_apart_at, by, number)
