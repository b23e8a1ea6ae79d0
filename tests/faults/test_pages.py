"""Pages while something goes wrong underneath: connections are cut (F3), a button is pressed twice at once (F13)."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.conftest import SEND_OTHERS_AWAY
from tests.factories import make_authority, make_person, make_user, sign_in
from tracking.models import Activity, Note, YoungPerson
from tracking.register.kinds import Kind

pytestmark = pytest.mark.django_db(transaction=True)
DESKS, CUT_OFF = 3, 8
PATIENCE = 120
ACTIVITY = {
    "code": "230", "step": "save", "source": "provider", "place": "Weir College",
    "starts_on_day": "7", "starts_on_month": "9", "starts_on_year": "2026",
    "predicted_end_on_day": "30", "predicted_end_on_month": "6", "predicted_end_on_year": "2028",
    "told_on_day": "18", "told_on_month": "11", "told_on_year": "2026",
}  # fmt: skip


@pytest.fixture(autouse=True)
def an_afternoon(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    yield
    connection.close()


@pytest.fixture
def person() -> YoungPerson:
    return make_person(make_authority())


def desks(person: YoungPerson, number: int) -> list[Client]:
    """Browsers of one officer; a page that fails answers as it does in service."""
    officer = make_user("tracking_officer", person.authority)
    return [sign_in(Client(raise_request_exception=False), officer) for _ in range(number)]


def saved(desk: Client, url: str, answers: dict[str, str]) -> bool:
    """Was somebody told that it is saved? Each page has a connection of its own, as under load."""
    try:
        return desk.post(url, answers).status_code == HTTPStatus.FOUND
    except (OperationalError, InterfaceError):  # not even the page of errors found a connection
        return False
    finally:
        connections.close_all()


def test_whoever_was_told_that_it_is_saved_finds_it_though_connections_are_cut(person: YoungPerson) -> None:
    url, enough = reverse("add_note", args=[person.ref]), threading.Event()
    told, failed = list[str](), list[str]()

    def writes(number: int, desk: Client) -> None:
        until, turn = time.monotonic() + PATIENCE, 0
        while not enough.is_set():
            turn += 1
            text = f"Note {turn} of desk {number}"
            while not saved(desk, url, {"text": text}):  # people try again
                assert time.monotonic() < until, failed
                failed.append(text)
            told.append(text)

    with ThreadPoolExecutor(DESKS) as people:
        working = [people.submit(writes, *each) for each in enumerate(desks(person, DESKS))]
        try:
            cut_until(lambda: len(failed) >= CUT_OFF and len(told) >= CUT_OFF)
        finally:
            enough.set()
        for each in working:
            each.result()

    assert sorted(Note.objects.values_list("text", flat=True)) == sorted(told)
    events = AuditEvent.objects.filter(kind=Kind.NOTE_WRITTEN)
    assert events.exclude(counts__has_key="repeated").count() == len(told)


def cut_until(done) -> None:
    """Cut every other connection to this database, at any point of the pages, until it is so."""
    until, pause = time.monotonic() + PATIENCE, 0.01
    while not done():
        assert time.monotonic() < until, "nobody was cut off, or nobody got through"
        with connection.cursor() as cursor:
            cursor.execute(SEND_OTHERS_AWAY)
        time.sleep(pause)
        pause = 0.01 if pause > 1 else pause * 1.3  # some pages are short, and a busy machine makes them long


@pytest.mark.parametrize(
    ("page", "answers", "record"),
    [("add_note", {"text": "Rang, no answer."}, Note), ("record_activity", ACTIVITY, Activity)],
)
def test_a_button_pressed_twice_at_once_saves_once(person: YoungPerson, page, answers, record) -> None:
    url, together = reverse(page, args=[person.ref]), threading.Barrier(4)

    def presses(desk: Client) -> bool:
        together.wait(PATIENCE)
        return saved(desk, url, answers)

    with ThreadPoolExecutor(4) as people:
        answered = list(people.map(presses, desks(person, 4)))

    assert record.objects.count() == 1
    assert any(answered)
