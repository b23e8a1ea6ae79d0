"""Where wards end is taken in whole or not at all, neighbours keep one border, and no file harms the register."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from io import StringIO
from itertools import pairwise
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from django.core.management import CommandError, call_command

from neet.audit.models import AuditEvent
from schools.models import Authority, District
from tests.tracking.reconciling.conftest import DIRECTORY, NORTH, SOUTH, Write
from tracking.reconciling import reading
from tracking.reconciling.models import Boundary, DirectoryFile
from tracking.reconciling.queries.boundaries import boundaries
from tracking.reconciling.rules.national_grid import projected, to_grid
from tracking.reconciling.rules.simpler import area, simplified

Rings = list[list[list[float]]]
WARDS = ("E05000001", "E05000002", "E05000003")
SAID = dict[str, Any]


def square(x: float, y: float, side: float = 1000.0) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def feature(code: object, rings: object, name: object = "Ward", kind: str = "Polygon") -> SAID:
    return {
        "type": "Feature",
        "properties": {"FID": 1, "WD24CD": code, "WD24NM": name, "LAD24CD": NORTH, "LAD24NM": "North"},
        "geometry": {"type": kind, "coordinates": rings},
    }


def collection(*features: object) -> SAID:
    return {"type": "FeatureCollection", "features": list(features)}


THREE = [feature(code, [square(600_000 + 1000 * n, 150_000)], f"Ward {n}") for n, code in enumerate(WARDS)]
SCOTLAND = feature("S13002845", None, "Elsewhere", "GeometryCollection")


@pytest.fixture
def known(authority: Authority, north: District, south: District, write: Write) -> Authority:
    call_command("load_postcodes", str(write(*DIRECTORY)), stdout=StringIO())
    return authority


@pytest.fixture
def load(known: Authority, tmp_path: Path) -> Callable[..., str]:
    """The command on a file that says this."""

    def taken(said: object, on: str = "2024-05-02", kind: str = "ward", **options: str) -> str:
        path = tmp_path / "shapes.geojson"
        path.write_bytes(said if isinstance(said, bytes) else orjson.dumps(said))
        out = StringIO()
        call_command(
            "load_boundaries", str(path), kind=kind, on=date.fromisoformat(on), stdout=out, **options
        )
        return out.getvalue()

    return taken


def test_wards_of_the_councils_here_come_in_once(
    load: Callable[..., str], known: Authority, north: District
) -> None:
    said = collection(*THREE[:2], SCOTLAND)

    assert "2 wards, 2 of them new or different" in (told := load(said))
    assert "1 ward is not in the file" in told
    assert "2 wards, 0 of them new or different" in load(said)
    before = list(Boundary.objects.order_by("pk").values())
    assert "2 wards, 0 of them" in load(said)

    assert list(Boundary.objects.order_by("pk").values()) == before
    assert [(each["code"], each["name"], each["district_id"]) for each in before] == [
        (WARDS[0], "Ward 0", north.pk), (WARDS[1], "Ward 1", north.pk),
    ]  # fmt: skip
    assert Counter(map(tuple, before[0]["rings"][0])) == Counter(
        [(600000, 150000), (601000, 150000), (601000, 151000), (600000, 151000)]
    )
    assert AuditEvent.objects.filter(kind="reconciling.boundaries_loaded").count() == 3
    assert "3 wards, 1 of them new or different" in load(collection(*THREE))


def test_the_borders_of_the_day_are_found(load: Callable[..., str], known: Authority) -> None:
    moved = [feature(WARDS[0], [square(600_000, 150_000, 2000)], "Larger")]
    load(collection(*THREE))
    load(collection(*moved), on="2026-05-07")
    districts = [
        feature(NORTH, [square(600_000, 150_000)], "North"),
        feature(SOUTH, [square(601_000, 150_000)]),
    ]
    for each, code in zip(districts, (NORTH, SOUTH), strict=True):
        each["properties"] |= {"LAD24CD": code}
    load(collection(*districts), kind="district")

    def named(on: date) -> list[str]:
        return [each.name for each in boundaries(known.pk, on) if each.kind == "ward"]

    assert named(date(2026, 5, 6)) == ["Ward 0", "Ward 1", "Ward 2"]
    assert named(date(2026, 5, 7)) == ["Larger"]
    assert named(date(2020, 1, 1)) == ["Ward 0", "Ward 1", "Ward 2"]
    assert [each.code for each in boundaries(known.pk, date(2026, 5, 7)) if each.kind == "district"] == [
        NORTH,
        SOUTH,
    ]


def test_degrees_lie_where_metres_lie(load: Callable[..., str]) -> None:
    """The survey's own worked example, and the same place measured by satellites."""
    example = np.radians([[1 + 43 / 60 + 4.5177 / 3600, 52 + 39 / 60 + 27.2531 / 3600]])
    assert projected(*example.T)[0] == pytest.approx((651409.903, 313177.270), abs=0.002)
    water_tower = np.array([[1 + 42 / 60 + 57.8663 / 3600, 52 + 39 / 60 + 28.8282 / 3600]])
    assert to_grid(water_tower)[0] == pytest.approx((651409.9, 313177.3), abs=5)

    ring = [[1.0, 51.1], [1.02, 51.1], [1.02, 51.12], [1.0, 51.12], [1.0, 51.1]]
    load(collection(feature(WARDS[0], [[[*each, 12.5] for each in ring]])))
    drawn = Boundary.objects.get().rings[0]
    assert area([tuple(each) for each in drawn]) == pytest.approx(1400 * 2225, rel=0.01)
    assert 600_000 < drawn[0][0] < 620_000


