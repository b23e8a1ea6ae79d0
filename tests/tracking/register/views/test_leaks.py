"""Nothing of a person in an address, a log or a trail, wherever the record is read."""

import logging

from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_person, make_residence, make_user, sign_in
from tracking.register.models import AccessGrant

CANARIES = (
    "Quillfeather",
    "B801200005001",
    "1000000043",
    "07700 900123",
    "ada@example.org",
    "Turnstone",
    "ZZ1 4AB",
)
PAGES = ["person", "person_activities", "person_contact", "person_notes", "person_tasks", "person_history"]


def test_reading_everything_leaves_nothing_of_a_person_in_logs_addresses_or_the_trail(
    at_desk, council, caplog
):
    browser = at_desk("tracking_officer")
    asked = []
    with caplog.at_level(logging.DEBUG):
        for words in CANARIES:
            response = browser.post(reverse("search"), {"words": words}, follow=True)
            asked += [url for url, _ in response.redirect_chain]
        for name in PAGES:
            asked.append(reverse(name, args=[council.ada.ref]))
            browser.get(asked[-1])
        browser.get(reverse("register"))

    said = " ".join(each.getMessage() for each in caplog.records if each.name != "django.db.backends")
    trail = " ".join(str(row) for row in AuditEvent.objects.values_list())
    for canary in CANARIES:
        for where in (said, trail, " ".join(asked)):
            assert canary.lower() not in where.lower(), canary


def test_a_school_named_for_a_restricted_pupil_still_sees_no_address(council, client):
    hidden = make_person(
        council.authority,
        given_name="Bo",
        family_name="Hidden",
        restricted_on="2025-01-01",
        restricted_reason="Refuge",
    )
    make_residence(hidden, line_1="2 Secret Street", postcode="ZZ2 2ZZ", district=council.district)
    make_activity(hidden, "210", establishment=council.school)
    user = make_user("school_user", council.authority, establishment=council.school)
    AccessGrant.objects.create(person=hidden, user=user, kind="named", reason="Head of year")
    browser = sign_in(client, user)

    pages = [browser.get(reverse(name, args=[hidden.ref])).content.decode() for name in PAGES]
    pages.append(browser.get(reverse("register")).content.decode())
    found = browser.post(reverse("search"), {"words": "ZZ2 2ZZ"}, follow=True).content.decode()
    by_district = browser.get(reverse("register"), {"district": council.district.pk}).content.decode()

    assert "Bo Hidden" in pages[0]
    assert not any("Secret Street" in page or "ZZ2 2ZZ" in page for page in pages)
    assert "Bo Hidden" not in found
    assert "Hidden, Bo" not in by_district
