"""How right the points were, in a sentence, a picture and a table, all made from the figures."""

from collections.abc import Sequence

from caseload.prevention.queries.looking_back import Judged
from neet.ui.charts import Figure, Series, lines

COLUMNS = (
    "Month", "In learning", "Became NEET or not known", "On the list by points", "Of them became", "Right by points",
    "Of all who became", "Right by school", "Right by lot",
)  # fmt: skip
NO_FIGURE = "no figure"


def message(found: Sequence[Judged]) -> str:
    """What the last month that can be judged says."""
    last = found[-1]
    return (
        f"{last.month.words}: of {last.points.listed} named by points {last.points.found:.0f} became NEET or not known"
        f" ({_percent(last.points.precision)}); by lot it would have been {_percent(last.chance.precision)}"
    )


def by_month(found: Sequence[Judged], length: int, csv_url: str) -> Figure | None:
    """The share who became NEET or not known of three lists of the same length; None while there is one month only."""
    if len(found) < 2:
        return None
    labels = [f"{each.month.ends_on:%b %y}" for each in found]
    series = [
        Series("By points", [each.points.precision for each in found]),
        Series("By school", [each.school.precision for each in found]),
        Series("By lot", [each.chance.precision for each in found]),
    ]
    subtitle = (
        f"Of a list of {length}, the share who became NEET or not known, per cent, by the month it was made"
    )
    return Figure(
        message=message(found),
        subtitle=subtitle,
        drawing=lines(labels, series, title=subtitle, description=message(found), unit="%"),
        columns=COLUMNS,
        rows=[row(each) for each in found],
        csv_url=csv_url,
        source="Points as they were kept at each month’s end, and the months as their figures were frozen.",
    )


def row(each: Judged) -> Sequence[str]:
    points = each.points
    return (
        each.month.words, f"{points.people:,}", f"{points.became:,}", f"{points.listed:,}", f"{points.found:,.0f}",
        _percent(points.precision), _percent(points.recall), _percent(each.school.precision),
        _percent(each.chance.precision),
    )  # fmt: skip


def _percent(value: float | None) -> str:
    return NO_FIGURE if value is None else f"{value:.1f}%"
