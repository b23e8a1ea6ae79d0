"""The pages of rules and colleagues in a browser: nothing axe objects to, at desk width and on a telephone."""

import os

import pytest
from django.urls import reverse

from schools.models import Contact
from tests.browser import DESK, PHONE, assert_accessible
from tests.factories import (
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_school,
    make_service,
    make_user,
)
from tracking.reference.actions import load_seed
from tracking.reference.models import ReferenceRow

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
SHOTS = os.environ.get("SHOTS", "")


@pytest.fixture(autouse=True)
def _seeded(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")
    load_seed()


@pytest.fixture
def authority():
    authority = make_authority(code="886", name="Kentshire")
    make_district(authority, name="North")
    make_service(authority, name="Youth justice", short_name="YJ")
    return authority


@pytest.fixture
def mi(authority):
    return make_user("mi_officer", authority, name="Ira Data")


def look(page, url: str, name: str) -> None:
    assert page.goto(url).status == 200, url
    if SHOTS:
        for size, width in ((DESK, "1280"), (PHONE, "320")):
            page.set_viewport_size(size)
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
    assert_accessible(page)


def row(table: str, key: str) -> ReferenceRow:
    return ReferenceRow.objects.get(table=table, key=key, valid_to=None)


def test_the_rules_have_no_barrier(browse, mi, authority):
    page = browse(mi)
    apprentice = row("activity_codes", "310")

    look(page, reverse("reference"), "tables")
    look(page, reverse("reference_table", args=["activity_codes"]), "table")
    look(page, reverse("reference_row", args=[apprentice.pk]), "row")
    look(page, reverse("reference_row_change", args=[apprentice.pk]), "change")
    look(page, reverse("reference_row_close", args=[apprentice.pk]), "close")
    look(page, reverse("reference_row_add", args=["currency_rules"]), "add")
    look(page, reverse("reference_year", args=[2026]), "year")


def test_a_rule_is_changed_by_hand(browse, mi, authority):
    make_activity(make_person(authority, family_name="Quill"), "310", "2026-01-05", verified_on="2026-01-10")
    page = browse(mi)
    page.goto(reverse("reference_row_change", args=[row("currency_rules", "310").pk]))
    page.fill("[name=value_amount]", "6")
    page.fill("[name=why]", "Page 72")
    page.click("text=See what this changes")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/effect-1280.png", full_page=True)
    assert_accessible(page)
    assert "Quill" in page.inner_text("main")

    page.click("text=Make the change")

    assert row("currency_rules", "310").values["amount"] == "6"
    assert "done" in page.inner_text("main")


def test_colleagues_and_places_have_no_barrier(browse, mi, authority):
    colleague = make_user("caseworker", authority, name="Cas Worker")
    school = make_school(la_code="886", name="Ambleford School")
    Contact.objects.create(
        authority=authority, establishment=school, purpose="head", name="Hedda Head", email="h@example.org"
    )
    page = browse(mi)

    look(page, reverse("colleagues"), "colleagues")
    look(page, reverse("colleague", args=[colleague.pk]), "colleague")
    look(page, reverse("invite"), "invite")
    look(page, reverse("give_place", args=[colleague.pk]), "give")
    look(page, reverse("end_place", args=[colleague.memberships.get().pk]), "end")
    look(page, reverse("establishments"), "establishments")
    look(page, reverse("establishment", args=[school.pk]), "establishment")
    look(page, reverse("change_establishment", args=[school.pk]), "establishment-change")
    look(page, reverse("council"), "council")
