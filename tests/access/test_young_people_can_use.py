"""What young people open on their telephones, without an account, can be used by everybody.

The walks by links and by addresses do not come here: a secret opens these pages. Long; noted in the list of pages
looked at as theirs are.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.cache import cache
from django.urls import resolve, reverse
from playwright.sync_api import Page, expect

from returns.surveys.actions import Ask, make_links, new_secret
from returns.surveys.many.queries.doors import secret_of
from tests.access.barriers import look
from tests.factories import COLLEGE, make_activity, make_authority, make_college, make_person, seed_reference
from tests.returns.surveys.many.classroom import NOW, TODAY, door_of, make_here, make_pupil, make_survey

pytestmark = [pytest.mark.django_db, pytest.mark.browser, pytest.mark.assure]

BORN = date(2009, 5, 14)


@pytest.fixture(autouse=True)
def rules_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_NOW", NOW)
    seed_reference()
    cache.clear()


def barriers_on(page: Page, *names: str) -> list[str]:
    """What stands in the way on these pages, each opened anew in this browser."""
    return list(_barriers_on(page, names))


def _barriers_on(page: Page, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        url = reverse(name)
        looked = look(page, url, resolve(url).route, "public")
        assert page.request.get(url, max_redirects=0).status == 200, url
        if looked.barriers:
            yield f"{url}: {looked.barriers}"


def test_answering_by_a_link(page: Page) -> None:
    authority = make_authority(name="Amble Council", contact_telephone="01632 960001")
    person = make_person(authority, given_name="Juno", date_of_birth=BORN)
    make_activity(person, COLLEGE, date(2025, 9, 1), establishment=make_college(name="Ambleford College"))
    (link,) = make_links(ask=Ask(authority.pk, "what_now", "what_now_text"), people=[person.pk], on=TODAY)
    page.goto(reverse("answer_link", args=[new_secret(link_id=link.pk)]))
    found = barriers_on(page, "answer", "answer_no_more")

    page.goto(reverse("answer"))
    page.get_by_label("Day").fill("14")
    page.get_by_label("Month").select_option(label="May")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Are you still at Ambleford College?")).to_be_visible()
    found += barriers_on(page, "answer", "answer_doing", "answer_call")

    page.goto(reverse("answer"))
    page.get_by_role("radio", name=re.compile("^Yes")).check()
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(re.compile(reverse("answer_thanks") + "$"))
    assert found + barriers_on(page, "answer_thanks") == []


def test_answering_a_survey_in_class_and_changing_what_was_said(page: Page) -> None:
    authority, place = make_here()
    make_pupil(place, authority, given_name="Juno", family_name="Quillfeather")
    page.goto(reverse("survey_door", args=[secret_of(door_of(make_survey(authority), place))]))
    found = barriers_on(page, "survey")

    page.goto(reverse("survey"))
    page.get_by_label("First name").fill("Juno")
    page.get_by_label("Last name").fill("Quillfeather")
    for part, value in (("Day", "14"), ("Month", "3"), ("Year", "2011")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_label("Do an apprenticeship or traineeship").check()
    page.get_by_label("Next February you may tell my school").check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    own = page.get_by_role("link").filter(has_text="/survey/mine/").get_attribute("href") or ""
    found += barriers_on(page, "survey_thanks")

    page.goto(own[own.index("/survey/") :])
    found += barriers_on(page, "survey_mine", "survey_change")
    assert found == []
