"""In the browser: Christmas leavers, from an open campaign to a closed one."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from caseload.campaigns.models import Campaign
from tests.browser import assert_accessible

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_christmas_leavers_are_contacted(browse, council):
    for given, family in (("Ada", "Ambler"), ("Bram", "Brook"), ("Cleo", "Cotterell")):
        council.left(given_name=given, family_name=family)
    page = browse(council.officer)

    page.goto(reverse("campaigns"))
    expect(page.get_by_role("heading", name="No campaign runs")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Christmas leavers").click()
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("Christmas leavers is open.")).to_be_visible()
    page.get_by_role("button", name="Share the list out").click()
    page.get_by_label("Ola Officer").check()
    assert_accessible(page)
    page.get_by_role("button", name="Share out").click()
    expect(page.get_by_text("3 young people shared out.")).to_be_visible()
    assert_accessible(page)

    # one click for one, one for the ticked
    page.get_by_role("button", name="All is well: Ada Ambler").click()
    expect(page.get_by_text("1 young person: all is well.")).to_be_visible()
    page.get_by_role("checkbox", name="Bram Brook").check()
    page.get_by_role("checkbox", name="Cleo Cotterell").check()
    page.get_by_role("button", name="Could not be reached", exact=True).click()
    expect(page.get_by_text("2 young people: could not be reached.")).to_be_visible()
    expect(page.get_by_role("heading", name="What came of it")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{reverse('campaign', args=[Campaign.objects.get().ref])}?state=done")
    page.get_by_role("button", name="Open again: Cleo Cotterell").click()
    expect(page.get_by_text("Open again.")).to_be_visible()

    page.get_by_role("button", name="Close the campaign").click()
    expect(page.get_by_text("2 young people were contacted, 1 not.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Close the campaign").click()
    expect(page.get_by_text("What came of it stands here.")).to_be_visible()
    assert Campaign.objects.get().closed_at
