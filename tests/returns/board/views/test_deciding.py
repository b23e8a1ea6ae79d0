"""Accepting a return, and sending one back."""

import pytest
from django.urls import reverse

from neet.jobs.models import Job
from tests.factories import make_user
from tests.returns.board.views.test_board import applied
from tests.returns.calendar.factories import expect, make_collection

pytestmark = pytest.mark.django_db


@pytest.fixture
def expected():
    return expect(make_collection())


@pytest.fixture
def client(expected, signed_in):
    return signed_in(make_user("tracking_officer", expected.collection.authority))


def test_a_return_is_accepted(client, expected):
    intake = applied(expected)

    client.post(reverse("accept_return", args=[intake.ref]))

    intake.refresh_from_db()
    assert intake.state == "accepted"
    assert "Accepted" in client.get(reverse("expected_return", args=[expected.ref])).content.decode()


def test_many_are_accepted_at_once_but_not_those_with_rows_to_look_at(client, expected):
    sent = applied(expected)
    other = expect(expected.collection)
    doubtful = applied(other)
    doubtful.rows.update(found="doubtful")
    ticked = {"ticked": [str(expected.ref), str(other.ref)], "act": "accept"}

    client.post(reverse("returns_many"), ticked)

    sent.refresh_from_db()
    doubtful.refresh_from_db()
    assert (sent.state, doubtful.state) == ("accepted", "confirmed")


def test_a_return_is_sent_back_with_a_reason_only(client, expected):
    intake = applied(expected)
    address = reverse("send_return_back", args=[intake.ref])

    assert "Say why" in client.post(address, {"why": " "}).content.decode()
    assert not Job.objects.exists()
    client.post(address, {"why": "Last year's pupils"})

    assert Job.objects.get().payload == {"intake": intake.pk, "how": "rejected"}


def test_what_was_not_sent_is_neither_accepted_nor_sent_back(client, expected):
    intake = applied(expected)
    intake.state, intake.event_id = "checked", None
    intake.save()

    client.post(reverse("accept_return", args=[intake.ref]))
    intake.refresh_from_db()
    assert intake.state == "checked"
    assert client.get(reverse("send_return_back", args=[intake.ref])).status_code == 302


def test_another_councils_return_is_not_there(client):
    intake = applied(expect(make_collection()))

    assert client.post(reverse("accept_return", args=[intake.ref])).status_code == 404
    assert client.get(reverse("send_return_back", args=[intake.ref])).status_code == 404
