"""How one authority stands among all by what was published, and how far it is to the next quintile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from neet.audit.models import AuditEvent
from tracking.published.kinds import Kind
from tracking.published.models import Neighbour, PublishedFigure
from tracking.published.rules import BY_CODE, ENGLAND, INDICATORS, MEASURES, Measure, is_authority
from tracking.rules.quintiles import Distance, best_first, groups_of, published_best_first, rank, to_next

SERIES_OF = "together"
LOOKED_BACK = 400  # days


@dataclass(frozen=True)
class Standing:
    """One measure of one authority in a year: its value and change, how many have one and where it stands among them
    (place 1 and group 1 are the best), the quintile as it was published, England's value, and what lies to the next."""

    measure: Measure
    value: float | None
    change: float | None
    whole: float | None
    mark: str
    england: float | None
    place: int | None
    ranked: int
    group: int | None
    published: int | None
    next: Distance | None

    @property
    def points(self) -> str:
        """How much it changed, in percentage points without a sign."""
        return f"{abs(self.change or 0):.1f} points"

    @property
    def is_better(self) -> bool | None:
        """Whether it is better than the year before; None where that is not known or it is the same."""
        if not self.change:
            return None
        return (self.change > 0) == self.measure.higher_is_better


@dataclass(frozen=True)
class Beside:
    """One neighbour with its values by measure."""

    code: str
    name: str
    values: Mapping[str, float | None]
    is_ours: bool = False


def years() -> list[int]:
    """The years of which anything is there, the newest first."""
    return list(PublishedFigure.objects.order_by("-year").values_list("year", flat=True).distinct())


def last_compared(authority_id: int, on: date) -> datetime | None:
    """When somebody of a council last opened its comparison or took it away, within a year or so (R131). One
    statement."""
    done = AuditEvent.objects.filter(
        kind__in=[Kind.COMPARISON_OPENED, Kind.COMPARISON_TAKEN],
        authority_id=authority_id,
        at__date__gt=on - timedelta(LOOKED_BACK),
    )
    return done.order_by("-at").values_list("at", flat=True).first()


def standings(code: str, year: int) -> list[Standing]:
    """Every measure published of an authority in a year, in the order of the scorecard. One statement."""
    found = list(PublishedFigure.objects.filter(year=year))
    return [
        _standing(each, code, found) for each in MEASURES if any(row.measure == each.code for row in found)
    ]


def _standing(measure: Measure, code: str, found: Sequence[PublishedFigure]) -> Standing:
    of_it = {row.code: row for row in found if row.measure == measure.code}
    values = {at: row.value for at, row in of_it.items() if row.value is not None and is_authority(at)}
    own = of_it.get(code)
    value = own.value if own else None
    groups = groups_of(values)
    up = measure.higher_is_better
    group = best_first(groups[code], higher_is_better=up) if code in groups else None
    england = next((row.value for row in of_it.values() if row.name == ENGLAND), None)
    return Standing(
        measure=measure,
        value=value,
        change=own.change if own else None,
        whole=_whole(own, found, code),
        mark=own.mark if own else "",
        england=england,
        place=rank(code, values, higher_is_better=up),
        ranked=len(groups),
        group=group,
        published=_published(own, measure),
        next=_next(value, _whole(own, found, code), group, groups, values, up),
    )


def _published(own: PublishedFigure | None, measure: Measure) -> int | None:
    """The quintile as it was published, 1 being the best whatever its file numbers first."""
    if own is None or own.quintile is None:
        return None
    return published_best_first(own.quintile, higher_is_better=measure.higher_is_better, year=own.year)


def _whole(own: PublishedFigure | None, found: Sequence[PublishedFigure], code: str) -> float | None:
    """Of how many: of a measure published without it, that of the scorecard's first."""
    if own is None or own.whole:
        return own.whole if own else None
    if own.measure != "guarantee":
        return None
    return next((row.whole for row in found if row.code == code and row.measure == SERIES_OF), None)


def _next(
    value: float | None,
    whole: float | None,
    group: int | None,
    groups: Mapping[str, int],
    values: Mapping[str, float],
    up: bool,
) -> Distance | None:
    if value is None or not whole or group is None:
        return None
    better = [values[each] for each, at in groups.items() if best_first(at, higher_is_better=up) == group - 1]
    return to_next(value, whole, better, group=group, higher_is_better=up)


def series(code: str) -> dict[str, list[PublishedFigure]]:
    """The six indicators of an authority year by year, by measure, the oldest first. One statement."""
    found = PublishedFigure.objects.filter(code=code, measure__in=[each.code for each in INDICATORS])
    by_measure: dict[str, list[PublishedFigure]] = {}
    for each in found.order_by("measure", "year"):
        by_measure.setdefault(each.measure, []).append(each)
    return by_measure


def neighbour_sets(code: str) -> list[str]:
    """The sets that say who is compared with this authority."""
    return list(Neighbour.objects.filter(code=code).order_by("set").values_list("set", flat=True).distinct())


def neighbours(code: str, year: int, of_set: str) -> list[Beside]:
    """An authority and its neighbours of a set, nearest first, with the six indicators of a year; without a set the
    authorities of its region by name. Two statements."""
    rows = PublishedFigure.objects.filter(year=year, measure__in=[each.code for each in INDICATORS])
    if of_set:
        pairs = Neighbour.objects.filter(set=of_set, code=code).order_by("place", "neighbour")
        order = [code, *pairs.values_list("neighbour", flat=True)]
        found = list(rows.filter(code__in=order))
    else:
        own = rows.filter(code=code).exclude(region="").values("region")[:1]
        found = list(rows.filter(region__in=own).order_by("name", "code"))
        order = list(dict.fromkeys([code, *(each.code for each in found)]))
    return [_beside(each, found, code) for each in order if any(row.code == each for row in found)]


def _beside(code: str, found: Sequence[PublishedFigure], ours: str) -> Beside:
    theirs = [row for row in found if row.code == code]
    return Beside(code, theirs[0].name, {row.measure: row.value for row in theirs}, code == ours)


def words_of(measure: str) -> str:
    """What a measure is called."""
    return BY_CODE[measure].words
