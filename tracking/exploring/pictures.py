"""A cut in a sentence and a picture, both made from its counts."""

from neet.ui.charts import Bar, Drawing, Figure, Series, bars, multiples
from tracking.exploring.queries import ALL, CUT_BY, Crossing
from tracking.exploring.rules import Measure
from tracking.figures.pictures import NOT_DRAWN
from tracking.figures.queries.scorecard import Part

MOST_BARS, MOST_PICTURES = 15, 9
MONTHS_FOR_A_LINE = 2


def message(found: Crossing, measure: Measure) -> str:
    """What the counts say: of the parts which stands out, of months how it went."""
    counted = measure.words.removesuffix(", per cent")
    if found.is_by_month and len(found.columns) >= MONTHS_FOR_A_LINE:
        first, last = found.columns[0], found.columns[-1]
        return f"{counted}: {_then(found, measure, first)}, {_then(found, measure, last)}"
    whole = measure.said(found.value_of(measure, ALL)) or "none"
    parts = [each for each in found.rows if found.value_of(measure, each.slug) is not None]
    if len(parts) < 2:
        return f"{counted}: {whole}"
    top = max(parts, key=lambda each: found.value_of(measure, each.slug) or 0)
    return f"{counted}: {whole}, most in {top.words} ({measure.said(found.value_of(measure, top.slug))})"


def _then(found: Crossing, measure: Measure, month: Part) -> str:
    return f"{measure.said(found.value(measure, ALL, month.slug)) or 'none'} in {month.words}"


def picture(found: Crossing, measure: Measure) -> tuple[str, Drawing] | None:
    """What is drawn, in words, and the drawing: a small line for each row month by month, else a bar for each row.
    None where there is nothing to compare."""
    return _lines(found, measure) if found.is_by_month else _bars(found, measure)


def _bars(found: Crossing, measure: Measure) -> tuple[str, Drawing] | None:
    valued = [(each, found.value_of(measure, each.slug)) for each in found.rows]
    high = sorted(((value, each) for each, value in valued if value), key=lambda pair: -pair[0])[:MOST_BARS]
    if len(high) < 2:
        return None
    few = f", the {len(high)} highest" if len(high) == MOST_BARS else ""
    subtitle = f"{measure.words}, {found.month.words}, by {CUT_BY[found.cut.rows].lower()}{few}"
    drawing = bars(
        [Bar(each.words, value) for value, each in high], title=subtitle, description=message(found, measure),
        unit="%" if measure.is_share else "", places=1 if measure.is_share else 0,
    )  # fmt: skip
    return subtitle, drawing


def _lines(found: Crossing, measure: Measure) -> tuple[str, Drawing] | None:
    """September, when everybody is confirmed anew, would press all other months to the floor: it is not drawn."""
    if len(found.columns) < MONTHS_FOR_A_LINE:
        return None
    months = [each.slug for each in found.columns]
    largest = sorted(found.rows, key=lambda each: -each.counts.cohort)[: MOST_PICTURES - 1]
    shown = [("Everybody", ALL), *((each.words, each.slug) for each in found.rows if each in largest)]
    series = [
        Series(
            words, [None if _is_september(month) else found.value(measure, row, month) for month in months]
        )
        for words, row in shown
    ]
    series = [each for each in series if any(value for value in each.values)]
    if not series:
        return None
    few = f", the {len(largest)} largest" if len(found.rows) > len(largest) else ""
    span = f"{found.columns[0].words} to {found.columns[-1].words}"
    subtitle = f"{measure.words} by {CUT_BY[found.cut.rows].lower()}{few}, {span}"
    drawing = multiples(
        [each.words for each in found.columns], series, title=subtitle, description=message(found, measure),
        unit="%" if measure.is_share else "",
    )  # fmt: skip
    return subtitle, drawing


def _is_september(slug: str) -> bool:
    return int(slug[5:]) == NOT_DRAWN


def figure(found: Crossing, measure: Measure, csv_url: str) -> Figure | None:
    """The picture with its message; its table is the one on the page."""
    drawn = picture(found, measure)
    if drawn is None:
        return None
    subtitle, drawing = drawn
    return Figure(
        message=message(found, measure),
        subtitle=subtitle,
        drawing=drawing,
        columns=(CUT_BY[found.cut.rows], measure.words),
        rows=[(each.words, measure.said(found.value_of(measure, each.slug))) for each in found.rows],
        csv_url=csv_url,
        source="September, when everybody is confirmed anew, stands in the table and not in the picture."
        if found.is_by_month
        else "",
    )
