"""The yearly figures of one authority in a sentence and a picture."""

from collections.abc import Mapping, Sequence

from neet.ui.charts import Figure, Series, lines
from tracking.published.models import PublishedFigure
from tracking.published.queries import words_of

DRAWN = ("together", "neet", "not_known")
NO_FIGURE = "no figure"


def by_year(series: Mapping[str, Sequence[PublishedFigure]], csv_url: str) -> Figure | None:
    """What was published of NEET and not known year by year; None where there are less than two years."""
    years = sorted({each.year for code in DRAWN for each in series.get(code, ())})
    if len(years) < 2:
        return None
    values = {code: {each.year: each.value for each in series.get(code, ())} for code in DRAWN}
    said = _message(values["together"], years)
    subtitle = f"Yearly figures as published, per cent, {years[0]} to {years[-1]}"
    drawn = [Series(words_of(code), [values[code].get(year) for year in years]) for code in DRAWN]
    return Figure(
        message=said,
        subtitle=subtitle,
        drawing=lines([str(year) for year in years], drawn, title=subtitle, description=said, unit="%"),
        columns=("Year", *(words_of(code) for code in DRAWN)),
        rows=[(str(year), *(_percent(values[code].get(year)) for code in DRAWN)) for year in years],
        csv_url=csv_url,
        source="The DfE\u2019s published figures: the average of December, January and February.",
    )


def _message(values: Mapping[int, float | None], years: Sequence[int]) -> str:
    last, before = values.get(years[-1]), values.get(years[-2])
    if last is None:
        return f"No figure was published for {years[-1]}"
    said = f"{last:.1f}% were NEET or not known in {years[-1]}"
    if before is None:
        return said
    if round(last, 1) == round(before, 1):
        return f"{said}, as in {years[-2]}"
    return f"{said}, {'fewer' if last < before else 'more'} than in {years[-2]} ({before:.1f}%)"


def _percent(value: float | None) -> str:
    return NO_FIGURE if value is None else f"{value:.1f}%"
