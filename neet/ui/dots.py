"""A chart of many places at once: each a ring on one scale, so that one sees how they spread and where the whole is."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from neet.ui.svg import INK, PALETTE, QUIET, WIDTH, Bar, Drawing, drawing, nice_ticks, tick_words, words

SIDE, TOP, RING = 24.0, 34.0, 12.0


@dataclass(frozen=True)
class Scale:
    """Values from nought on the left to `highest` on the right, in SVG units."""

    highest: float

    def x(self, value: float) -> float:
        return SIDE + (WIDTH - 2 * SIDE) * value / self.highest


def dots(items: Sequence[Bar], whole: Bar, *, title: str, description: str, unit: str = "") -> Drawing:
    """Every item a ring on one scale from zero, equal ones above each other; the whole is a line with its name, and the
    lowest and the highest are named below."""
    ticks = nice_ticks(max(item.value for item in (*items, whole)))
    scale = Scale(ticks[-1])
    in_order = sorted(items, key=lambda each: (each.value, each.label))
    columns = [round(scale.x(each.value) / RING) for each in in_order]
    foot = TOP + RING * (max(Counter(columns).values()) + 1)
    body = [*axis(scale, ticks, unit, foot), *whole_line(scale, whole, unit, foot)]
    stacked: Counter[int] = Counter()
    for each, column in zip(in_order, columns, strict=True):
        body.append(ring(scale.x(each.value), foot - RING * (stacked[column] + 0.6)))
        stacked[column] += 1
    for line, (word, each) in enumerate((("Lowest", in_order[0]), ("Highest", in_order[-1]))):
        body.append(words(SIDE, foot + 44 + 20 * line, f"{word}: {each.label}, {each.value:.1f}{unit}"))
    return drawing(body, foot + 74, title, description)


def axis(scale: Scale, ticks: Sequence[float], unit: str, foot: float) -> Iterator[SafeString]:
    """The line at the foot with its values."""
    ends = (SIDE, WIDTH - SIDE)
    yield format_html(
        '<line class="chart__axis" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}"/>', *ends, foot, foot, QUIET
    )
    for value in ticks:
        yield words(scale.x(value), foot + 18, tick_words(value, unit), anchor="middle", fill=QUIET)


def whole_line(scale: Scale, whole: Bar, unit: str, foot: float) -> Iterator[SafeString]:
    """Where all of them together are, with its name on the side that has room."""
    x = scale.x(whole.value)
    yield format_html(
        '<line class="chart__line" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" stroke-width="1.5"'
        ' stroke-dasharray="5 3"/>', f"{x:.1f}", f"{x:.1f}", TOP - 10, foot, INK,
    )  # fmt: skip
    anchor = "start" if x < WIDTH / 2 else "end"
    yield words(x, TOP - 16, f"{whole.label}: {whole.value:.1f}{unit}", anchor=anchor, weight=600)


def ring(x: float, y: float) -> SafeString:
    """A circle with a white rim: where rings touch, each is still seen, in grey as well."""
    return format_html(
        '<circle class="chart__mark" cx="{}" cy="{}" r="5.5" fill="{}" stroke="#fff" stroke-width="1"/>',
        f"{x:.1f}", f"{y:.1f}", PALETTE[0],
    )  # fmt: skip
