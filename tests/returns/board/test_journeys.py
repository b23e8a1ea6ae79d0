"""In the browser: a council plans a return, asks for it, chases who is late and gives one of them more time."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from returns.calendar.models import Collection, ExpectedReturn, Notice
from tests.browser import assert_accessible
from tests.factories import make_authority, make_school, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def fill_day(page, name: str, day: str, month: str, year: str) -> None:
    for part, value in (("day", day), ("month", month), ("year", year)):
        page.locator(f"[name={name}_{part}]").fill(value)


def test_from_the_plan_to_the_reminder(browse, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-24T09:00")
    authority = make_authority(name="Ambleshire")
    officer = make_user("tracking_officer", authority)
    for name in ("Ambleford School", "Brook School"):
        school = make_school(la_code=authority.code, name=name)
        make_user("school_user", authority, establishment=school)
    page = browse(officer)

    page.goto(reverse("returns_board"))
    page.get_by_role("link", name="Plan a return").click()
    page.get_by_label("Title").fill("Post-16 enrolment")
    fill_day(page, "as_at", "2", "11", "2026")
    fill_day(page, "opens_on", "2", "11", "2026")
    fill_day(page, "due_on", "22", "nov", "2026")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Continue").click()
    asked = page.get_by_text("2 schools and colleges are asked now, with 2 e-mails that name no pupil")
    expect(asked).to_be_visible()
    expect(page.get_by_text("The last one before it is Friday 20 November 2026")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Ask them now").click()
    assert ExpectedReturn.objects.filter(collection=Collection.objects.get()).count() == 2

    page.get_by_role("link", name="Returns", exact=True).first.click()
    page.get_by_role("link", name="2 late").click()
    page.get_by_label("Ambleford School").check()
    page.get_by_role("button", name="Remind the ticked").click()
    expect(page.get_by_text("1 school or college reminded.")).to_be_visible()
    assert [each.expected.establishment.name for each in Notice.objects.filter(kind="reminder")] == [
        "Ambleford School"
    ]
    assert_accessible(page)

    page.get_by_role("link", name="Brook School").click()
    page.get_by_role("button", name="Give more time").click()
    fill_day(page, "to", "4", "12", "2026")
    page.get_by_role("button", name="Give more time").click()
    expect(
        page.get_by_text("Friday 4 December 2026 (asked of all by Sunday 22 November 2026)")
    ).to_be_visible()
