"""Provision that is missing, as a list and as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from caseload.meetings.models import ProvisionGap
from caseload.meetings.queries.places import authorities_of
from neet.accounts.models import User

HEADINGS = (
    "What", "Level", "Where", "District", "From", "What it would have to offer", "Young people waiting", "Raised on",
    "Closed on", "What became of it",
)  # fmt: skip


@dataclass(frozen=True)
class WantedGaps:
    """What the list is narrowed to."""

    state: str = ""
    district: int | None = None
    sector: str = ""


def gaps_of(user: User, wanted: WantedGaps | None = None) -> QuerySet[ProvisionGap]:
    """The gaps of the councils where the user works on cases."""
    wanted = wanted or WantedGaps(state="all")
    found = ProvisionGap.objects.filter(authority__in=authorities_of(user))
    states = {"": Q(closed_on=None), "closed": Q(closed_on__isnull=False)}
    found = found.filter(states.get(wanted.state, Q()))
    if wanted.district:
        found = found.filter(district=wanted.district)
    if wanted.sector:
        found = found.filter(sector=wanted.sector)
    return found.select_related("district", "meeting__type", "raised_by")


def waiting_in(gaps: QuerySet[ProvisionGap]) -> int:
    return gaps.aggregate(waiting=Sum("waiting"))["waiting"] or 0


def sectors_of(user: User) -> list[str]:
    """What was ever named as missing, for the filter and for whoever types."""
    found = ProvisionGap.objects.filter(authority__in=authorities_of(user)).order_by("sector")
    return list(found.values_list("sector", flat=True).distinct())


def as_rows(gaps: Iterable[ProvisionGap]) -> Iterator[tuple[Any, ...]]:
    """The list as the rows of a file; nobody's name is in it."""
    for each in gaps:
        district = each.district.name if each.district else ""
        yield (
            each.sector, each.level, each.area, district, each.wanted_from, each.need, each.waiting,
            each.raised_at.date(), each.closed_on, each.how_closed,
        )  # fmt: skip
