"""The page of a cut, its files, and the lists its numbers open."""

import csv
import io
import re
from typing import Any
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from tests.factories import sign_in
from tests.tracking.exploring.conftest import NOVEMBER, Autumn
from tests.tracking.figures.test_views import page_of
from tracking.exploring.rules import MEASURES
from tracking.figures.models import MonthRecord

pytestmark = pytest.mark.django_db
ASKED = {"month": "2026-11", "rows": "district", "columns": "gender", "measure": "together"}


def test_each_number_opens_as_many_people_as_it_says(officer: Any, autumn: Autumn) -> None:
    page = officer.get(reverse("figures_explore"), ASKED).content.decode()
    numbers = re.findall(r'<a href="(/figures/people/[^"]+)">(\d+)<span', page)

    assert len(numbers) > 5
    for url, number in numbers:
        listed = page_of(officer.get(url.replace("&amp;", "&")))
        assert len(set(re.findall(r"Person\d+", listed))) == int(number), url


def test_what_is_counted_and_how_it_stands_is_said(officer: Any, autumn: Autumn) -> None:
    for measure, each in MEASURES.items():
        for columns in ("", "month", "need"):
            page = page_of(
                officer.get(reverse("figures_explore"), {**ASKED, "columns": columns, "measure": measure})
            )
            assert each.words in page
    assert officer.get(reverse("figures_explore"), {"month": "2031-01"}).status_code == 404
    nonsense = page_of(
        officer.get(reverse("figures_explore"), {"rows": "x", "columns": "school", "measure": "'"})
    )
    assert "NEET or not known, per cent" in nonsense


def test_who_may_not_open_records_is_told_where_to_look(client: Any, autumn: Autumn) -> None:
    manager = sign_in(client, autumn.user("manager"))

    page = page_of(manager.get(reverse("figures_explore"), ASKED))
    assert "For those who work with the records" in page
    assert "Southby" not in page
    for name in ("figures_explore_csv", "figures_explore_workbook"):
        assert manager.get(reverse(name), ASKED).headers["Location"] == reverse("figures_explore")


def test_the_file_holds_every_count(officer: Any, autumn: Autumn) -> None:
    text = b"".join(officer.get(reverse("figures_explore_csv"), ASKED)).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))

    whole = next(each for each in lines if (each["row"], each["column"]) == ("Everybody", "Everybody"))
    measured = MonthRecord.objects.filter(month=NOVEMBER, is_measured=True)
    assert int(whole["neet"]) == measured.filter(status="NEET").count() > 0
    assert "'=Northby" in {
        each["row"] for each in lines
    }  # would compute in a spreadsheet without the apostrophe


def test_the_workbook_hides_and_computes_nothing(officer: Any, autumn: Autumn) -> None:
    made = b"".join(officer.get(reverse("figures_explore_workbook"), ASKED))

    book = load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["Table", "Every count", "What this is"]
    assert [cell.value for cell in book["Table"]["A"]][:3] == ["District", "=Northby", "Southby"]
    assert book["Table"]["A2"].data_type == "s"
    inside = {name: part.decode() for name, part in _parts(made).items()}
    assert not [
        name for name, part in inside.items() if re.search(r'hidden="1"|state="(veryH|h)idden"|<f>', part)
    ]
    assert not [name for name in inside if "comment" in name or "external" in name or "custom" in name]
    core = inside["docProps/core.xml"]
    assert not re.search(r"<(dc:creator|cp:lastModifiedBy)>[^<]", core)


def _parts(made: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_cut_costs_the_same_however_many_parts_it_has(
    officer: Any, autumn: Autumn, django_assert_max_num_queries: Any
) -> None:
    officer.get(reverse("figures_explore"))
    with django_assert_max_num_queries(20):
        officer.get(reverse("figures_explore"), {"rows": "school", "columns": "month"})
