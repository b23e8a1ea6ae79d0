"""The measures of the DfE's scorecard, and how its files hold them.

Two layouts are known: one line for each authority with a column for each measure (the scorecard's underlying data),
and one line for each authority, year and measure (the local authority interactive tool). A column of another name is
found when its words are added here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

ENGLAND = "England"
MARKS = frozenset({"c", "z", "x", "u", ":", "low", "na", "n/a", ""})
LINES_NEEDED = ("measure", "year", "value", "la_number")
CODES = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: its words, whether more is better, its columns in the scorecard's file (value, change, of how many,
    quintile), and its name in the long series. `years_later`: the series names the year of the September, the
    scorecard the year after."""

    code: str
    words: str
    higher_is_better: bool
    value: str
    change: str = ""
    whole: str = ""
    quintile: str = ""
    in_series: str = ""
    years_later: int = 0
    is_context: bool = False
    unit: str = "%"

    @property
    def short(self) -> str:
        """Its words where many stand side by side."""
        return SHORT.get(self.code, self.words)


# R87, R88: the six indicators, then groups, then what is shown beside them and not ours to change (R90).
MEASURES: tuple[Measure, ...] = (
    Measure(
        "together", "NEET or not known", False, "NEET_not_known_percent", "annual_change_ppts_NEET_not_known",
        "Cohort_DJFavg", "NEET_NK_quintile", "16-17_not known_NEET",
    ),
    Measure("neet", "NEET", False, "NEET_percent", "annualchange_NEET", "Cohort_DJFavg", "NEET_quintile", "16-17 NEET"),
    Measure(
        "not_known", "Not known", False, "Notknown_percent", "annualchange_notknown", "Cohort_DJFavg",
        "Notknown_quintile", "16-17_not known",
    ),
    Measure(
        "vulnerable", "NEET or not known in a vulnerable group", False, "VG_NEET_NK_percentage", "",
        "VG_cohort_DJF_avg",
    ),
    Measure(
        "participation", "In education and training", True, "TOTAL_participating_in_education_and_training_percent",
        "annual_change_Participation_in_education_training", "cohort_March", "Participation_ET_quintile",
    ),
    Measure(
        "guarantee", "September Guarantee: offer made", True, "September_guarantee_Offer_made_percent",
        "September_guarantee_annual_change_ppts", "", "Sep_guarantee_quintile", "Sept_Guarantee", 1,
    ),
    Measure("together_plan", "NEET or not known with an EHC plan", False, "NEET_NK_EHCP_percent"),
    Measure("together_support", "NEET or not known with SEN support", False, "NEET_NK_SENDsupport_percent"),
    Measure("together_no_need", "NEET or not known without special needs", False, "NEET_NK_noSEN_percent"),
    Measure("level_3", "Level 3 at 19", True, "Level_3", is_context=True),
    Measure("attainment_8", "Attainment 8", True, "avg_att8", is_context=True, unit=""),
    Measure("absence", "Absence from school", False, "sess_overall_percent", is_context=True),
)  # fmt: skip
SHORT: Mapping[str, str] = {
    "vulnerable": "Vulnerable group",
    "participation": "Participation",
    "guarantee": "Guarantee",
}
BY_CODE: Mapping[str, Measure] = {each.code: each for each in MEASURES}
IN_SERIES: Mapping[str, Measure] = {each.in_series.casefold(): each for each in MEASURES if each.in_series}
INDICATORS = tuple(each for each in MEASURES[:6])


class NotPublished(ValueError):
    """The file has neither of the layouts; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one authority, region or of England in one year."""

    year: int
    measure: str
    code: str
    name: str
    region: str
    value: float | None
    whole: float | None = None
    change: float | None = None
    quintile: int | None = None
    mark: str = ""


def figures(headings: Iterable[str], lines: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    """The figures of a published file, in its order. Raises NotPublished."""
    known = {_folded(each): each for each in headings}
    if all(name in known for name in LINES_NEEDED):
        yield from _of_series(known, lines)
    elif "time_period" in known and "old_la_code" in known:
        yield from _of_scorecard(known, lines)
    else:
        raise NotPublished(
            "This is not a file of published figures: it needs the columns time_period and old_la_code, or measure, "
            "year, value and la_number."
        )


def _of_scorecard(known: Mapping[str, str], lines: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    def cell(line: Mapping[str, str], name: str) -> str:
        return line.get(known.get(_folded(name), ""), "").strip() if name else ""

    for line in lines:
        year, code, name, region = _whose(line, cell)
        if not year:
            continue
        for each in MEASURES:
            if _folded(each.value) not in known:
                continue
            value = cell(line, each.value)
            yield Figure(
                year, each.code, code, name, region, number(value), number(cell(line, each.whole)),
                number(cell(line, each.change)), _quintile(cell(line, each.quintile)), _mark(value),
            )  # fmt: skip


def _whose(line: Mapping[str, str], cell: object) -> tuple[int, str, str, str]:
    assert callable(cell)
    year, region = cell(line, "time_period")[:4], cell(line, "region_name")
    name = cell(line, "la_name") or region or cell(line, "country_name")
    code = cell(line, "old_la_code") or cell(line, "region_code") or cell(line, "country_code")
    return (int(year) if year.isdigit() else 0), code, name, region if cell(line, "la_name") else ""


def _of_series(known: Mapping[str, str], lines: Iterable[Mapping[str, str]]) -> Iterator[Figure]:
    for line in lines:
        measure = IN_SERIES.get(line[known["measure"]].strip().casefold())
        year = line[known["year"]].strip()[:4]
        if measure is None or not year.isdigit():
            continue
        value, region = line[known["value"]], line.get(known.get("region", ""), "")
        yield Figure(
            int(year) + measure.years_later, measure.code, line[known["la_number"]].strip(),
            line.get(known.get("la_or_region", ""), "").strip(), "" if region in MARKS | {"NA"} else region,
            number(value), mark=_mark(value),
        )  # fmt: skip


def number(cell: str) -> float | None:
    """What a cell holds; None where it holds a mark such as c (suppressed) or z (not applicable)."""
    try:
        return float(cell.replace(",", "").replace("%", ""))
    except ValueError:
        return None


def _mark(cell: str) -> str:
    said = cell.strip().lower()
    return said[:4] if number(cell) is None and said in MARKS else ""


def _quintile(cell: str) -> int | None:
    return int(cell) if cell in {"1", "2", "3", "4", "5"} else None


def _folded(heading: str) -> str:
    return heading.strip().lstrip("\ufeff").casefold()


def is_authority(code: str) -> bool:
    """Whether a code is an authority's DfE number; those of England and regions in the series are from 970 on."""
    return bool(CODES.fullmatch(code)) and int(code) < 970