def test_islands_and_holes_stay_and_columns_can_be_named(load: Callable[..., str]) -> None:
    hole = square(600_400, 150_400, 200)
    said = feature(
        WARDS[0], [[square(600_000, 150_000), hole], [square(603_000, 150_000)]], kind="MultiPolygon"
    )
    said["properties"] = {"code": WARDS[0], "called": "Two parts"}

    with pytest.raises(CommandError, match="No property holds the codes and the names of a ward"):
        load(collection(said))
    load(collection(said), code="code", name="called")

    found = Boundary.objects.get()
    assert found.name == "Two parts"
    assert [area([tuple(point) for point in ring]) for ring in found.rings] == [1e6, 4e4, 1e6]


def round_and_round(x: float, y: float, far: float, points: int) -> list[tuple[int, int]]:
    turns = [radians(360 * n / points) for n in range(points)]
    return [(round(x + far * cos(turn)), round(y + far * sin(turn))) for turn in turns]


def sides(ring: list[tuple[int, int]]) -> list[frozenset[tuple[int, int]]]:
    return [frozenset(pair) for pair in pairwise([*ring, ring[0]])]


def test_neighbours_share_a_border_after_it_is_made_simpler() -> None:
    """Two halves of a disc along a crooked line, an island in one of them: every side inside belongs to two shapes."""
    wall = [(0, 40 * n - 1000) for n in range(51)]
    wall = [(round(90 * sin(n)), y) for n, (_, y) in enumerate(wall)]
    right = [(round(1000 * cos(t)), round(1000 * sin(t))) for t in np.linspace(-1.5, 1.5, 90)]
    left = [(-x, y) for x, y in right]
    island = round_and_round(500, 0, 200, 60)
    east = [*wall[::-1], *right]
    shapes = {
        "east": [east, island],
        "west": [
            [*left, *wall[::-1]],
        ],
        "isle": [island[7:] + island[:7]],
    }

    drawn = simplified(shapes, 30)

    known = {point for rings in shapes.values() for ring in rings for point in ring}
    assert {point for rings in drawn.values() for ring in rings for point in ring} <= known
    assert sum(len(ring) for rings in drawn.values() for ring in rings) < 130 < len(known)
    assert set(sides(drawn["isle"][0])) == set(sides(drawn["east"][1]))
    shared = set(sides(drawn["east"][0])) & set(sides(drawn["west"][0]))
    inside = {point for side in shared for point in side}
    assert {wall[0], wall[-1]} <= inside
    for code in ("east", "west"):
        assert {side for side in sides(drawn[code][0]) if side <= set(wall)} == shared
    assert area(drawn["east"][0]) == pytest.approx(area(east), rel=0.05)


