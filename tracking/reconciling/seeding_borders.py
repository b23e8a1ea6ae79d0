"""Inventing where wards and districts end: a land of crooked squares that lies nowhere."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count, pairwise
from random import Random

from tracking.reconciling.actions.boundaries import Shapes, load_boundaries
from tracking.reconciling.rules.boundaries import DISTRICT, WARD

Spot = tuple[int, int]  # a crossing of the land's squares
Point = tuple[float, float]
HOLDS_FROM = date(2023, 5, 4)
ACROSS = 3  # wards of a district, each way
SQUARE, OFF, FROM_EAST, FROM_NORTH = 4_000, 1_100, 430_000, 330_000
CROOKED, HALVINGS = 0.22, 3


def invent_borders(districts: Sequence[tuple[str, str]], wards: Mapping[str, str], seed: int) -> None:
    """Borders for districts (code and name) and wards (name by code). A ward's code ends in the two figures of its
    district and two of its own, as the invented directory of postcodes gives them."""
    beside = next(n for n in count(1) if n * n >= len(districts))
    corners = {code: divmod(place, beside) for place, (code, _) in enumerate(districts)}
    land = Land(seed)
    by_end = {code[-2:]: corner for code, corner in corners.items()}
    here = {code: by_end[code[-4:-2]] for code in wards if code[-4:-2] in by_end}
    squares = {code: _square(corner, int(code[-2:])) for code, corner in here.items()}
    _load(WARD, [(code, wards[code], land.ring(*spot, 1)) for code, spot in squares.items()])
    _load(
        DISTRICT,
        [
            (code, name, land.ring(corners[code][0] * ACROSS, corners[code][1] * ACROSS, ACROSS))
            for code, name in districts
        ],
    )


def _square(corner: Spot, number: int) -> Spot:
    row, column = divmod(number, ACROSS)
    return corner[0] * ACROSS + row, corner[1] * ACROSS + column


def _load(kind: str, areas: Sequence[tuple[str, str, list[Point]]]) -> None:
    letters = "WD" if kind == WARD else "LAD"
    features = [
        {
            "type": "Feature",
            "properties": {f"{letters}23CD": code, f"{letters}23NM": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        for code, name, ring in areas
    ]
    if features:
        said = {"type": "FeatureCollection", "features": features}
        load_boundaries(shapes=Shapes("Boundaries (invented)", said, kind, HOLDS_FROM), by=None)


class Land:
    """Crossings pushed off their places, and crooked lines between them: the same from both sides."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def ring(self, row: int, column: int, wide: int) -> list[Point]:
        """Once around a square of so many wards each way."""
        right = [(row, column + n) for n in range(wide)]
        down = [(row + n, column + wide) for n in range(wide)]
        left = [(row + wide, column + wide - n) for n in range(wide)]
        up = [(row + wide - n, column) for n in range(wide)]
        spots = [*right, *down, *left, *up, (row, column)]
        points: list[Point] = []
        for one, other in pairwise(spots):
            points += self._line(one, other)[:-1]
        return [*points, points[0]]

    def _line(self, one: Spot, other: Spot) -> list[Point]:
        first, last = sorted((one, other))
        rng = Random(f"{self.seed} {first} {last}")
        points = [self._crossing(first), self._crossing(last)]
        for _ in range(HALVINGS):
            pairs = list(pairwise(points))
            points = [each for pair in pairs for each in (pair[0], _middle(*pair, rng))] + points[-1:]
        return points if first == one else points[::-1]

    def _crossing(self, spot: Spot) -> Point:
        rng = Random(f"{self.seed} {spot}")
        row, column = spot
        return (
            FROM_EAST + column * SQUARE + rng.randint(-OFF, OFF),
            FROM_NORTH - row * SQUARE + rng.randint(-OFF, OFF),
        )


def _middle(one: Point, other: Point, rng: Random) -> Point:
    """The middle of a line, pushed aside."""
    push = rng.uniform(-CROOKED, CROOKED)
    across, up = other[0] - one[0], other[1] - one[1]
    return (one[0] + other[0]) / 2 - up * push, (one[1] + other[1]) / 2 + across * push
