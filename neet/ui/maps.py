"""A map of areas in five shades, each with a pattern of its own, so that it can be read in black and white; what may
not be told has one more, the same for every such area."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from neet.ui.svg import INK, LETTER, QUIET, WIDTH, Drawing, drawing, drawing_key, together, words

Ring = Sequence[Sequence[float]]
TALLEST, EDGE, TILE = 480.0, 6.0, 8
BOX, LINE = 18, 28
NOT_TOLD = "n"
WHITE, DARK = "#fff", "#12456b"
FILLS = ("#eef4f8", "#c6d8e5", "#8fb0c8", "#457a9f", DARK)
# Sparse dots, dots, slanting lines, a net in white, plain: darker from one to the next without any colour as well.
MARKS: tuple[str, ...] = (
    f'<circle cx="4" cy="4" r=".8" fill="{DARK}"/>',
    f'<circle cx="2" cy="2" r="1.1" fill="{DARK}"/><circle cx="6" cy="6" r="1.1" fill="{DARK}"/>',
    f'<path d="M0 8 8 0" stroke="{DARK}" stroke-width="1.6"/>',
    f'<path d="M0 8 8 0M0 0 8 8" stroke="{WHITE}" stroke-width="1"/>',
    "",
)
HELD_BACK = f'<path d="M0 0 8 8" stroke="{QUIET}" stroke-width=".9" stroke-dasharray="2 2"/>'


@dataclass(frozen=True)
class Place:
    """An area with its rings in metres, what is said of it, and its shade from 0 to 4; None is not told."""

    words: str
    rings: Sequence[Ring]
    shade: int | None = None


@dataclass(frozen=True)
class Sheet:
    """How metres lie on the drawing: the whole of what is shown, as large as fits, north above."""

    west: float
    north: float
    scale: float
    left: float
    height: float

    def path(self, rings: Iterable[Ring]) -> str:
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Ring) -> str:
        steps = (
            f"{self.left + (x - self.west) * self.scale:.1f} {EDGE + (self.north - y) * self.scale:.1f}"
            for x, y in ring
        )
        return f"M{'L'.join(steps)}Z"


def choropleth(
    places: Sequence[Place], *, legend: Mapping[int | None, str], borders: Sequence[Place] = (), title: str,
    description: str,
) -> Drawing:  # fmt: skip
    """Every place in its shade, the borders above them as lines with nothing inside, and a legend in words for the
    shades it names, in that order."""
    key = drawing_key(title, description)
    sheet = _sheet(places)
    body = [
        _patterns(key, legend),
        *(_places(key, sheet, shade, places) for shade in legend),
        *(_border(sheet, each) for each in borders),
        *_legend(key, legend, sheet.height + 14),
    ]
    return drawing(body, sheet.height + 14 + _rows(legend) * LINE, title, description)


def _sheet(places: Sequence[Place]) -> Sheet:
    points = [point for place in places for ring in place.rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, tall = max(max(xs) - min(xs), 1), max(max(ys) - min(ys), 1)
    scale = min((WIDTH - 2 * EDGE) / wide, TALLEST / tall)
    return Sheet(min(xs), max(ys), scale, (WIDTH - wide * scale) / 2, tall * scale + 2 * EDGE)


def _name(key: str, shade: int | None) -> str:
    return f"{key}-{NOT_TOLD if shade is None else shade}"


def _patterns(key: str, shades: Iterable[int | None]) -> SafeString:
    made = (
        format_html(
            '<pattern id="{}" width="{}" height="{}" patternUnits="userSpaceOnUse">'
            '<rect width="{}" height="{}" fill="{}"/>{}</pattern>',
            _name(key, shade), TILE, TILE, TILE, TILE, WHITE if shade is None else FILLS[shade],
            SafeString(HELD_BACK if shade is None else MARKS[shade]),
        )
        for shade in shades
    )  # fmt: skip
    return format_html("<defs>{}</defs>", together(made))


def _places(key: str, sheet: Sheet, shade: int | None, places: Sequence[Place]) -> SafeString:
    """All places of one shade; pointing at one says its words."""
    drawn = (
        format_html('<path d="{}"><title>{}</title></path>', sheet.path(each.rings), each.words)
        for each in places
        if each.shade == shade
    )
    return format_html(
        '<g class="chart__area" fill="url(#{})" stroke="{}" stroke-width=".8" fill-rule="evenodd">{}</g>',
        _name(key, shade),
        QUIET,
        together(drawn),
    )


def _border(sheet: Sheet, place: Place) -> SafeString:
    return format_html(
        '<path class="chart__line" d="{}" fill="none" stroke="{}" stroke-width="1.8"/>', sheet.path(place.rings), INK
    )  # fmt: skip


def _columns(legend: Mapping[int | None, str]) -> int:
    """As many columns of equal width as the longest words leave room for."""
    return max(1, int(WIDTH // (max(map(len, legend.values())) * LETTER + BOX + 30)))


def _rows(legend: Mapping[int | None, str]) -> int:
    return -(-len(legend) // _columns(legend))


def _legend(key: str, legend: Mapping[int | None, str], top: float) -> Iterator[SafeString]:
    columns = _columns(legend)
    for place, (shade, said) in enumerate(legend.items()):
        x, y = place % columns * WIDTH / columns, top + place // columns * LINE
        yield format_html(
            '<rect class="chart__area" x="{}" y="{}" width="{}" height="{}" fill="url(#{})" stroke="{}"/>',
            f"{x + 1:.1f}", f"{y:.1f}", BOX, BOX, _name(key, shade), QUIET,
        )  # fmt: skip
        yield words(x + BOX + 8, y + 14, said)
