"""The pieces charts are drawn from: scales, words, lines, marks and patterns as SVG.

Colours and strokes are presentation attributes, because the content security policy blocks inline styles and
because the same SVG is printed as PDF.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2s
from itertools import pairwise
from math import ceil, floor, log10
from textwrap import shorten, wrap

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Four is the most a reader can hold. Each has 4.5 to 1 or more on white, so the words at a line's end may wear it.
PALETTE = ("#12456b", "#a33b12", "#0a6b5e", "#7a4f9e")
INK, QUIET, GRID = "#15232d", "#4b5a65", "#d5dde1"
DASHES = ("", "7 4", "2 4", "10 4 2 4")
WIDTH = 640
LETTER = 7.2  # a generous width of a letter at 13px
LONGEST_LABEL = 34  # letters to a line on the left of a bar; two lines at most
LONGEST_NAME = 24  # letters at a line's end


@dataclass(frozen=True)
class Series:
    """One line or one kind of part: its name and a value for every label, None where there is no figure."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Bar:
    """One bar, with its words on the left."""

    label: str
    value: float


@dataclass(frozen=True)
class Drawing:
    """A finished SVG."""

    svg: SafeString


@dataclass(frozen=True)
class Frame:
    """The plotting area in SVG units and the values at its foot and top."""

    left: float
    top: float
    right: float
    bottom: float
    highest: float
    steps: int

    def x(self, index: int) -> float:
        return self.left + (self.right - self.left) * (index / self.steps if self.steps else 0.5)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - self.top) * (value / self.highest)


# --- scales ---------------------------------------------------------------------------------------
def nice_ticks(top: float, about: int = 4) -> list[float]:
    """Round steps from zero to just past `top`: 0, 5, 10, 15 for 13.2. At least one step, whatever the data."""
    if top <= 0:
        return [0, 1]
    rough = top / about
    power: float = 10.0 ** floor(log10(rough))
    step = next(power * nice for nice in (1, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)
    return [round(step * n, 10) for n in range(ceil(round(top / step, 6)) + 1)]


def highest(series: Iterable[Series]) -> float:
    return max((value for each in series for value in each.values if value is not None), default=0)


def refuse_many(series: Sequence[Series]) -> None:
    if not 1 <= len(series) <= len(PALETTE):
        raise ValueError(f"{len(series)} series: a chart holds one to four, use small multiples for more")


def spread(heights: Sequence[float], apart: float) -> list[float]:
    """Move label heights so that none stands closer than `apart` to the next, keeping their order."""
    order = sorted(range(len(heights)), key=lambda n: heights[n])
    moved = list(heights)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + apart)
    return moved


# --- pieces of SVG --------------------------------------------------------------------------------
def drawing(body: Iterable[SafeString], height: float, title: str, description: str) -> Drawing:
    key = drawing_key(title, description)
    return Drawing(
        format_html(
            '<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {} {}" role="img" '
            "aria-labelledby='{key}-t {key}-d' font-family='Inter, Inter Extended, sans-serif' font-size='13'>"
            '<title id="{key}-t">{}</title><desc id="{key}-d">{}</desc>{}</svg>',
            WIDTH,
            round(height),
            title,
            description,
            together(body),
            key=key,
        )
    )


def together(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def drawing_key(title: str, description: str) -> str:
    """A name for the drawing's parts, the same whenever the same chart is drawn."""
    return "c" + blake2s(f"{title}\n{description}".encode(), digest_size=5).hexdigest()


def words(
    x: float, y: float, text: str, *, anchor: str = "start", fill: str = INK, weight: int = 400
) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" text-anchor="{}" fill="{}" font-weight="{}">{}</text>',
        f"{x:.1f}",
        f"{y:.1f}",
        anchor,
        fill,
        weight,
        text,
    )


def label_room(labels: Iterable[str]) -> float:
    return max(len(line) for label in labels for line in label_lines(label)) * LETTER + 12


def label_lines(label: str) -> list[str]:
    """One line or two; what is longer ends in dots, and stands in full in the table."""
    return wrap(label, LONGEST_LABEL, max_lines=2, placeholder="…") or [""]


def label_words(x: float, y: float, label: str) -> SafeString:
    lines = label_lines(label)
    first = y if len(lines) == 1 else y - 8
    return together(words(x, first + n * 16, line, anchor="end") for n, line in enumerate(lines))


def tick_words(value: float, unit: str) -> str:
    return f"{value:,.0f}{unit}" if value == round(value) else f"{value:,.1f}{unit}"


def tick_room(ticks: Sequence[float], unit: str) -> float:
    """How much room the words of the scale need on the left."""
    return max(len(tick_words(value, unit)) for value in ticks) * 8 + 10


def grid(frame: Frame, ticks: Sequence[float], unit: str) -> Iterator[SafeString]:
    for value in ticks:
        y = f"{frame.y(value):.1f}"
        yield format_html(
            '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>',
            "chart__grid" if value else "chart__axis",
            frame.left,
            frame.right,
            y,
            y,
            GRID if value else QUIET,
        )
        yield words(frame.left - 6, frame.y(value) + 4, tick_words(value, unit), anchor="end", fill=QUIET)


def month_words(frame: Frame, labels: Sequence[str]) -> Iterator[SafeString]:
    """As many labels as fit, the last one always among them."""
    room = max(len(label) for label in labels) * LETTER + 12
    every = max(1, ceil(len(labels) * room / (frame.right - frame.left)))
    for n, label in enumerate(labels):
        if (len(labels) - 1 - n) % every == 0:
            yield words(frame.x(n), frame.bottom + 22, label, anchor="middle", fill=QUIET)


