"""The scorecard: one month's figures with their parts, the months before it, the yearly figures, joiners and leavers.

The page, the API, the command and the file show this and count nothing themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from neet import clock
from schools.models import District, Establishment, Service
from tracking.figures.models import Freeze
from tracking.figures.queries.flows import Pair, flow_of, flow_to_now
from tracking.figures.queries.records import Asked
from tracking.figures.queries.remembered import months_of, moves_of
from tracking.figures.queries.tallies import (
    NONE,
    WARD,
    Chosen,
    Key,
    Nowhere,
    by_dimension,
    by_month,
    frozen,
    live,
)
from tracking.figures.queries.wards import names_of
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, academic_year, starts_on, year_words
from tracking.rules.codes import FigureMonths
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts, Flow, average, month_ends
from tracking.rules.ruleset import RuleSet

MONTHS_SHOWN = 25
WORDS: Mapping[str, str] = {
    "year": "Year group",
    "district": "District",
    "school": "School or college",
    "service": "Service",
    "need": "Special educational needs",
    "vulnerable": "Vulnerable group",
    "gender": "Gender",
}
NEEDS: Mapping[Key, str] = {"EHCP": "EHC plan", "SENS": "SEN support", "": "Neither"}
VULNERABLE: Mapping[Key, str] = {True: "In a vulnerable group", False: "In none"}
WITHOUT = {
    "district": "No district recorded",
    "school": "None known",
    "service": "No service",
    WARD: "No ward known",
    "year": "Age not known",
}


@dataclass(frozen=True)
class Part:
    """One district, school, year group, ... and its counts; `slug` asks for it in an address."""

    slug: str
    words: str
    counts: Counts


@dataclass(frozen=True)
class Yearly:
    """One yearly figure as far as its months are there; `year` is the academic year they lie in."""

    months: FigureMonths
    year: str
    counted: tuple[ReportingMonth, ...]
    counts: Counts

    @property
    def is_whole(self) -> bool:
        return len(self.counted) == len(self.months.months)


@dataclass(frozen=True)
class Scorecard:
    """One authority's figures of a month: frozen, or as the register stands while the month goes on."""

    authority_id: int
    month: ReportingMonth
    freeze: Freeze | None
    chosen: Chosen
    counts: Counts
    parts: Mapping[str, Sequence[Part]]
    series: Mapping[ReportingMonth, Counts]
    yearly: Sequence[Yearly]
    flow: Flow | None
    flows: Mapping[ReportingMonth, Flow]
    freezes: Sequence[Freeze]

    @property
    def is_live(self) -> bool:
        return self.freeze is None

    @property
    def year_before(self) -> Counts | None:
        """The same month of the year before, where it was frozen."""
        then = ReportingMonth.of(self.month.starts_on.replace(year=self.month.starts_on.year - 1))
        return self.series.get(then)

    @property
    def faults(self) -> tuple[ReportingMonth, ...]:
        """Months whose joiners and leavers do not explain the change: to be shown, and looked into."""
        return tuple(month for month, flow in self.flows.items() if not flow.adds_up)


class NoSuchMonth(LookupError):
    """No figures of this month: it was not frozen, and it is not the one that goes on."""


def standing_freezes(authority_id: int) -> list[Freeze]:
    """The freeze of each month that stands, the newest first; what was kept when a month ended among them."""
    return list(
        Freeze.objects.filter(authority=authority_id, replaced_at__isnull=True)
        .select_related("frozen_by")
        .order_by("-month")
    )


def standing_freeze(authority_id: int, month_end: date) -> Freeze | None:
    """The freeze of one month that stands, made by somebody."""
    standing = Freeze.objects.filter(authority=authority_id, month=month_end, replaced_at__isnull=True)
    return standing.filter(by_timer=False).first()


def asked_today(authority_id: int, today: date) -> Asked:
    """The month in progress, counted today."""
    return Asked(authority_id, ReportingMonth.of(today).ends_on, today, ruleset(today))


def scorecard(authority_id: int, month: ReportingMonth | None, chosen: Chosen) -> Scorecard:
    """The figures of a month, cut as chosen; None: the month in progress. Raises NoSuchMonth.

    At most a dozen statements, whatever the cut and however many months there are; the month in progress two more
    where something happened since it was last read.
    """
    today = clock.today()
    running = ReportingMonth.of(today)
    month = month or running
    freezes = standing_freezes(authority_id)
    freeze = next((each for each in freezes if each.month == month.ends_on), None)
    if freeze is None and month != running:
        raise NoSuchMonth
    shown = [each for each in freezes if each.month <= month.ends_on][:MONTHS_SHOWN]
    now = None if freeze else asked_today(authority_id, today)
    source = live(now) if now else frozen({freeze.pk: freeze.month}) if freeze else None
    assert source is not None
    counts, parts = by_dimension(source, chosen)
    series = _series(shown, chosen, month, counts)
    all_flows = _flows(shown, now, chosen, series)
    return Scorecard(
        authority_id=authority_id,
        month=month,
        freeze=freeze,
        chosen=chosen,
        counts=counts,
        parts=named(parts, ruleset(month.ends_on)),
        series=series,
        yearly=_yearly(month, series),
        flow=all_flows.get(month),
        flows=all_flows,
        freezes=shown,
    )


