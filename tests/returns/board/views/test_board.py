"""The council's board: how everybody stands, whom to remind, and what may be done about one."""

import re
from datetime import date

import pytest
from django.urls import reverse

from neet.messages.models import Message
from returns.board import queries
from returns.board.queries import Wanted
from returns.calendar.actions.answering import declare_nil, mark_sent, waive
from returns.calendar.actions.telling import tell
from returns.calendar.models import Notice
from returns.intake.models import Intake, IntakeRow
from tests.browser import assert_accessible
from tests.factories import make_authority, make_college, make_intake, make_school, make_user
from tests.returns.calendar.factories import expect, make_collection, make_returns_contact

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def on_a_sunday_in_november(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T09:00")


@pytest.fixture
def collection():
    return make_collection(title="Autumn", due_on=date(2026, 11, 13))


@pytest.fixture
def officer(collection):
    return make_user("tracking_officer", collection.authority)


@pytest.fixture
def client(officer, signed_in):
    return signed_in(officer)


def applied(expected, state="confirmed", **fields):
    """A return that was taken over."""
    mark_sent(expected=expected, at="2026-11-10T12:00Z")
    return make_intake(expected, {"family_name": "Ambler"}, state=state, event_id=expected.pk, **fields)


@pytest.fixture
def everything(collection, officer):
    """One establishment in every standing, by the name of it."""
    found = {
        name: expect(collection, make_school(name=name, la_code=collection.authority.code))
        for name in (
            "not_started",
            "begun",
            "sent_back",
            "to_accept",
            "to_look_at",
            "accepted",
            "nil",
            "waived",
        )
    }
    make_intake(found["begun"], state="checked")
    make_intake(found["sent_back"], state="rejected")
    applied(found["to_accept"])
    applied(found["accepted"], state="accepted")
    doubtful = applied(found["to_look_at"])
    IntakeRow.objects.filter(intake=doubtful).update(found="doubtful")
    declare_nil(expected=found["nil"], by=officer)
    waive(expected=found["waived"], why="No sixth form", by=officer)
    return found


def test_each_stands_as_it_does(everything, officer):
    rows = queries.board(officer, Wanted(), TODAY)

    assert {row.establishment.name: row.standing for row in rows} == {name: name for name in everything}
    assert {row.establishment.name for row in rows if row.is_late} == {"not_started", "begun", "sent_back"}
    assert {row.establishment.name: row.doubtful for row in rows if row.doubtful} == {"to_look_at": 1}


def test_the_numbers_are_the_lists_behind_them(everything, officer):
    counts = queries.counted(queries.board(officer, Wanted(), TODAY))

    for group in queries.GROUPS:
        assert queries.board(officer, Wanted(group=group), TODAY).count() == counts[group], group
    assert (counts["all"], counts["late"], counts["not_answered"], counts["needs_us"]) == (8, 3, 3, 2)


def test_the_collection_says_the_same_numbers_as_the_board(everything, officer, client, collection):
    counts = queries.counted(queries.board(officer, Wanted(collection), TODAY))
    (line,) = queries.collection_lines([collection], TODAY)
    page = " ".join(client.get(reverse("collection", args=[collection.pk])).content.decode().split())

    assert (line.asked, line.answered, line.waived) == (7, counts["answered"], counts["waived"]) == (7, 4, 1)
    assert "not asked for" in page
    assert "1 not asked for" in client.get(reverse("collections")).content.decode()


def test_a_newer_version_in_preparation_leaves_what_was_accepted(everything, officer):
    make_intake(everything["accepted"], state=Intake.State.CHECKED)

    found = queries.board(officer, Wanted(group="accepted"), TODAY)

    assert [each.establishment.name for each in found] == ["accepted"]


def test_filters_stand_in_the_address(everything, client):
    page = client.get(reverse("returns_board"), {"standing": "late"}).content.decode()

    assert "not_started" in page
    assert "accepted</a>" not in page
    assert "Remove this filter" in page


def test_whom_to_ring_stands_beside_and_that_we_rang_is_noted_once_a_day(collection, client):
    expected = expect(collection, make_school(name="Quiet School", la_code=collection.authority.code))
    answered = expect(collection, make_school(name="Answered School", la_code=collection.authority.code))
    mark_sent(expected=answered, at="2026-11-10T12:00Z")
    for each in (expected, answered):
        make_returns_contact(each, telephone="01632 960123")

    before = client.get(reverse("returns_board")).content.decode()
    assert before.count("Sam Secretary, 01632 960123") == 1

    many = reverse("returns_many")
    client.post(many, {"act": "rang", "ticked": [expected.ref, answered.ref]})
    again = client.post(many, {"act": "rang", "ticked": [expected.ref]}, follow=True)

    assert "No call was noted" in again.content.decode()
    assert "rung up 22 Nov 2026" in again.content.decode()
    assert list(Notice.objects.filter(kind="rang").values_list("expected", flat=True)) == [expected.pk]
    assert "Rung up" not in client.get(reverse("expected_return", args=[expected.ref])).content.decode()


def test_the_board_needs_as_many_statements_for_many_as_for_few(collection, client, assert_statements):
    for _ in range(3):
        applied(expect(collection))
    client.get(reverse("returns_board"))
    with assert_statements(12):
        client.get(reverse("returns_board"))
    for _ in range(30):
        applied(expect(collection))
    with assert_statements(12):
        client.get(reverse("returns_board"))


def test_another_councils_returns_are_not_there(client):
    other = expect(make_collection(make_authority(), title="Elsewhere"))
    page = client.get(reverse("returns_board"), {"collection": other.collection_id})

    assert "Elsewhere" not in page.content.decode()
    for name in ("expected_return", "extend_return", "waive_return"):
        assert client.get(reverse(name, args=[other.ref])).status_code == 404
    for name in ("remind_return", "ask_return_again"):
        assert client.post(reverse(name, args=[other.ref])).status_code == 404
    client.post(reverse("returns_many"), {"ticked": [str(other.ref)]})
    assert not Message.objects.exists()


def with_secretary(expected):
    return make_user("school_user", expected.collection.authority, establishment=expected.establishment)


def test_the_ticked_are_reminded_once(everything, client):
    for name in ("not_started", "begun", "accepted"):
        with_secretary(everything[name])
    ticked = {
        "ticked": [str(everything["not_started"].ref), str(everything["accepted"].ref)],
        "act": "ticked",
    }

    client.post(f"{reverse('returns_many')}?standing=late", ticked)
    client.post(reverse("returns_many"), ticked)

    assert [each.expected for each in Notice.objects.filter(kind="reminder")] == [everything["not_started"]]


def test_everybody_on_the_list_is_reminded(everything, client):
    for expected in everything.values():
        with_secretary(expected)

    answer = client.post(f"{reverse('returns_many')}?standing=begun", {"act": "all"})
    assert answer.url == f"{reverse('returns_board')}?standing=begun"
    assert Notice.objects.filter(kind="reminder").count() == 1

    client.post(reverse("returns_many"), {"act": "all"})
    assert Notice.objects.filter(kind="reminder").count() == 3


def test_nothing_ticked_is_said(everything, client):
    for act in ("ticked", "accept"):
        answer = client.post(f"{reverse('returns_many')}?standing=late", {"act": act})
        assert answer.url == f"{reverse('returns_board')}?standing=late"
        page = client.get(answer.url).content.decode()
        assert page.count("Select at least one return") == 2
        (box,) = re.findall(r'href="#(ticked-[^"]+)">Select at least one return', page)
        assert f'id="{box}"' in page
        assert "Select at least one" not in client.get(answer.url).content.decode()


def test_one_is_given_more_time_and_asked_no_more_and_asked_again(everything, client):
    found = everything["not_started"]
    client.post(
        reverse("extend_return", args=[found.ref]), {"to_day": "4", "to_month": "12", "to_year": "2026"}
    )
    assert "Friday 4 December 2026 (asked of all by Friday 13 November 2026)" in (
        client.get(reverse("expected_return", args=[found.ref])).content.decode()
    )

    client.post(reverse("waive_return", args=[found.ref]), {"why": ""})
    found.refresh_from_db()
    assert found.waived_on is None
    client.post(reverse("waive_return", args=[found.ref]), {"why": "Nobody stayed on"})
    found.refresh_from_db()
    assert found.waived_why == "Nobody stayed on"

    client.post(reverse("ask_return_again", args=[found.ref]))
    found.refresh_from_db()
    assert not found.is_answered


def test_the_log_of_messages_says_what_became_of_them(everything, client):
    found = everything["not_started"]
    secretary = with_secretary(found)
    tell(expected=[found], kind="issued", on=TODAY)
    notice = Notice.objects.get()
    Message.objects.update(state="failed")

    page = client.get(reverse("expected_return", args=[found.ref])).content.decode()
    assert secretary.name in page
    assert "Could not be sent" in page

    client.post(reverse("send_notice_again", args=[found.ref, notice.pk]))
    assert Message.objects.count() == 2
    elsewhere = everything["begun"]
    assert client.post(reverse("send_notice_again", args=[elsewhere.ref, notice.pk])).status_code == 404


def test_the_home_page_counts_them_by_establishment(everything, client, officer):
    page = client.get(reverse("home")).content.decode()

    assert "Young people waiting for a return" in page
    assert '<span class="quiet">Autumn</span>' in page
    assert reverse("remind_return", args=[everything["not_started"].ref]) in page


def test_an_establishment_waits_once_with_its_nearest_deadline(everything, officer, collection):
    later = make_collection(collection.authority, title="Later", due_on=date(2026, 12, 11))
    expect(later, everything["begun"].establishment)
    expect(later, everything["accepted"].establishment)

    found = {each.expected.establishment.name: each.due for each in queries.waiting(officer, TODAY, 9)}

    assert found == {
        "not_started": "9 days late", "begun": "9 days late", "sent_back": "9 days late", "accepted": "due in 19 days",
    }  # fmt: skip


def test_nothing_asked_for_is_said(signed_in):
    officer = make_user("mi_officer", make_authority())
    page = signed_in(officer).get(reverse("returns_board")).content.decode()

    assert "Nothing is asked for at the moment" in page


@pytest.mark.browser
def test_the_pages_pass_axe(browse, officer, everything):
    page = browse(officer)
    make_college(name="Elsewhere")
    addresses = [
        reverse("returns_board"),
        reverse("expected_return", args=[everything["to_look_at"].ref]),
        reverse("extend_return", args=[everything["begun"].ref]),
        reverse("home"),
    ]
    for address in addresses:
        page.goto(address)
        assert_accessible(page)
