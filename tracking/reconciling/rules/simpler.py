"""Shapes drawn with fewer points, so that neighbours go on sharing one border: no gap opens between two wards."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

Point = tuple[int, int]
Ring = Sequence[Point]
CORNERS = 3  # a ring of fewer points is no area


def simplified(shapes: Mapping[str, Sequence[Ring]], within: float) -> dict[str, list[list[Point]]]:
    """The shapes by code, no point left out further than `within` metres from its line. Rings come and go open: the
    last point leads back to the first. One smaller than can be drawn is left out, but of no shape the largest."""
    meetings = _meetings(ring for rings in shapes.values() for ring in rings)
    return {code: _shape(rings, meetings, within) for code, rings in shapes.items()}


def _shape(rings: Sequence[Ring], meetings: set[Point], within: float) -> list[list[Point]]:
    thinned = [_turned(_ring(ring, meetings, within)) for ring in rings]
    kept = [ring for ring in thinned if len(ring) >= CORNERS and area(ring) > within**2]
    largest = max(rings, key=area)
    return kept or [_turned(list(largest))]


def _turned(ring: list[Point]) -> list[Point]:
    """The same ring from its first point in order, so that the same shape is written the same."""
    first = ring.index(min(ring))
    return [*ring[first:], *ring[:first]]


def _meetings(rings: Iterator[Ring]) -> set[Point]:
    """Points at which borders part: they have more or fewer than two neighbours, counted over every shape."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for place, point in enumerate(ring):
            neighbours[point] |= {ring[place - 1], ring[(place + 1) % len(ring)]}
    return {point for point, near in neighbours.items() if len(near) != 2}


def _ring(ring: Ring, meetings: set[Point], within: float) -> list[Point]:
    """A ring cut at the meetings, each piece thinned by itself; one without is cut at two of its own points."""
    cuts = [place for place, point in enumerate(ring) if point in meetings]
    if len(cuts) < 2:
        first = ring.index(min(ring))
        cuts = sorted({*cuts, first, ring.index(max(ring))})
    turned = [*ring[cuts[0] :], *ring[: cuts[0]], ring[cuts[0]]]
    ends = [*(cut - cuts[0] for cut in cuts), len(ring)]
    thinned: list[Point] = []
    for begins, stops in pairwise(ends):
        thinned += _line(turned[begins : stops + 1], within)[:-1]
    return thinned


def _line(points: Sequence[Point], within: float) -> list[Point]:
    """Douglas and Peucker's way, always from the same end, whichever neighbour asks."""
    turned = points[-1] < points[0]
    ordered = list(reversed(points)) if turned else list(points)
    numbers = np.array(ordered, dtype=float)
    kept, spans = {0, len(ordered) - 1}, [(0, len(ordered) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        off = _off(numbers[first + 1 : last], numbers[first], numbers[last])
        if off.max() > within:
            middle = first + 1 + int(off.argmax())
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    found = [ordered[place] for place in sorted(kept)]
    return found[::-1] if turned else found


def _off(points: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """How far points lie from the piece of line between two others."""
    along = last - first
    length = float(along @ along)
    if not length:
        return np.asarray(np.hypot(*(points - first).T))
    share = np.clip((points - first) @ along / length, 0, 1)
    return np.asarray(np.hypot(*(points - first - share[:, None] * along).T))


def area(ring: Ring) -> float:
    """Square metres inside a ring, whichever way it turns."""
    x, y = np.array(ring, dtype=float).T
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2
