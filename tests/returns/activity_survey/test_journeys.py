"""In the browser: a survey from its list to a file that is signed off, and what schools will read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from neet.accounts.models import User
from schools.models import Authority
from tests.browser import assert_accessible
from tests.factories import make_district, make_residence, make_school
from tests.returns.activity_survey.conftest import Leaver, does

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_a_survey_from_its_list_to_the_reports(
    browse: Callable[[User], Page], officer: User, authority: Authority, leaver: Leaver
) -> None:
    district, college = make_district(authority), make_school(name="Mill College")
    for _ in range(6):
        person = leaver()
        make_residence(person, district=district)
        does(person, "230", establishment=college)
    leaver(family_name="Quiet", given_name="Quin")
    page = browse(officer)

    page.goto("/activity-survey/")
    expect(page.get_by_text("7 young people would be in it")).to_be_visible()
    page.get_by_role("button", name="Make the list").click()
    expect(page.get_by_text("7 young people in the survey")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="to find out").click()
    expect(page.get_by_role("link", name="Quiet, Quin")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the survey").click()
    page.get_by_role("link", name="Where they went").click()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the survey").click()
    page.get_by_role("button", name="Make the file", exact=True).click()
    page.get_by_role("button", name="Make it once more").click()
    expect(page.get_by_text("the same byte for byte")).to_be_visible()
    page.get_by_role("button", name="Sign the file off").click()
    page.get_by_label("I have looked").check()
    page.get_by_label("Why do you sign off").fill("A team of one")
    assert_accessible(page)
    page.get_by_role("button", name="Sign off").click()
    expect(page.get_by_role("button", name="Mark as sent")).to_be_visible()
    page.get_by_role("link", name="Reports for schools").click()
    assert_accessible(page)
    page.get_by_role("link", name="Fernley School", exact=True).click()
    expect(page.get_by_text("Mill College")).to_be_visible()
    assert_accessible(page)
    page.goto("/duty/")
    assert_accessible(page)
