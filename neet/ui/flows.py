"""A chart of who came and who went: from a number over what was added and what was taken away to the next number."""

from collections.abc import Iterator, Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from neet.ui.svg import (
    GRID,
    QUIET,
    WIDTH,
    Bar,
    Drawing,
    block,
    drawing,
    drawing_key,
    label_room,
    label_words,
    patterns,
    words,
)

ROW, THICK, FIGURE = 30, 20, 52
CAME, WENT = 0, 1  # plain, and slanting lines: told apart in grey


def flows(
    before: Bar, came: Sequence[Bar], went: Sequence[Bar], after: Bar, *, title: str, description: str
) -> Drawing:
    """Those who came to the right of a line and those who went to the left of it, on one scale from nought; above and
    below the numbers they lead from and to. Nothing is drawn in proportion to those two numbers, which are words."""
    key = drawing_key(title, description)
    gutter = label_room(each.label for each in (*came, *went, Bar("", 0)))
    most_came, most_went = (max((each.value for each in some), default=0) for some in (came, went))
    scale = (WIDTH - gutter - 2 * FIGURE) / ((most_came + most_went) or 1)
    middle = gutter + FIGURE + most_went * scale
    foot = ROW * (len(came) + len(went) + 2)
    body = [patterns(key, 2), *_ends(before, after, gutter, foot), _line(middle, ROW, foot - ROW)]
    for row, each in enumerate(came, start=1):
        body += _one(key, CAME, each, middle, ROW * row, each.value * scale, gutter)
    for row, each in enumerate(went, start=1 + len(came)):
        body += _one(key, WENT, each, middle, ROW * row, each.value * scale, gutter)
    return drawing(body, foot + 4, title, description)


def _ends(before: Bar, after: Bar, gutter: float, foot: float) -> Iterator[SafeString]:
    for each, y in ((before, 0.0), (after, foot - ROW)):
        yield words(gutter - 8, y + 20, each.label, anchor="end", weight=600)
        yield words(gutter + 2, y + 20, f"{each.value:,.0f}", weight=600)


def _line(x: float, top: float, foot: float) -> SafeString:
    return format_html(
        '<line class="chart__axis" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>',
        f"{x:.1f}", f"{x:.1f}", top, foot, QUIET,
    )  # fmt: skip


def _one(
    key: str, kind: int, each: Bar, middle: float, y: float, length: float, gutter: float
) -> Iterator[SafeString]:
    left, sign = (middle, "+") if kind == CAME else (middle - length, "\u2212")
    yield format_html(
        '<line class="chart__grid" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>',
        f"{gutter:.1f}", WIDTH, y + ROW, y + ROW, GRID,
    )  # fmt: skip
    yield label_words(gutter - 8, y + 20, each.label)
    yield block(key, kind, left, y + (ROW - THICK) / 2, max(length, 0.5), THICK)
    figure, end = f"{sign}{each.value:,.0f}", left + length + 6 if kind == CAME else left - 6
    yield words(end, y + 20, figure, anchor="start" if kind == CAME else "end", weight=600)
