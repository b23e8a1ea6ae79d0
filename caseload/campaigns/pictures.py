"""A campaign's daily count as a chart with its table."""

from collections.abc import Iterator, Sequence

from caseload.campaigns.queries.effect import Day, headings
from neet.ui.charts import Figure, Series, lines
from neet.ui.words import many, short_day


def rows(days: Sequence[Day]) -> Iterator[tuple[object, ...]]:
    """One row for each day: what came of whom, how many that day, and in all until then."""
    for each in days:
        yield (each.on, *each.outcomes.values(), each.number, each.so_far)


def by_day(days: Sequence[Day], everybody: int, csv_url: str) -> Figure | None:
    """How many were contacted so far, against how many are on the list; None before the second day."""
    if len(days) < 2 or not days[-1].so_far:
        return None
    best = max(days, key=lambda each: each.number)
    done = days[-1].so_far
    message = (
        f"{done} of {many(everybody, 'young person,young people')} contacted;"
        f" most on {short_day(best.on)} ({best.number})"
    )
    subtitle = "Contacted so far, by day"
    labels = [f"{each.on.day} {each.on:%b}" for each in days]
    drawing = lines(
        labels, [Series("Contacted", [each.so_far for each in days])], title=subtitle, description=message
    )
    shown = [
        (short_day(each.on), *row[1:]) for each, row in zip(days, rows(days), strict=True) if each.number
    ]
    return Figure(
        message, subtitle, drawing, headings(), shown, csv_url, "Everybody on the list whom you may see"
    )
