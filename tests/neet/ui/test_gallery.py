from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import path
from django.views.defaults import permission_denied, server_error

from neet.ui import samples

pytestmark = pytest.mark.django_db
SHEETS = sorted(samples.SHEETS)


@pytest.fixture
def demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("sheet", SHEETS)
def test_sheet_is_shown_without_asking_the_database(
    sheet: str, client: Client, demonstration: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert client.get(f"/gallery/{sheet}/").status_code == 200


def test_gallery_is_absent_from_a_real_installation(client: Client, settings: Any) -> None:
    settings.DEMO = settings.DEBUG = False

    assert client.get("/gallery/").status_code == 404
    assert client.get("/gallery/lists/").content == client.get("/gallery/nothing/").content


def test_title_says_error_first_when_a_form_was_refused(client: Client, demonstration: None) -> None:
    assert "<title>Error: Gallery" in client.get("/gallery/wrong-form/").content.decode()
    assert "<title>Gallery" in client.get("/gallery/form/").content.decode()


def test_list_answers_odd_addresses_like_plain_ones(client: Client, demonstration: None) -> None:
    for odd in (
        "?sort=password",
        "?page=-1",
        "?page=x&school=<script>",
        "?status=%00&sort=-",
        "?school=1&school=1",
    ):
        answer = client.get(f"/gallery/lists/{odd}")
        assert answer.status_code == 200
        assert "<script>" not in answer.content.decode()


def test_page_that_is_not_there_says_so_in_words(client: Client, settings: Any) -> None:
    settings.DEBUG = False

    words = client.get("/no/such/page/").content.decode()

    assert "<h1>Page not found</h1>" in words
    assert "404" not in words.partition("<body")[2]


def test_problem_page_asks_nothing_of_the_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = server_error(RequestFactory().get("/"))

    assert answer.status_code == 500
    assert "Sorry, there is a problem with the service" in answer.content.decode()
    assert "500" not in answer.content.decode().partition("<body")[2]


def test_problem_page_stands_when_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "cursor", lambda *_: (_ for _ in ()).throw(OSError("gone")))

    assert server_error(RequestFactory().get("/")).status_code == 500


def test_page_one_may_not_open_says_what_to_do() -> None:
    words = permission_denied(RequestFactory().get("/"), PermissionDenied()).content.decode()

    assert "<h1>You cannot open this page</h1>" in words


def test_form_without_its_token_is_explained(demonstration: None) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post("/gallery/form/")

    assert answer.status_code == 403
    assert "<h1>Your answers were not saved</h1>" in answer.content.decode()


def breaks(request: HttpRequest) -> None:
    raise RuntimeError("on purpose, for Zofia Canary")


urlpatterns = [path("breaks/", breaks)]


@pytest.mark.urls("tests.neet.ui.test_gallery")
def test_fault_shows_the_problem_page_and_nothing_of_the_fault(settings: Any) -> None:
    settings.DEBUG = False

    answer = Client(raise_request_exception=False).get("/breaks/")

    assert answer.status_code == 500
    assert "Canary" not in answer.content.decode()
    assert "Try again in a few minutes" in answer.content.decode()
