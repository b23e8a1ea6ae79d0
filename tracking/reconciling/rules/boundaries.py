"""Reading where wards and districts end from a file of shapes (GeoJSON) as the national statistics office publishes
them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tracking.reconciling.rules.directory import CODE, NAME_LENGTH
from tracking.reconciling.rules.national_grid import to_grid
from tracking.reconciling.rules.simpler import CORNERS, Point, Ring, area, simplified

WARD, DISTRICT = "ward", "district"
COLUMNS: Mapping[str, str] = {WARD: r"WD\d*(CD)", DISTRICT: r"(?:LAD|LTLA)\d*(CD)"}
# Degrees around these islands; metres of the grid reach from nought to here.
WEST, EAST, SOUTH, NORTH = -9.0, 2.5, 49.0, 61.5
GRID_EAST, GRID_NORTH = 700_000, 1_300_000
DRAWN = 80  # a middling area is drawn with about so many steps across


class NotBoundaries(ValueError):
    """The file is not what it should be; the message says why in words for whoever loads it."""


@dataclass(frozen=True)
class Outline:
    """One area with its rings in metres of the grid, simplified."""

    code: str
    name: str
    rings: Sequence[Ring]


@dataclass(frozen=True)
class Columns:
    """Which properties of the file hold the codes and the names; empty where they are to be guessed."""

    code: str = ""
    name: str = ""


def outlines(said: Any, kind: str, columns: Columns, known: frozenset[str]) -> list[Outline]:
    """The areas of a file that are `known`, in the order of their codes, with few points. Others are passed over.
    Raises NotBoundaries."""
    features = _features(said)
    columns = _columns(features, kind, columns)
    found: dict[str, tuple[str, list[Ring]]] = {}
    for number, each in enumerate(features, start=1):
        code, name = _named(each, columns, number)
        if code not in known:
            continue
        if code in found:
            raise NotBoundaries(f"Area {number} ({code}) stands in the file twice.")
        found[code] = name, _rings(each.get("geometry"), f"Area {number} ({code})")
    if not found:
        raise NotBoundaries(f"No {kind} of this file is one of the councils here.")
    drawn = simplified({code: rings for code, (_, rings) in found.items()}, _within(found))
    return [Outline(code, found[code][0], drawn[code]) for code in sorted(found)]


def _features(said: Any) -> list[Mapping[str, Any]]:
    features = said.get("features") if isinstance(said, dict) else None
    if not isinstance(features, list) or said.get("type") != "FeatureCollection":
        raise NotBoundaries("This is no file of shapes: it is not a FeatureCollection of GeoJSON.")
    if not features:
        raise NotBoundaries("The file holds no area.")
    for number, each in enumerate(features, start=1):
        if not isinstance(each, dict) or not isinstance(each.get("properties"), dict):
            raise NotBoundaries(f"Area {number} has no properties, so it has no code.")
    return features


def _columns(features: Sequence[Mapping[str, Any]], kind: str, asked: Columns) -> Columns:
    """The columns asked for, else those of the statistics office: WD24CD and WD24NM, LAD24CD and LAD24NM."""
    there = [str(key) for key in features[0]["properties"]]
    code = asked.code or next((key for key in there if re.fullmatch(COLUMNS[kind], key, re.I)), "")
    name = asked.name or next((key for key in there if key.casefold() == f"{code[:-2]}NM".casefold()), "")
    missing = [word for word, column in (("codes", code), ("names", name)) if column not in there]
    if missing:
        raise NotBoundaries(
            f"No property holds the {' and the '.join(missing)} of a {kind}. There are: {', '.join(there) or 'none'}."
        )
    return Columns(code, name)


def _named(feature: Mapping[str, Any], columns: Columns, number: int) -> tuple[str, str]:
    code, name = (feature["properties"].get(column) for column in (columns.code, columns.name))
    if not isinstance(code, str) or not CODE.fullmatch(code):
        raise NotBoundaries(f"Area {number} has no code of a letter and eight digits in {columns.code}.")
    if not isinstance(name, str) or not name.strip():
        raise NotBoundaries(f"Area {number} ({code}) has no name in {columns.name}.")
    return code, name.strip()[:NAME_LENGTH]


def _rings(geometry: Any, whose: str) -> list[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise NotBoundaries(f"{whose} is no polygon.")
    parts = geometry.get("coordinates")
    polygons = parts if kind == "MultiPolygon" else [parts]
    if not isinstance(polygons, list) or not all(isinstance(each, list) and each for each in polygons):
        raise NotBoundaries(f"{whose} has no rings.")
    rings: list[Ring] = [_ring(ring, whose) for polygon in polygons for ring in polygon]
    if not any(kept := [ring for ring in rings if len(ring) >= CORNERS and area(ring)]):
        raise NotBoundaries(f"{whose} encloses nothing.")
    return kept


def _ring(ring: Any, whose: str) -> list[Point]:
    """A closed ring in whole metres, open at its end, no point twice in a row."""
    try:
        points = np.array([position[:2] for position in ring], dtype=float)
    except (TypeError, ValueError, KeyError, OverflowError):
        raise NotBoundaries(f"{whose} has a point that is no pair of numbers.") from None
    if points.ndim != 2 or points.shape[1:] != (2,) or len(points) <= CORNERS:
        raise NotBoundaries(f"{whose} has a ring of fewer than four points.")
    if (points[0] != points[-1]).any():
        raise NotBoundaries(f"{whose} has a ring that is not closed.")
    metres = np.rint(_in_metres(points, whose)).astype(int)
    moved = (metres[1:] != metres[:-1]).any(axis=1)
    return [(int(x), int(y)) for x, y in metres[1:][moved]]


def _in_metres(points: np.ndarray, whose: str) -> np.ndarray:
    """Degrees and metres are told apart by their size; neither outside these islands."""
    x, y = points.T
    if ((x >= WEST) & (x <= EAST) & (y >= SOUTH) & (y <= NORTH)).all():
        return to_grid(points)
    if ((x > 180) & (x <= GRID_EAST) & (y >= 0) & (y <= GRID_NORTH)).all():
        return points
    raise NotBoundaries(
        f"{whose} lies neither in degrees of these islands nor in metres of the British National Grid."
    )


def _within(found: Mapping[str, tuple[str, Sequence[Ring]]]) -> float:
    """How far a line may move: by the middling size of an area, so that a city is drawn finer than a county."""
    sizes = sorted(sum(map(area, rings)) for _, rings in found.values())
    return float(sizes[len(sizes) // 2] ** 0.5 / DRAWN)