def end_labels(frame: Frame, labels: Sequence[str]) -> Iterator[SafeString]:
    """Only the first and the last label, for a small chart."""
    yield words(frame.left, frame.bottom + 18, labels[0])
    yield words(frame.right, frame.bottom + 18, labels[-1], anchor="end")


def line(frame: Frame, n: int, series: Series, *, marks: bool = True) -> SafeString:
    """A line that stops where a figure is missing and goes on after it, with a mark on each figure; without `marks` on
    the last, and on each that stands alone."""
    path, pen = [], "M"
    for index, value in enumerate(series.values):
        if value is not None:
            path.append(f"{pen}{frame.x(index):.1f} {frame.y(value):.1f}")
        pen = "M" if value is None else "L"
    drawn = format_html(
        '<path class="chart__line" d="{}" fill="none" stroke="{}" stroke-width="2.5" stroke-dasharray="{}"/>',
        " ".join(path),
        PALETTE[n],
        DASHES[n] or "none",
    )
    told = [i for i, value in enumerate(series.values) if value is not None]
    shown = [i for i in told if marks or i == told[-1] or is_alone(series, i)]
    return drawn + together(mark(n, frame.x(i), frame.y(series.values[i] or 0)) for i in shown)


def is_alone(series: Series, at: int) -> bool:
    """Whether the figures before and after are missing: no line goes through it, so only a mark shows it."""
    values = series.values
    return not any(0 <= i < len(values) and values[i] is not None for i in (at - 1, at + 1))


def mark(n: int, x: float, y: float) -> SafeString:
    """A circle, square, triangle or diamond: the series can be told apart in grey."""
    shapes = (
        "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        "M-3.5-3.5h7v7h-7z",
        "M0-4.5 4.5 3.5h-9z",
        "M0-5 5 0 0 5-5 0z",
    )
    return format_html(
        '<path class="chart__mark" transform="translate({} {})" d="{}" fill="{}"/>',
        f"{x:.1f}",
        f"{y:.1f}",
        shapes[n],
        PALETTE[n],
    )


def end_words(frame: Frame, series: Sequence[Series]) -> Iterator[SafeString]:
    last = [next((v for v in reversed(each.values) if v is not None), 0) for each in series]
    heights = spread([frame.y(value) for value in last], 17)
    for n, (each, y) in enumerate(zip(series, heights, strict=True)):
        name = shorten(each.name, LONGEST_NAME, placeholder="…")
        yield words(frame.right + 12, y + 4, name, fill=PALETTE[n], weight=600)


def one_bar(n: int, item: Bar, left: float, length: float, figure: str) -> SafeString:
    y = 4 + n * 34
    bar = format_html(
        '<rect class="chart__mark" x="{}" y="{}" width="{}" height="24" fill="{}"/>',
        f"{left:.1f}",
        y,
        f"{max(length, 0):.1f}",
        PALETTE[0],
    )
    return (
        label_words(left - 8, y + 17, item.label) + bar + words(left + length + 6, y + 17, figure, weight=600)
    )


def patterns(key: str, count: int) -> SafeString:
    """Slanting lines, dots, upright lines for the second to the fourth part; the first is plain."""
    stroke = 'stroke="#fff" stroke-width="1.5"'
    dot = '<circle cx="4" cy="4" r="1.6" fill="#fff"/>'
    marks = (f'<path d="M0 8 8 0" {stroke}/>', dot, f'<path d="M4 0v8" {stroke}/>')
    made = (
        format_html(
            '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse">'
            '<rect width="8" height="8" fill="{}"/>{}</pattern>',
            key,
            n,
            PALETTE[n],
            SafeString(marks[n - 1]),
        )
        for n in range(1, count)
    )
    return format_html("<defs>{}</defs>", together(made))


def legend_places(names: Sequence[str]) -> list[tuple[float, float]]:
    """Where each name of a legend stands: beside one another while there is room, else on the next line."""
    places, x, y = [], 0.0, 4.0
    for name in names:
        length = 22 + len(name) * LETTER
        if x and x + length > WIDTH:
            x, y = 0.0, y + 24
        places.append((x, y))
        x += length + 22
    return places


def legend(key: str, series: Sequence[Series], places: Sequence[tuple[float, float]]) -> Iterator[SafeString]:
    for n, (each, (x, y)) in enumerate(zip(series, places, strict=True)):
        yield block(key, n, x, y, 16, 16)
        yield words(x + 22, y + 13, each.name)


def block(key: str, n: int, x: float, y: float, width: float, height: float) -> SafeString:
    return format_html(
        '<rect class="chart__mark" x="{}" y="{}" width="{}" height="{}" fill="{}"/>',
        f"{x:.1f}",
        f"{y:.1f}",
        f"{width:.1f}",
        f"{height:.1f}",
        f"url(#{key}-{n})" if n else PALETTE[0],
    )


def pieces(key: str, values: Sequence[float], left: float, y: float, scale: float) -> Iterator[SafeString]:
    """The parts of one bar, a white hair between them; a part too thin for its figure leaves it to the table."""
    x = left
    for n, value in enumerate(values):
        width = value * scale
        if width > 0:
            yield block(key, n, x, y, max(width - 1.5, 0.5), 26)
            yield from part_words(x, y, width, f"{value:,.0f}")
        x += width


def part_words(x: float, y: float, width: float, figure: str) -> Iterator[SafeString]:
    plate = len(figure) * LETTER + 8
    if width > plate + 6:
        yield format_html(
            '<rect class="chart__plate" x="{}" y="{}" width="{}" height="18" rx="2" fill="#fff"/>',
            f"{x + 4:.1f}",
            f"{y + 4:.1f}",
            f"{plate:.1f}",
        )
        yield words(x + 8, y + 18, figure)
