"""Wards as everybody is shown them: nothing small can be worked out, and what was made stays as it was made."""

import csv
from collections.abc import Sequence
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.models import District
from tests.factories import make_person, make_residence
from tracking.figures.models import MonthRecord
from tracking.models import Residence
from tracking.reconciling.models import Area, Postcode
from tracking.released.actions import make_ward_tables
from tracking.released.queries import month_of
from tracking.released.queries_wards import hotspots, ward_lines, without_wards
from tracking.released.tasks import tables_of_the_day
from tracking.rules.released import KINDS, Line, counted
from tracking.rules.suppression import LEAST, primary, ranges

pytestmark = pytest.mark.django_db
WARDS = {"AA1 1AA": "E05000001", "AA1 1AB": "E05000002", "AA1 1AC": "E05000003"}
TODAY = date(2026, 12, 10)


@pytest.fixture
def living(county):
    """The people of the county's last month live in three wards of each district, spread as they come, more or less."""
    made = county.freezes[-1]
    Postcode.objects.bulk_create(
        Postcode(
            postcode=code.replace(" ", ""),
            authority_code="E10000016",
            district_code="E07000001",
            ward_code=ward,
        )
        for code, ward in WARDS.items()
    )
    Area.objects.bulk_create(Area(code=ward, name=f"Ward {ward[-1]}") for ward in WARDS.values())
    records = list(MonthRecord.objects.filter(freeze=made).order_by("district", "status", "pk"))
    for place, record in enumerate(records):
        person = make_person(county.authority)
        postcode = list(WARDS)[(place * place) % 5 % 3]
        make_residence(person, district=record.district, postcode=postcode, starts_on=date(2020, 1, 1))
        MonthRecord.objects.filter(pk=record.pk, month=made.month).update(person=person)
    with connection.cursor() as cursor:
        cursor.execute("alter table tracking_residence_history disable trigger user")
        cursor.execute("update tracking_residence_history set recorded_at = '2026-01-01'")
        cursor.execute("alter table tracking_residence_history enable trigger user")
    return county


def whole_districts(freeze) -> dict[str, Line]:
    """As they are, and only those everybody is shown."""
    shown = next(table for table in month_of(freeze).tables if table.slug == "district")
    return {line.part: line for line in shown.lines if line.part and line.is_whole}


def test_a_ward_is_shown_only_where_nobody_can_work_out_few(living):
    """Whoever knows a district's line, as everybody does, narrows no small number of a ward down."""
    made = living.freezes[-1]
    assert tables_of_the_day(day=TODAY) == len(living.freezes)
    found = hotspots(made)

    as_they_are = ward_lines(made)
    held, shown = 0, 0
    for slug, lines in as_they_are.items():
        district = District.objects.get(pk=slug.removeprefix("ward-"))
        kept = {each.line.part: each.line for each in found.wards if each.district == district.name}
        if str(district.pk) not in whole_districts(made):
            assert not kept
            continue
        table = counted(lines)
        hidden = {
            (line.part, kind or None)
            for line in lines
            for kind in KINDS
            if line.part not in kept or kept[line.part].values[kind] is None
        }
        assert primary(table) - {cell for cell in table.cells if cell[0] is None} <= hidden
        for cell, (least, most) in ranges(table, hidden).items():
            if cell in primary(table):
                assert most is None or most - least >= LEAST
        for line in lines:
            for kind, value in (kept[line.part].values if line.part in kept else {}).items():
                assert value in (None, table[line.part, kind or None])
                shown += value is not None
        held += len(hidden)
    assert held
    assert shown


def test_what_was_made_stays_when_everybody_moves(living):
    made = living.freezes[-1]
    assert list(without_wards())[-1] == made
    assert make_ward_tables(freeze=made, by=None)
    before = hotspots(made)
    Residence.objects.update(postcode="AA1 1AA")

    assert make_ward_tables(freeze=made, by=None) == 0
    assert hotspots(made) == before
    assert made not in without_wards()


def test_page_and_file_say_the_same_most_neet_first(living):
    made = living.freezes[-1]
    make_ward_tables(freeze=made, by=None)

    with CaptureQueriesContext(connection) as statements:
        page = living.manager.get(reverse("hotspots")).content.decode()
    file = b"".join(living.manager.get(reverse("hotspots_file"))).decode("utf-8-sig")

    lines: Sequence[dict[str, str]] = list(csv.DictReader(file.splitlines()))
    neet = [int(line["neet"]) for line in lines if line["neet"].isdecimal()]
    assert len(statements) <= 14
    assert len(lines) == page.count('<th scope="row">')
    assert neet == sorted(neet, reverse=True)
    assert living.manager.get(reverse("hotspots"), {"month": "2019-01"}).status_code == 404


def test_before_postcodes_are_known_there_is_no_month(county):
    assert tables_of_the_day(day=TODAY) == 0
    assert "No month by ward yet" in county.manager.get(reverse("hotspots")).content.decode()
