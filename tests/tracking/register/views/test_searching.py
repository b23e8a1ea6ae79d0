"""Searching the register and the index: who finds whom, and what is kept of it."""

import pytest
from django.urls import reverse

from tests.factories import (
    make_activity,
    make_person,
    make_responsible,
    make_service,
)
from tests.tracking.register.views.test_pages import text_of
from tracking.register.models import SavedSearch


def test_search_is_posted_and_found_at_an_address_that_names_nobody(at_desk, council):
    response = at_desk("tracking_officer").post(reverse("search"), {"words": "quilfether ada"}, follow=True)

    assert "Ada Quillfeather" in text_of(response)
    assert "quil" not in response.redirect_chain[-1][0].lower()


def test_a_search_belongs_to_who_made_it(at_desk, council):
    browser = at_desk("tracking_officer")
    browser.post(reverse("search"), {"words": "ada"})
    kept = SavedSearch.objects.get()

    assert at_desk("mi_officer").get(reverse("found", args=[kept.ref])).status_code == 404


@pytest.mark.parametrize("role", ["caseworker", "hub_worker", "district_lead", "manager", "governance"])
def test_the_index_tells_name_year_status_and_whom_to_ask_only(at_desk, council, role):
    other = make_person(
        council.authority,
        given_name="Bo",
        family_name="Elsewhere",
        upn="B801200005001",
        date_of_birth="2009-02-03",
    )
    make_activity(other, "619")
    make_responsible(other, service=make_service(council.authority, name="Virtual School"))

    page = text_of(at_desk(role).post(reverse("search"), {"words": "elsewhere"}, follow=True))

    for told in ("Bo Elsewhere", "Year 13", "NEET", "Virtual School"):
        assert told in page
    for secret in ("B801200005001", "2009", "Ready to start", other.young_person_id):
        assert secret not in page.split("<main")[1]


def test_a_system_administrator_finds_nobody(at_desk, council):
    page = text_of(at_desk("system_admin").post(reverse("search"), {"words": "ada"}, follow=True))

    assert "Quillfeather" not in page
    assert "not part of your role" in page


def test_a_list_is_kept_under_a_name_and_taken_away(at_desk, council):
    browser = at_desk("tracking_officer")

    browser.post(
        reverse("keep_list"), {"name": "Those at college", "status": "EET", "surname": "Quillfeather"}
    )
    kept = SavedSearch.objects.get()
    assert (kept.name, kept.filters) == ("Those at college", {"status": "EET"})
    assert "Those at college" in text_of(browser.get(reverse("register")))

    browser.post(reverse("forget_list", args=[kept.pk]))
    assert not SavedSearch.objects.exists()