def bad_ring(*points: object) -> SAID:
    return feature(WARDS[0], [list(points)])


WRONG: list[tuple[object, str]] = [
    (b"", "cannot be read as GeoJSON"),
    (b"\xff\xfe\x00PK", "cannot be read as GeoJSON"),
    (b"[" * 100_000, "cannot be read as GeoJSON"),
    (b'{"type":"FeatureCollection","features":[NaN]}', "cannot be read as GeoJSON"),
    ([], "not a FeatureCollection"),
    ({"type": "FeatureCollection", "features": {}}, "not a FeatureCollection"),
    ({"type": "Feature", "features": [THREE[0]]}, "not a FeatureCollection"),
    (collection(), "holds no area"),
    (collection(None), "Area 1 has no properties"),
    (collection({"properties": []}), "Area 1 has no properties"),
    (collection(*THREE, {"properties": {}}), "Area 4 has no code"),
    (collection(feature("E0500001", [square(600_000, 150_000)])), "no code of a letter and eight digits"),
    (collection(feature(WARDS[0], [square(600_000, 150_000)], "  ")), "has no name"),
    (collection(SCOTLAND), "No ward of this file is one of the councils here"),
    (collection(*THREE, THREE[1]), "stands in the file twice"),
    (collection(THREE[1], feature(WARDS[0], [600_000, 150_000], kind="Point")), r"Area 2 \(E05000001\) is no polygon"),
    (collection(feature(WARDS[0], square(600_000, 150_000), kind="LineString")), "is no polygon"),
    (collection({**THREE[0], "geometry": None}), "is no polygon"),
    (collection(feature(WARDS[0], [])), "has no rings"),
    (collection(feature(WARDS[0], "everywhere")), "has no rings"),
    (collection(feature(WARDS[0], [square(600_000, 150_000)], kind="MultiPolygon")), "no pair of numbers|fewer"),
    (collection(bad_ring([0, 0], [1, 1])), "fewer than four points"),
    (collection(bad_ring(*square(600_000, 150_000)[:-1], [600_000, 150_001])), "not closed"),
    (collection(bad_ring([1, 51], ["north", 51], [1, 52], [1, 51])), "no pair of numbers"),
    (collection(bad_ring([1, 51], [1], [1, 52], [1, 51])), "no pair of numbers"),
    (collection(bad_ring([1, 51], {"x": 1}, [1, 52], [1, 51])), "no pair of numbers"),
    (collection(bad_ring([1, 51], [None, 51.5], [1, 52], [1, 51])), "neither in degrees"),
    (collection(feature(WARDS[0], [square(-74, 40, 1)])), "neither in degrees of these islands nor in metres"),
    (collection(feature(WARDS[0], [square(1e300, 1e300, 1e299)])), "neither in degrees"),
    (collection(bad_ring([1, 51], [600_000, 150_000], [1, 52], [1, 51])), "neither in degrees"),
    (collection(bad_ring(*[[600_000, 150_000]] * 5)), "encloses nothing"),
    (collection(bad_ring([600_000, 1], [600_001, 1], [600_002, 1], [600_000, 1])), "encloses nothing"),
]  # fmt: skip


def test_wrong_files_are_refused_in_plain_words_and_nothing_is_kept(
    load: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = DirectoryFile.objects.count()
    for said, words in WRONG:
        with pytest.raises(CommandError, match=words) as refused:
            load(said)
        assert "Nothing of the file was taken in" in str(refused.value)
    monkeypatch.setattr(reading, "SHAPES", 100)
    with pytest.raises(CommandError, match="larger than"):
        load(collection(*THREE))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("load_boundaries", "none.geojson", kind="ward", on=date(2024, 5, 2))

    assert not Boundary.objects.exists()
    assert DirectoryFile.objects.count() == before
    assert not AuditEvent.objects.filter(kind="reconciling.boundaries_loaded").exists()
