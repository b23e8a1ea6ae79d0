"""The map of wards says what the table says and nothing more: whatever is held back is drawn the same."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html
from playwright.sync_api import expect

from schools.models import District
from tests.browser import assert_accessible
from tests.factories import make_user
from tracking.reconciling.models import Boundary, DirectoryFile
from tracking.released.models import ReleasedCell, ReleasedTable
from tracking.released.pictures import TOO_FEW, ward_map
from tracking.released.queries_wards import SLUG, hotspots, slug_of
from tracking.rules.shades import shades

pytestmark = pytest.mark.django_db
NEET = {"Abbey": 12, "Bridge": 7, "Castle": 7, "Dock": 0, "East": 31, "Ford": 15, "Green": None, "Hill": None}
FEW, BESIDE = ReleasedCell.Why.FEW, ReleasedCell.Why.BESIDE


def code_of(place: int) -> str:
    return f"E0500010{place}"


def kept_wards(county) -> None:
    """A month's wards of one district as they were kept, a stray of them in another; one more ward has no line."""
    freeze = county.freezes[-1]
    ashford, dover = District.objects.filter(authority=county.authority).order_by("name")[:2]
    table, other = (
        ReleasedTable.objects.create(freeze=freeze, slug=slug_of(each.pk), least=5, method=1)
        for each in (ashford, dover)
    )
    for place, (name, neet) in enumerate(NEET.items()):
        keep(table, place, code_of(place), name, neet)
    keep(other, 0, code_of(0), "Abbey", 6)
    keep(other, 1, code_of(1), "Bridge", None)
    file = DirectoryFile.objects.create(kind="boundaries", name="Wards <2024>", rows=1, changed=1)
    for place, name in enumerate([*NEET, "Isle"]):
        boundary(county, file, code_of(place), name, (1000 * (place % 3), 1000 * (place // 3)), ashford)


def keep(table: ReleasedTable, place: int, code: str, name: str, neet: int | None) -> None:
    values = {
        "": 200 + place,
        "neet": neet,
        "not_known": 9,
        "other": None if neet is None else 191 + place - neet,
    }
    ReleasedCell.objects.bulk_create(
        ReleasedCell(table=table, place=place, part=code, words=name, kind=kind, value=value,
                     why="" if value is not None else FEW if place == 6 else BESIDE)
        for kind, value in values.items()
    )  # fmt: skip


def boundary(county, file, code: str, name: str, corner: tuple[int, int], district: District) -> None:
    x, y = corner
    Boundary.objects.create(
        authority=county.authority, kind="ward", code=code, name=name, holds_from=date(2024, 5, 2), district=district,
        rings=[[[x, y], [x + 1000, y], [x + 1000, y + 1000], [x, y + 1000]]], file=file,
    )  # fmt: skip


@pytest.fixture
def mapped(county):
    kept_wards(county)
    return county


def drawn(page: html.HtmlElement) -> Mapping[str, str]:
    """What each place of the map says, and its pattern; how it says so must not tell two apart that say the same."""
    found = {}
    for group in page.xpath("//figure//svg/g"):
        for path in group.xpath("path"):
            assert set(path.attrib) == {"d"}
            found[path.xpath("string(title)")] = group.get("fill")[-2]
    return found


def test_the_map_draws_the_table_in_the_same_shades(mapped) -> None:
    with CaptureQueriesContext(connection) as statements:
        page = html.fromstring(mapped.manager.get(reverse("hotspots")).content)

    assert len(statements) <= 15
    told = {}
    for line in page.xpath("//table//tr[td]"):
        name = line.xpath("string(th)")
        district, neet = (line.xpath("td")[n].text_content().strip() for n in (0, 2))
        if district == "Ashford" and neet.isdecimal():
            told[name.strip()] = int(neet)
    assert told == {name: neet for name, neet in NEET.items() if neet is not None}
    shade_of = shades(list(told.values()))
    assert drawn(page) == {f"{name}: {neet} NEET": str(shade_of[neet]) for name, neet in told.items()} | {
        f"{name}: too few to show": "n" for name in ("Green", "Hill", "Isle")
    }
    assert [each.text for each in page.xpath("//figure//svg/text")] == ["0", "7", "12", "15", "31", TOO_FEW]
    svg = page.xpath("//figure//svg")[0]
    assert svg.xpath("string(title)") == "Map: NEET by ward, November 2026"
    assert "Most are NEET in East: 31" in svg.xpath("string(desc)")
    assert "Wards <2024>" in page.xpath("string(//figure)")


def test_nothing_of_a_number_held_back_reaches_the_map(mapped) -> None:
    """Whatever number is behind it and for whichever reason, the page of the map is the same to the last letter."""
    freeze = mapped.freezes[-1]
    before = ward_map(hotspots(freeze))
    found = hotspots(freeze)

    swapped = [
        replace(each, line=replace(each.line, values={**each.line.values, "": None, "other": None, "not_known": None}))
        if each.line.neet is None else each
        for each in found.wards
    ]  # fmt: skip
    assert ward_map(replace(found, wards=swapped)) == before
    without = [each for each in found.wards if each.line.neet is not None]
    assert ward_map(replace(found, wards=without)) == before
    held = {each.line.part for each in found.wards if each.line.neet is None}
    assert all(f">{name}: {TOO_FEW.lower()}<" in before.drawing.svg for name in ("Green", "Hill", "Isle"))
    assert held >= {code_of(6), code_of(7)}
    numbers = set(map(int, re.findall(r": (\d+) NEET<", before.drawing.svg)))
    assert numbers == {neet for neet in NEET.values() if neet is not None}


def test_without_borders_or_numbers_there_is_no_map(mapped) -> None:
    freeze = mapped.freezes[-1]
    found = hotspots(freeze)
    held = [each for each in found.wards if each.line.neet is None]
    assert ward_map(replace(found, wards=held)) is None

    Boundary.objects.exclude(name="Abbey").delete()
    part = ward_map(found)
    assert {each.line.words for each in part.not_drawn} == set(NEET) - {"Abbey", "Green", "Hill"}
    assert TOO_FEW not in part.drawing.svg
    Boundary.objects.update(district=None)
    assert ward_map(found) is None
    Boundary.objects.all().delete()
    assert b"<figure" not in mapped.manager.get(reverse("hotspots")).content
    assert freeze.released_tables.filter(slug__startswith=SLUG).exists()


def test_everybody_can_read_the_map(browse, mapped) -> None:
    page = browse(make_user("manager", mapped.authority))
    page.goto(reverse("hotspots"))

    expect(page.get_by_role("img", name="Map: NEET by ward, November 2026")).to_be_visible()
    assert_accessible(page)
