"""Published figures of an invented country, so that the invented council stands among others."""

from random import Random

from schools.models import Authority
from tracking.published.models import PublishedFigure, PublishedFile
from tracking.published.rules import ENGLAND, INDICATORS, MEASURES, Measure
from tracking.rules.quintiles import groups_of, quintile
from tracking.seeding.actions import FIRST_CODE, Invention

OTHERS, YEARS = 39, 3
REGIONS = ("North (invented)", "East (invented)", "South (invented)", "West (invented)")
# What a measure is about in the country, and how far authorities lie from it.
ABOUT = {
    "together": (5.4, 1.8), "neet": (3.1, 0.9), "not_known": (2.3, 1.2), "vulnerable": (24.0, 6.0),
    "participation": (92.3, 1.9), "guarantee": (95.1, 1.7), "together_plan": (9.8, 2.6),
    "together_support": (8.1, 2.2), "together_no_need": (4.4, 1.5), "level_3": (58.0, 6.0),
    "attainment_8": (46.0, 3.5), "absence": (7.2, 0.8),
}  # fmt: skip
NAME = "published figures (invented)"


def invent_published(invention: Invention) -> None:
    """Forty authorities of an invented country over three years, our council among them; the same dice give the same
    figures."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    if here is None or PublishedFile.objects.exists():
        return
    rng = Random(f"{invention.seed} published")
    names = {
        f"{801 + n}": f"Authority {n + 1} (invented)" for n in range(OTHERS) if f"{801 + n}" != here.code
    }
    names[here.code] = here.name
    years = range(invention.on.year - YEARS + 1, invention.on.year + 1)
    file = PublishedFile.objects.create(name=NAME, years=f"{years[0]} to {years[-1]}", figures=0)
    rows: list[PublishedFigure] = []
    before: dict[str, dict[str, float]] = {each.code: {} for each in MEASURES}
    for year in years:
        values = _values_of_a_year(rng, names, before)
        for each in MEASURES:
            rows += _rows(file, each, year, names, values[each.code], before[each.code])
        before = values
    PublishedFigure.objects.bulk_create(rows)
    file.figures = len(rows)
    file.save(update_fields=["figures"])


def _values_of_a_year(
    rng: Random, names: dict[str, str], before: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """Every measure of every authority; NEET and not known add up."""
    found = {each.code: _values(rng, each, names, before[each.code]) for each in MEASURES}
    found["together"] = {code: round(found["neet"][code] + found["not_known"][code], 1) for code in names}
    return found


def _values(
    rng: Random, measure: Measure, names: dict[str, str], before: dict[str, float]
) -> dict[str, float]:
    """A value for each authority, near its own of the year before."""
    middle, far = ABOUT[measure.code]
    return {
        code: round(min(99.9, max(0.3, rng.gauss(before.get(code, middle), far / 4 if before else far))), 1)
        for code in names
    }


def _rows(
    file: PublishedFile,
    measure: Measure,
    year: int,
    names: dict[str, str],
    values: dict[str, float],
    before: dict[str, float],
) -> list[PublishedFigure]:
    groups = groups_of(values) if measure in INDICATORS and measure.quintile else {}
    made = [
        PublishedFigure(
            year=year, measure=measure.code, code=code, name=name, file=file, value=values[code],
            region=REGIONS[int(code) % len(REGIONS)], whole=2000.0 + 37 * (int(code) % 90) if measure.whole else None,
            change=round(values[code] - before[code], 1) if code in before and measure.change else None,
            quintile=quintile(groups[code], higher_is_better=measure.higher_is_better, year=year) if groups else None,
        )
        for code, name in names.items()
    ]  # fmt: skip
    country = round(sum(values.values()) / len(values), 1)
    country_row = {"year": year, "measure": measure.code, "code": "E92000001", "name": ENGLAND}
    return [*made, PublishedFigure(**country_row, file=file, value=country)]
