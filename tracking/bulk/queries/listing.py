"""Whom a change was for, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from neet.accounts.models import User
from neet.ui.listing import Listing
from tracking.bulk.models import BulkChange, BulkPerson
from tracking.register.models import YoungPerson
from tracking.register.queries.register import Line, listed

STATES = (
    ("left", "Left as they were"),
    ("changed", "Changed"),
    ("stays", "Changed since, so not taken back"),
    ("back", "Taken back"),
    ("chosen", "Chosen"),
)


@dataclass(frozen=True)
class PageOfPeople:
    """One page of those in a state, each with the reason where there is one; `hidden` are not shown to whoever asks."""

    listing: Listing
    lines: tuple[tuple[Line, str], ...]
    hidden: int


def people_page(
    change: BulkChange, wanted: Mapping[str, str], user: User, listing: Listing, on: date
) -> PageOfPeople:
    """Five statements however many they are."""
    rows = rows_of(change, wanted)
    seen = YoungPerson.objects.visible_to(user).filter(pk__in=rows.values("person"))
    page = listed(seen, user, listing, on)
    why = dict(rows.filter(person__in=[line.pk for line in page.people]).values_list("person", "why"))
    lines = tuple((line, why.get(line.pk, "")) for line in page.people)
    return PageOfPeople(page.listing, lines, rows.count() - page.listing.total)


def rows_of(change: BulkChange, wanted: Mapping[str, str]) -> QuerySet[BulkPerson]:
    rows = BulkPerson.objects.filter(change=change)
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def counted(changes: list[BulkChange]) -> list[tuple[BulkChange, int]]:
    """Each with how many were chosen; one statement for all."""
    rows = BulkPerson.objects.filter(change__in=changes).order_by().values_list("change")
    found = dict(rows.annotate(number=Count("pk")))
    return [(each, found.get(each.pk, 0)) for each in changes]
