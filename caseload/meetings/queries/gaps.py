"""Provision that is missing, as a list and as a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum

from caseload.meetings.models import ProvisionGap
from caseload.meetings.queries.places import authorities_of
from neet.accounts.models import User
from tracking.register.queries.seeking import sector_words
from tracking.rules.ruleset import RuleSet

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


def sectors_of(user: User, rules: RuleSet) -> list[tuple[str, str]]:
    """What was ever named as missing with its words, for the filter."""
    found = ProvisionGap.objects.filter(authority__in=authorities_of(user)).order_by("sector")
    named = [(each, sector_words(each, rules)) for each in found.values_list("sector", flat=True).distinct()]
    return sorted(named, key=lambda each: (each[1].casefold(), each[0]))


def as_rows(gaps: Iterable[ProvisionGap], rules: RuleSet) -> Iterator[tuple[Any, ...]]:
    """The list as the rows of a file; nobody's name is in it."""
    for each in gaps:
        district = each.district.name if each.district else ""
        yield (
            sector_words(each.sector, rules), each.level, each.area, district, each.wanted_from, each.need,
            each.waiting, each.raised_at.date(), each.closed_on, each.how_closed,
        )  # fmt: skip
