"""Every dated table opens with all its rows, and so do the pages on which a row is read, added, changed and ended."""

import pytest
from django.urls import reverse

from tests.factories import make_authority, make_user
from tracking.reference.models import ReferenceRow
from tracking.reference.reading import shown_rows
from tracking.reference.tables import TABLES

pytestmark = pytest.mark.django_db

THIS_YEAR = 2026
YEARS = (2016, THIS_YEAR, 2027)
ROW_PAGES = ("reference_row", "reference_row_change", "reference_row_close")
A_FEW = 3


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22")


@pytest.fixture
def mi(signed_in):
    return signed_in(make_user("mi_officer", make_authority()))


@pytest.mark.parametrize("name", TABLES)
def test_every_table_opens_with_each_row_of_the_year(mi, name):
    for year in YEARS:
        page = mi.get(reverse("reference_table", args=[name]), {"year": year})

        assert page.status_code == 200
        assert page.content.decode().count('<th scope="row">') == len(shown_rows(TABLES[name], year))


@pytest.mark.parametrize("name", TABLES)
def test_rows_of_every_table_are_read_added_changed_and_ended(mi, name):
    rows = ReferenceRow.objects.filter(table=name)[:A_FEW]
    addresses = [reverse(page, args=[row.pk]) for row in rows for page in ROW_PAGES]
    addresses += [reverse("reference_row_add", args=[name])]

    assert {url: mi.get(url).status_code for url in addresses} == dict.fromkeys(addresses, 200)
    assert "There is a problem" in mi.post(addresses[-1], {"step": "check"}).content.decode()


def test_rows_stand_in_their_order_where_no_council_has_its_own():
    rows = shown_rows(TABLES["source_ladder"], THIS_YEAR)

    order = [int(ReferenceRow.objects.get(pk=row.id).values["order"]) for row in rows]
    assert len(order) > 1
    assert order == sorted(order)


def test_answers_of_a_survey_stand_one_a_line(mi):
    page = mi.get(reverse("reference_table", args=["survey_questions"])).content.decode()

    assert "111 Stay at my school<br>" in page
