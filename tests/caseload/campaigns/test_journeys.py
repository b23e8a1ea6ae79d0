"""In the browser: Christmas leavers, from an open campaign to a closed one."""

import pytest
from django.urls import reverse

from caseload.campaigns.models import Campaign
from tests.browser import assert_accessible

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


def test_christmas_leavers_are_contacted(browse, council):
    for given, family in (("Ada", "Ambler"), ("Bram", "Brook"), ("Cleo", "Cotterell")):
        council.left(given_name=given, family_name=family)
    page = browse(council.officer)

    page.goto(reverse("campaigns"))
    assert page.get_by_role("heading", name="No campaign runs").is_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Christmas leavers").click()
    page.get_by_role("button", name="Open it").click()
    assert page.get_by_text("Christmas leavers is open.").is_visible()
    page.get_by_role("button", name="Share the list out").click()
    page.get_by_label("Ola Officer").check()
    assert_accessible(page)
    page.get_by_role("button", name="Share out").click()
    assert page.get_by_text("3 young people shared out.").is_visible()
    assert_accessible(page)

    # one click for one, one for the ticked
    page.get_by_role("button", name="All is well: Ada Ambler").click()
    assert page.get_by_text("1 young person: all is well.").is_visible()
    page.get_by_role("checkbox", name="Bram Brook").check()
    page.get_by_role("checkbox", name="Cleo Cotterell").check()
    page.get_by_role("button", name="Could not be reached", exact=True).click()
    assert page.get_by_text("2 young people: could not be reached.").is_visible()
    assert page.get_by_role("heading", name="What came of it").is_visible()
    assert_accessible(page)
    page.goto(f"{reverse('campaign', args=[Campaign.objects.get().ref])}?state=done")
    page.get_by_role("button", name="Open again: Cleo Cotterell").click()
    assert page.get_by_text("Open again.").is_visible()

    page.get_by_role("button", name="Close the campaign").click()
    assert page.get_by_text("2 young people were contacted, 1 not.").is_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Close the campaign").click()
    assert page.get_by_text("What came of it stands here.").is_visible()
    assert Campaign.objects.get().closed_at
