"""In the browser: the page that asks whether everybody is here leads to a name that is missing, and it is explained."""

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from schools.models import Authority
from tests.browser import assert_accessible
from tests.factories import make_district, make_list, make_person, make_residence, make_row
from tests.returns.lists.conftest import DAY
from tracking.reconciling.actions.loading import load_population, load_postcodes
from tracking.reconciling.rules.estimates import Estimate
from tracking.reference.queries import ruleset

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HEADINGS = ("pcds", "doterm", "oscty", "oslaua", "osward")


def test_from_a_number_to_a_name_that_is_explained(
    browse: Callable[[User], Page], officer: User, authority: Authority
) -> None:
    Authority.objects.filter(pk=authority.pk).update(code="886")
    own = ruleset(DAY).areas["886"].ons_code
    north, south = (
        make_district(authority, name=name, ons_code=f"E0700010{at}") for at, name in enumerate("NS")
    )
    rows = [(2, ("ZZ1 1AA", "", own, south.ons_code, ""))]
    load_postcodes(name="Postcodes", headings=HEADINGS, rows=rows, by=None)
    load_population(
        name="Mid-2026", estimates=[Estimate(own, 2026, age, 100) for age in (15, 16, 17)], by=None
    )
    person = make_person(authority, family_name="Ambler", date_of_birth=date(2010, 5, 1))
    make_residence(person, postcode="ZZ1 1AA", district=north)
    listed = make_list(authority, as_at=DAY)
    make_row(listed, clean={"family_name": "Harcourt", "given_name": "Ines", "care_status": "looked_after"})
    page = browse(officer)

    page.goto("/register/everybody/")
    expect(page.get_by_text("fewer than are estimated").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="1 missing: Children in care").click()
    assert_accessible(page)
    page.get_by_label("Harcourt").check()
    page.get_by_role("button", name="Say why they are not on the register").click()
    assert_accessible(page)
    page.get_by_label("Another council is responsible").check()
    page.get_by_role("button", name="Say why they are not on the register").click()
    expect(page.get_by_text("Explained for 1 name.")).to_be_visible()

    page.goto("/register/everybody/")
    expect(page.get_by_role("link", name="missing: Children in care")).to_have_count(0)
    page.get_by_role("link", name="Postcode in another district").click()
    assert_accessible(page)
    page.get_by_label("Ambler").check()
    page.get_by_role("button", name="Take the postcode").click()
    assert_accessible(page)
    page.get_by_role("button", name="Take the postcode").click()
    expect(page.get_by_text("The district of the postcode stands for 1 young person.")).to_be_visible()
    assert person.residences.get().district == south
