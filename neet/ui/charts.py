"""Charts drawn on the server as SVG: nothing runs in the browser, nothing is told by colour alone.

Every function takes figures and gives a Drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from django.utils.safestring import SafeString

from neet.ui.svg import (
    LETTER,
    LONGEST_NAME,
    WIDTH,
    Bar,
    Drawing,
    Frame,
    Series,
    drawing,
    drawing_key,
    end_labels,
    end_words,
    grid,
    highest,
    label_room,
    label_words,
    legend,
    legend_places,
    line,
    month_words,
    nice_ticks,
    one_bar,
    patterns,
    pieces,
    refuse_many,
    tick_room,
    words,
)

__all__ = ["Bar", "Drawing", "Figure", "Series", "bars", "lines", "multiples", "stacked"]


@dataclass(frozen=True)
class Figure:
    """A chart and what must stand around it: a message made from the data, what is measured, table and CSV."""

    message: str
    subtitle: str
    drawing: Drawing
    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    csv_url: str = ""
    source: str = ""


# --- the four kinds of chart ------------------------------------------------------------------------
def lines(
    labels: Sequence[str], series: Sequence[Series], *, title: str, description: str, unit: str = ""
) -> Drawing:
    """Lines over months, from zero; up to four, each named at its end and with its own mark and dash."""
    refuse_many(series)
    ticks = nice_ticks(highest(series))
    gutter = min(max(len(each.name) for each in series), LONGEST_NAME) * LETTER + 26
    left = max(tick_room(ticks, unit), len(labels[0]) * LETTER / 2 + 2)
    frame = Frame(left, 16, WIDTH - gutter, 286, ticks[-1], len(labels) - 1)
    body = [
        *grid(frame, ticks, unit),
        *month_words(frame, labels),
        *(line(frame, n, s) for n, s in enumerate(series)),
    ]
    return drawing([*body, *end_words(frame, series)], 330, title, description)


def bars(items: Sequence[Bar], *, title: str, description: str, unit: str = "", places: int = 0) -> Drawing:
    """Horizontal bars from zero, longest words unbroken, the figure at the end of each bar."""
    gutter = label_room(item.label for item in items)
    top = nice_ticks(max(item.value for item in items))[-1]
    room = WIDTH - gutter - 70
    body = (
        one_bar(n, item, gutter, room * item.value / top, f"{item.value:,.{places}f}{unit}")
        for n, item in enumerate(items)
    )
    return drawing(body, len(items) * 34 + 8, title, description)


def stacked(labels: Sequence[str], series: Sequence[Series], *, title: str, description: str) -> Drawing:
    """Horizontal bars of up to four parts; parts differ in pattern as well as colour, and carry their figures."""
    refuse_many(series)
    key = drawing_key(title, description)
    gutter = label_room(labels)
    totals = [sum(each.values[n] or 0 for each in series) for n in range(len(labels))]
    scale = (WIDTH - gutter - 60) / (max(totals) or 1)
    places = legend_places([each.name for each in series])
    foot = places[-1][1] + 36
    body = [patterns(key, len(series)), *legend(key, series, places)]
    for n, label in enumerate(labels):
        y = foot + n * 36
        body.append(label_words(gutter - 8, y + 18, label))
        body.extend(pieces(key, [each.values[n] or 0 for each in series], gutter, y, scale))
        body.append(words(gutter + totals[n] * scale + 6, y + 18, f"{totals[n]:,.0f}", weight=600))
    return drawing(body, foot + len(labels) * 36 + 4, title, description)


def multiples(
    labels: Sequence[str], series: Sequence[Series], *, title: str, description: str, unit: str = ""
) -> Drawing:
    """One small chart for each series, all on one scale, three to a row."""
    ticks = nice_ticks(highest(series), about=2)
    gutter = tick_room(ticks, unit)
    body: list[SafeString] = []
    for n, each in enumerate(series):
        left, top = (n % 3) * 214 + gutter, (n // 3) * 148
        frame = Frame(left, top + 34, left + 204 - gutter, top + 116, ticks[-1], len(labels) - 1)
        body += [words(left, top + 18, each.name, weight=600), *grid(frame, ticks, unit)]
        body += [line(frame, 0, each, marks=False), *end_labels(frame, labels)]
    return drawing(body, ceil(len(series) / 3) * 148, title, description)