def now_together(authority_id: int, on: date) -> Counts:
    """The register as it stands, as a whole."""
    found = by_month(live(asked_today(authority_id, on)), Chosen())
    return found.get(ReportingMonth.of(on).ends_on, Counts())


def _series(
    freezes: Sequence[Freeze], chosen: Chosen, month: ReportingMonth, counts: Counts
) -> dict[ReportingMonth, Counts]:
    """The months up to this one, oldest first; a cut nobody was in has noughts."""
    found = months_of(freezes, chosen)
    return {**{ReportingMonth(each.month): found[each.month] for each in reversed(freezes)}, month: counts}


def _flows(
    freezes: Sequence[Freeze], now: Asked | None, chosen: Chosen, series: Mapping[ReportingMonth, Counts]
) -> dict[ReportingMonth, Flow]:
    """The flow into each month whose month before was frozen too."""
    by_end = {each.month: each for each in freezes}
    pairs = [
        Pair(by_end[before], each)
        for each in reversed(freezes)
        if (before := ReportingMonth(each.month).before.ends_on) in by_end
    ]
    found = moves_of(pairs, chosen)
    last = by_end.get(ReportingMonth(now.month).before.ends_on) if now else None
    if now and last:
        found[now.month] = flow_to_now(Pair(last), now, chosen)
    return {
        month: flow_of(parts, series[month.before], series[month])
        for month, parts in ((ReportingMonth(end), parts) for end, parts in found.items())
    }


def _yearly(month: ReportingMonth, series: Mapping[ReportingMonth, Counts]) -> list[Yearly]:
    """Each yearly figure of the academic year and of the one before, as far as its months are frozen or in progress,
    by the formulas in the dated table (R87, R99)."""
    made = []
    for formula in ruleset(month.ends_on).figure_months.values():
        for year in (academic_year(month.ends_on), academic_year(month.ends_on) - 1):
            wanted = [ReportingMonth(end) for end in month_ends(formula.months, starts_on(year))]
            there = tuple(each for each in wanted if each in series)
            if there:
                made.append(
                    Yearly(formula, year_words(year), there, average([series[each] for each in there]))
                )
    return made


def named(parts: Mapping[str, Mapping[Key, Counts]], rules: RuleSet) -> dict[str, list[Part]]:
    """Each part with its words, those without any last."""
    words: dict[str, Mapping[Key, str]] = {
        **{name: _places(name, keys) for name, keys in parts.items() if name in PLACES},
        "year": {
            age: f"Year {age - AGE_ABOVE_YEAR_GROUP}" for age in parts.get("year", ()) if isinstance(age, int)
        },
        **({WARD: _wards(parts[WARD])} if WARD in parts else {}),
        "need": NEEDS,
        "vulnerable": VULNERABLE,
        "gender": {code: each.plain_words for code, each in rules.genders.items()},
    }
    return {name: _in_order(name, found, words[name]) for name, found in parts.items()}


PLACES = {"district": District, "school": Establishment, "service": Service}


def _places(name: str, keys: Mapping[Key, Counts]) -> Mapping[Key, str]:
    wanted = [key for key in keys if key is not None]
    # Models of one mapping, each with objects.
    return dict(PLACES[name].objects.filter(pk__in=wanted).values_list("pk", "name"))  # type: ignore[attr-defined]


def _wards(keys: Mapping[Key, Counts]) -> Mapping[Key, str]:
    codes = [str(key) for key in keys if key is not None]
    names = names_of(codes)
    return {code: names.get(code, code) for code in codes}


def _in_order(name: str, found: Mapping[Key, Counts], words: Mapping[Key, str]) -> list[Part]:
    made = [
        Part(slug_of(name, key), words.get(key) or WITHOUT.get(name, "Not recorded"), counts)
        for key, counts in found.items()
        if counts.people or counts.owed
    ]
    return sorted(made, key=lambda part: (part.slug in ("none", "no"), part.words))


def slug_of(name: str, key: Key) -> str:
    """A key as an address has it; a year group stands for the academic age."""
    if isinstance(key, bool):
        return "yes" if key else "no"
    if name == "year" and isinstance(key, int):
        return str(key - AGE_ABOVE_YEAR_GROUP)
    return "none" if key in (None, "") else str(key).lower()


def key_of(name: str, slug: str) -> Key | Nowhere:
    """What an address asks for: the key, NONE for those without one. Raises ValueError for nonsense."""
    if name == "vulnerable":
        return {"yes": True, "no": False}[slug]
    if name in ("need", "gender"):
        return "" if slug == "none" else slug.upper()
    if slug == "none":
        return NONE
    if name == WARD:
        return slug.upper()
    return int(slug) + (AGE_ABOVE_YEAR_GROUP if name == "year" else 0)
