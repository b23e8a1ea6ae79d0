"""The pages of a change to many: from the register to the result, and what is refused."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from playwright.sync_api import expect

from caseload.messaging.models import MessageBatch
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from tests.browser import OneAtATime, assert_accessible
from tests.factories import CANNOT_BE_FOUND, make_authority, make_contact, make_person, make_user, sign_in
from tests.tracking.bulk.conftest import Council
from tracking.bulk.models import BulkChange
from tracking.register.models import Activity, Confirmation, YoungPerson

ANSWERS = {"source": "provider", "on_day": "19", "on_month": "11", "on_year": "2026"}
CONFIRM = {"source": "provider", "on": "2026-11-19"}


def words(answer) -> str:
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def desk(council: Council) -> Client:
    return sign_in(Client(), council.officer)


def chosen(desk: Client, **asked: str) -> BulkChange:
    desk.post(reverse("choose_many"), {"everybody": "yes", **asked})
    return BulkChange.objects.latest("pk")


def test_everybody_whom_the_filters_name_is_settled_whoever_comes_later(council, desk) -> None:
    known, unknown = council.person(), council.person(CANNOT_BE_FOUND)
    make_person(make_authority())

    assert "Change all 2" in words(desk.get(reverse("register")))
    change = chosen(desk, status="NOT_KNOWN")
    council.person(CANNOT_BE_FOUND)

    assert list(change.people.values_list("person", flat=True)) == [unknown.pk]
    assert change.chosen_by == "The register: Not known"
    assert chosen(desk).people.count() == 3
    assert known.pk in chosen(desk).people.values_list("person", flat=True)


def test_those_ticked_go_all_the_way_with_the_rights_of_the_serving_role(council, desk, as_app) -> None:
    people = [council.person(), council.person(CANNOT_BE_FOUND)]
    stranger = make_person(make_authority())

    page = desk.post(reverse("choose_many"), {"ticked": [str(each.ref) for each in [*people, stranger]]})
    change = BulkChange.objects.get()
    assert page.url == reverse("change_many_what", args=[change.ref])
    page = desk.post(page.url, {"act": "confirm"})
    page = desk.post(page.url, ANSWERS, follow=True)
    assert "1 would be changed, 1 would stay as they are" in words(page)
    assert "Nothing is known to go on" in words(page)
    assert not Confirmation.objects.filter(verified_on="2026-11-19").exists()
    assert "Waiting for its turn" in words(
        desk.post(reverse("change_many_go", args=[change.ref]), follow=True)
    )
    jobs.run(job_id=Job.objects.get().pk)

    done = desk.get(reverse("change_many", args=[change.ref]))
    assert "Nothing is known to go on 1" in words(done)
    left = desk.get(reverse("change_many_people", args=[change.ref]), {"state": "left"})
    assert people[1].family_name in words(left)
    assert Confirmation.objects.filter(verified_on="2026-11-19").count() == 1

    desk.post(reverse("change_many_back", args=[change.ref]))
    jobs.run(job_id=Job.objects.latest("pk").pk)
    assert "Taken back" in words(desk.get(reverse("changes_to_many")))


def test_what_they_do_is_asked_as_for_one(council, desk) -> None:
    council.person()
    change = chosen(desk)
    desk.post(reverse("change_many_what", args=[change.ref]), {"act": "activity"})
    page = desk.post(reverse("change_many_ask", args=[change.ref, 0]), {"code": "350"}, follow=True)
    days = {
        f"{name}_{part}": value
        for name, day in (("starts_on", "1 11 2026"), ("told_on", "19 11 2026"), ("review_on", "1 10 2026"))
        for part, value in zip(("day", "month", "year"), day.split(), strict=True)
    }
    wrong = desk.post(reverse("change_many_ask", args=[change.ref, 1]), {"source": "parent", **days})
    right = {"source": "parent", **days, "review_on_month": "12"}
    seen = desk.post(reverse("change_many_ask", args=[change.ref, 1]), right, follow=True)

    assert "When will you look at it again?" in words(page)
    assert "The review must come after the day it started" in words(wrong)
    assert "1 would be changed" in words(seen)
    assert Activity.objects.filter(code="350").count() == 0


def test_writing_to_them_goes_on_where_messages_are(council, desk) -> None:
    for number in range(3):
        make_contact(council.person(), value=f"07700 90010{number}")
    change = chosen(desk)
    desk.post(reverse("change_many_what", args=[change.ref]), {"act": "message"})

    page = desk.post(reverse("change_many_ask", args=[change.ref, 0]), {"wording": "what_now_text"})

    batch = MessageBatch.objects.get()
    assert page.url == reverse("message_batch", args=[batch.ref])
    assert (batch.messages.count(), batch.audience) == (3, "chosen")
    assert desk.get(reverse("change_many", args=[change.ref])).url == page.url
    assert "Everybody in the register" in words(desk.get(page.url))


def test_what_is_not_yours_or_not_its_turn_is_not_there(council, desk) -> None:
    change = chosen_by_officer = council.asked([council.person()], "confirm", CONFIRM)
    foreign = sign_in(Client(), make_user("tracking_officer", make_authority()))
    worker = sign_in(Client(), make_user("caseworker", council.authority, service=council.service))
    school = sign_in(Client(), make_user("manager", council.authority))
    names = ("change_many", "change_many_go", "change_many_back", "change_many_discard", "change_many_people")
    for name in names:
        for client in (foreign, worker, school):
            assert client.post(reverse(name, args=[change.ref])).status_code == 404, name
    colleague = sign_in(Client(), make_user("mi_officer", council.authority))

    assert colleague.get(reverse("change_many", args=[change.ref])).status_code == 200
    assert colleague.post(reverse("change_many_go", args=[change.ref])).status_code == 404
    assert (
        colleague.post(reverse("change_many_what", args=[change.ref]), {"act": "confirm"}).status_code == 404
    )
    assert desk.get(reverse("change_many_go", args=[change.ref])).status_code == 405
    assert "gone on with this meanwhile" in words(
        desk.post(reverse("change_many_back", args=[change.ref]), follow=True)
    )
    assert desk.post(reverse("change_many_ask", args=[change.ref, 7]), ANSWERS).status_code == 404
    hostile = {"ticked": ["' or 1=1", str(council.authority.pk)], "back": "//elsewhere"}
    assert "Nobody was chosen" in words(desk.post(reverse("choose_many"), hostile, follow=True))
    unheard = desk.post(reverse("change_many_what", args=[change.ref]), {"act": "erase"})
    assert "Select one of the choices" in words(unheard)
    chosen_by_officer.refresh_from_db()
    assert (chosen_by_officer.state, Job.objects.count()) == ("chosen", 0)


@pytest.mark.parametrize("name", ["change_many", "change_many_people", "changes_to_many"])
def test_a_page_takes_as_many_statements_for_one_as_for_fifteen(council, desk, name) -> None:
    def statements(number: int) -> int:
        change = council.asked([council.person() for _ in range(number)], "confirm", CONFIRM)
        args = [] if name == "changes_to_many" else [change.ref]
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(reverse(name, args=args)).status_code == 200
        return len(seen)

    statements(1)  # the first page of a session writes when it was seen
    few = statements(1)

    assert statements(15) == few <= 25


@pytest.mark.browser
def test_a_hundred_and_twenty_are_confirmed_and_taken_back_by_hand(council, browse) -> None:
    for _ in range(120):
        council.person()
    council.person(CANNOT_BE_FOUND)
    page = browse(council.officer)

    page.goto("/register/")
    page.get_by_role("button", name="Change all 121").click()
    page.get_by_label("Confirm what they do").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("The school, college or provider").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("The first 20 of them")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Change them").click()
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    with OneAtATime.working:
        jobs.run(job_id=Job.objects.latest("pk").pk)
    page.get_by_role("link", name="Refresh").click()
    expect(page.get_by_text("Done", exact=True).first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Nothing is known to go on").click()
    assert_accessible(page)
    page.get_by_role("link", name="Back to the change").click()
    page.get_by_role("button", name="Take this back").click()
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_text("Waiting for its turn.")).to_be_visible()
    with OneAtATime.working:
        jobs.run(job_id=Job.objects.latest("pk").pk)
    page.goto("/register/changes/")

    expect(page.get_by_text("Taken back")).to_be_visible()
    assert_accessible(page)
    assert YoungPerson.objects.filter(bulk_changes__state="back").count() == 120
