"""In the browser: the virtual school's list comes in, goes onto the register, and what differs is settled."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from tests.browser import assert_accessible
from tests.factories import make_characteristic
from tests.returns.intake.walking import worked
from tests.returns.lists.conftest import WHO, row
from tracking.models import YoungPerson

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_virtual_schools_list_from_file_to_what_differs(
    browse: Callable[[User], Page], officer: User, people: dict[str, YoungPerson], tmp_path: Path
) -> None:
    make_characteristic(people["Cole"], "110", starts_on=date(2025, 1, 1))
    file = tmp_path / "LAC November.csv"
    lines = [
        f"{WHO},Status,Since",
        row(people["Ambler"], "LAC", "01/09/2026"),
        row(people["Birch"], "Elsewhere", ""),
    ]
    file.write_text("\n".join(lines))
    page = browse(officer)

    page.goto("/lists/")
    assert_accessible(page)
    page.get_by_role("link", name=re.compile("Bring one in.*Children in care")).click()
    assert_accessible(page)
    page.get_by_label("Virtual school").check()
    for label, value in (("Day", "20"), ("Month", "11"), ("Year", "2026")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Yes, everybody on that day").check()
    page.get_by_label("Choose a file").set_input_files(file)
    page.get_by_role("button", name="Bring it in").click()
    worked(page)
    expect(page.get_by_text("Status is not on the list")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Go on: check and send").click()
    page.get_by_role("button", name="Put it on the register").click()
    worked(page)
    assert_accessible(page)
    assert [each.code for each in people["Ambler"].characteristics.all()] == ["110"]

    page.get_by_role("link", name="See where the list and the register differ").click()
    expect(page.get_by_text("Looked after (in care) since 1 January 2025")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Cole").check()
    page.get_by_role("button", name="End it for the ticked").click()
    expect(page.get_by_text("ends on 19 November 2026")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="End it for the ticked").click()
    expect(page.get_by_text("Ended for 1 young person.")).to_be_visible()
    assert people["Cole"].characteristics.get().ends_on == date(2026, 11, 19)
