"""The register's pages as each role gets them: what is shown, what is not, and at what cost."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from tests.factories import (
    make_activity,
    make_authority,
    make_person,
    make_responsible,
    make_task,
    make_user,
)
from tracking.register.models import AccessGrant, YoungPerson

DESK = ["tracking_officer", "caseworker", "service_lead", "district_lead", "mi_officer"]
SCHOOL = ["school_user", "college_user"]
RECORD = ["person", "person_activities", "person_contact", "person_notes", "person_tasks", "person_history"]


def text_of(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def without_token(response):
    """A page but for the token of its search form, which is another every time."""
    return re.sub(rb'(csrfmiddlewaretoken" value=")[^"]+', rb"\1", response.content)


@pytest.mark.parametrize("role", [*DESK, *SCHOOL])
def test_register_lists_the_young_people_of_the_role(at_desk, council, role):
    page = text_of(at_desk(role).get(reverse("register")))

    assert "Quillfeather, Ada" in page
    assert "1 young person" in page


@pytest.mark.parametrize("role", ["manager", "governance"])
def test_register_of_a_role_that_states_reasons_is_empty_and_says_why(at_desk, council, role):
    page = text_of(at_desk(role).get(reverse("register")))

    assert "Quillfeather" not in page
    assert "say why you open the record" in page


@pytest.mark.parametrize("role", ["system_admin", "hub_worker"])
def test_register_does_not_exist_for_who_reads_nobody(at_desk, role):
    assert at_desk(role).get(reverse("register")).status_code == 404


@pytest.mark.parametrize("role", [*DESK, *SCHOOL])
def test_overview_says_what_they_do_in_words(at_desk, council, role):
    page = text_of(at_desk(role).get(reverse("person", args=[council.ada.ref])))

    assert "At college, full time" in page
    assert "confirmed it on 3 October 2026" in page
    assert "counts until 31 August 2027" in page


@pytest.mark.parametrize("name", ["register", "person", "person_activities", "person_history"])
def test_a_code_of_an_old_list_is_said_in_words_with_the_code_beside_it(at_desk, council, name):
    council.ada.activities.all().delete()
    make_activity(council.ada, "999", date(2026, 9, 1), verified_on=date(2026, 10, 3))

    page = text_of(
        at_desk("tracking_officer").get(reverse(name, args=[council.ada.ref] if "person" in name else []))
    )

    assert "no longer on the DfE" in page
    assert "999" in page
    assert "not confirmed" not in page


@pytest.mark.parametrize("name", RECORD)
@pytest.mark.parametrize("role", [*DESK, *SCHOOL])
def test_every_page_of_a_record_opens_or_is_not_there(at_desk, council, role, name):
    response = at_desk(role).get(reverse(name, args=[council.ada.ref]))

    hidden = (role in SCHOOL and name in {"person_notes", "person_tasks"}) or (role, name) == (
        "mi_officer",
        "person_notes",
    )
    assert response.status_code == (404 if hidden else 200)


def test_a_school_sees_no_notes_contacts_circumstances_or_tasks(at_desk, council):
    browser = at_desk("school_user")
    pages = [browser.get(reverse(name, args=[council.ada.ref])).content.decode() for name in RECORD]

    for secret in (
        "Likes to be rung",
        "07700 900123",
        "ada@example.org",
        "health and care plan",
        "open evening",
        "Pregnant",
    ):
        assert not any(secret in page for page in pages), secret


def test_a_restricted_note_is_read_by_its_own_service_only(at_desk, council):
    page = text_of(at_desk("caseworker").get(reverse("person_notes", args=[council.ada.ref])))

    assert "Only the service reads this." in page
    assert "Another service wrote this." not in page


def test_a_sensitive_circumstance_is_not_for_a_district_lead(at_desk, council):
    url = reverse("person", args=[council.ada.ref])

    page = text_of(at_desk("district_lead").get(url))

    assert "Pregnant" not in page
    assert "health and care plan" in page


def test_what_institutions_told_is_masked_while_an_objection_is_in_force(at_desk, council, objected):
    browser = at_desk("tracking_officer")
    overview = text_of(browser.get(reverse("person", args=[council.ada.ref])))
    contact = text_of(browser.get(reverse("person_contact", args=[council.ada.ref])))

    for page in (overview, contact):
        assert "07700 900123" not in page
        assert "B801200005001" not in page
        assert "1000000043" not in page
        assert "ada@example.org" in page
        assert "An objection is in force" in page


@pytest.mark.parametrize("name", RECORD)
def test_somebody_elses_young_person_is_like_one_that_is_not_there(at_desk, council, name):
    browser = at_desk("tracking_officer")
    stranger = make_person(make_authority())

    theirs = browser.get(reverse(name, args=[stranger.ref]))
    nobody = browser.get(reverse(name, args=[uuid4()]))

    assert theirs.status_code == nobody.status_code == 404
    assert without_token(theirs) == without_token(nobody)
    assert AuditEvent.objects.filter(kind="access.refused", subjects=[stranger.pk]).count() == 1


def test_a_former_case_says_whom_to_ask(at_desk, council):
    moved = make_person(
        council.authority, given_name="Bo", family_name="Formerly", cohort_status="T",
        cohort_status_on="2026-05-03", transferred_to_la="887",
    )  # fmt: skip
    make_responsible(moved, service=council.service, ends_on="2026-05-03")

    page = text_of(at_desk("caseworker").get(reverse("person", args=[moved.ref])))

    assert "They moved to Medway on 3 May 2026" in page
    assert moved.young_person_id not in page


def test_a_manager_opens_a_record_by_saying_why(at_desk, council):
    browser, url = at_desk("manager"), reverse("person", args=[council.ada.ref])

    asked = text_of(browser.get(url))
    refused = text_of(browser.post(url, {"why": " "}))
    opened = text_of(browser.post(url, {"why": "A complaint to look into"}, follow=True))

    assert "At college" not in asked
    assert "Enter why you open this record" in refused
    assert "At college, full time" in opened
    assert AccessGrant.objects.get().reason == "A complaint to look into"


def test_governance_opens_a_restricted_record_by_saying_why_and_a_manager_does_not(at_desk, council):
    url = reverse("person", args=[council.ada.ref])
    YoungPerson.objects.filter(pk=council.ada.pk).update(
        restricted_on="2026-11-01", restricted_reason="Court order"
    )

    assert at_desk("manager").get(url).status_code == 404
    browser = at_desk("governance")
    asked = text_of(browser.get(url))
    opened = text_of(browser.post(url, {"why": "The order has ended"}, follow=True))

    assert "Quillfeather" not in asked
    assert "A restricted record" in asked
    assert "Ada Quillfeather" in opened


def test_a_manager_sees_figures_and_nobody_s_name(at_desk, council):
    # As many as may be shown of each: Ada and five like her, and six who are NEET.
    for code, number in (("619", 6), ("210", 5)):
        for _ in range(number):
            other = make_person(council.authority, date_of_birth="2009-05-05")
            make_activity(other, code, verified_on="2026-10-01")

    page = text_of(at_desk("manager").get(reverse("home")))

    assert "NEET" in page
    assert "50.0%" in page
    assert "Quillfeather" not in page


def test_a_system_administrator_sees_how_the_installation_is(at_desk, council):
    page = text_of(at_desk("system_admin").get(reverse("home")))

    assert "This installation" in page
    assert "Not sealed yet" in page
    assert "Quillfeather" not in page


def test_a_hub_worker_is_told_to_look_somebody_up(at_desk):
    assert "Look somebody up" in text_of(at_desk("hub_worker").get(reverse("home")))


@pytest.mark.parametrize(
    ("role", "seen"), [("tracking_officer", 200), ("contractor", 200), ("school_user", 404)]
)
def test_tasks_are_listed_for_who_works_on_them(at_desk, council, role, seen):
    assert at_desk(role).get(reverse("tasks")).status_code == seen


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", {"Mine", "My service’s", "Nobody’s", "Ask about the open evening"}),
        ("?whose=mine", {"Mine"}),
        ("?whose=service", {"My service’s"}),
        ("?whose=nobody", {"Nobody’s", "Ask about the open evening"}),
        ("?due=late", {"Ask about the open evening"}),
        ("?kind=lapsed", {"Nobody’s"}),
    ],
)
def test_the_list_of_tasks_is_narrowed_to_whose_kind_and_day(at_desk, council, asked, shown):
    browser = at_desk("caseworker")
    user = User.objects.get(pk=browser.session["_auth_user_id"])
    make_task(council.ada, "Mine", owner=user)
    make_task(council.ada, "My service’s", service=council.service)
    make_task(council.ada, "Nobody’s", kind="lapsed")
    make_task(
        council.ada, "Another’s", owner=make_user("caseworker", council.authority, service=council.service)
    )
    make_task(make_person(council.authority), "Not for this eye")

    works = browser.get(reverse("tasks") + asked).context["tasks"]

    assert {work.task.words for work in works} == shown


def test_reading_a_record_and_a_list_is_written_down(at_desk, council):
    browser = at_desk("tracking_officer")

    browser.get(reverse("person", args=[council.ada.ref]))
    browser.get(reverse("register"))

    kinds = list(AuditEvent.objects.filter(subjects=[council.ada.pk]).values_list("kind", flat=True))
    assert kinds == ["register.person_read", "register.list_read"]


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("register", 13),  # one of them for groups of one's own
        ("home", 24),  # four of them for the calls, nine for cases, meetings, letters and what else waits
        ("tasks", 7),
        ("person", 25),  # twelve of them for what each kind of work says of a record
        ("person_activities", 10),
        ("person_contact", 10),
        ("person_history", 25),  # thirteen of them for what each kind of work adds
    ],
)
def test_pages_cost_the_same_for_one_young_person_and_for_many(
    at_desk, council, name, most, django_assert_max_num_queries, django_assert_num_queries
):
    browser = at_desk("tracking_officer")
    url = reverse(name, args=[council.ada.ref] if name.startswith("person") else [])
    browser.get(url)
    with django_assert_max_num_queries(most) as first:
        browser.get(url)

    for _ in range(60):
        other = make_person(council.authority)
        make_activity(other, verified_on="2026-10-03")
    for day in range(1, 20):
        make_activity(
            council.ada,
            "310",
            starts_on=f"2024-01-{day:02d}",
            ends_on=f"2024-01-{day:02d}",
            verified_on="2024-02-01",
        )

    with django_assert_num_queries(len(first)):
        browser.get(url)
