"""A move in a browser: proposed by one council, queried and accepted by the other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from tests.browser import assert_accessible
from tests.tracking.moves.conftest import THERE, Councils
from tracking.register.models import YoungPerson

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_proposed_by_one_council_and_accepted_by_the_other(
    browse: Callable[[User], Page], councils: Councils, filled: YoungPerson
) -> None:
    page = browse(councils.officer)
    page.goto(f"/people/{filled.ref}/")
    page.get_by_role("link", name="They moved to another council").click()
    expect(page.get_by_role("heading", name="They moved to another council")).to_be_visible()
    page.get_by_label("Which council?").select_option(THERE)
    for label, value in (("Day", "9"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("The young person or the family says so").check()
    assert_accessible(page)
    page.get_by_role("button", name="Propose the move").click()
    expect(page.get_by_text("until the other council accepts").first).to_be_visible()

    page = browse(councils.other)
    page.goto("/register/moves/")
    assert_accessible(page)
    page.get_by_role("link", name="Quilla Marsh-Tregenza").click()
    expect(page.get_by_role("heading", name="Quilla Marsh-Tregenza")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Query").click()
    expect(page.get_by_role("heading", name="Query the move")).to_be_visible()
    page.get_by_label("What do you want to know?").fill("Which street?")
    page.get_by_role("button", name="Send the query").click()
    expect(page.get_by_text("Which street?")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_role("heading", name="Accept the move")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("They are on your register from today")).to_be_visible()

    assert YoungPerson.objects.of(councils.there).get().previous_id == filled.young_person_id
    assert YoungPerson.objects.get(pk=filled.pk).cohort_status == "T"
