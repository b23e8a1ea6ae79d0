"""Pairs in a browser: decided with the keyboard alone, and taken apart again."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser import assert_accessible
from tests.factories import make_activity
from tests.tracking.merging.conftest import one_of_them
from tracking.merging.models import Duplicate

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_pairs_are_decided_with_the_keyboard_and_taken_apart(
    browse: Callable[..., Page], officer, authority, kept, gone
) -> None:
    make_activity(kept), make_activity(gone, "310")
    pairs = [(kept, gone), (one_of_them(authority), one_of_them(authority))]
    for place, (first, second) in enumerate(pairs):
        Duplicate.objects.create(
            authority=authority, first=first, second=second, sure=0.9 - place / 2, levels=[2, *[1] * 9]
        )
    page = browse(officer)

    page.goto("/duplicates/")
    assert_accessible(page)
    page.get_by_role("button", name="Decide on the likeliest").click()
    page.get_by_label("First name: Orlah").check()
    assert_accessible(page)
    page.keyboard.press("1")
    expect(page.get_by_text(f"Put together as {kept.young_person_id}")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_text("No pair waits for a decision")).to_be_visible()
    page.get_by_role("link", name="Take apart").click()
    assert_accessible(page)
    page.get_by_role("button", name="Take them apart").click()

    expect(page.get_by_role("heading", name="Orlah Quillfeather")).to_be_visible()
