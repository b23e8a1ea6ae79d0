from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from neet.accounts.roles import Permission
from neet.accounts.scope import NOWHERE, Place, Scope
from neet.ui.context import navigation, shell

OFFICER = Scope(1, (Place("tracking_officer", 1),))
SCHOOL = Scope(2, (Place("school_user", 1, 5),))
ENTRIES = [
    {"words": "Parts", "url": "gallery", "needs": "person.read"},
    {"words": "Errors", "url": "gallery", "needs": Permission.ERRORS_READ},
    {"words": "Nowhere", "url": "no_such_page", "needs": ""},
]


def words_of(scope: Scope) -> list[str]:
    return [link.words for link in navigation(ENTRIES, scope, "/gallery/lists/")]


def test_navigation_shows_what_the_person_may_open() -> None:
    assert words_of(OFFICER) == ["Parts", "Errors"]
    assert words_of(SCHOOL) == ["Parts"]
    assert words_of(NOWHERE) == []


def test_page_below_an_address_marks_it_as_current() -> None:
    assert navigation(ENTRIES, SCHOOL, "/gallery/lists/")[0].current
    assert not navigation(ENTRIES, SCHOOL, "/elsewhere/")[0].current


def test_entries_below_one_lead_on_to_each_other() -> None:
    group = [{"words": "Council", "below": ENTRIES}, {"words": "Home", "url": "home", "needs": ""}]

    [council, home] = navigation(group, OFFICER, "/gallery/lists/")

    assert (council.words, council.current, home.current) == ("Council", True, False)
    assert [link.words for link in council.below] == ["Parts", "Errors"]
    assert [link.below for link in navigation(group, OFFICER, "/")] == [(), ()]


def test_the_only_entry_below_one_stands_for_itself() -> None:
    group = [{"words": "Council", "below": ENTRIES}]

    [parts] = navigation(group, SCHOOL, "/gallery/lists/")

    assert (parts.words, parts.current, parts.below) == ("Parts", True, ())
    assert navigation(group, NOWHERE, "/gallery/lists/") == []


@pytest.mark.parametrize("user", [None, AnonymousUser()])
def test_shell_copes_with_nobody_signed_in(user: Any, settings: Any) -> None:
    settings.NAVIGATION = ENTRIES
    request = RequestFactory().get("/")
    if user is not None:
        request.user = user

    shown = shell(request)

    assert (shown["signed_in_as"], shown["navigation"], shown["search_url"]) == (None, [], "")


def test_council_is_named_when_the_request_knows_it() -> None:
    request = RequestFactory().get("/")
    request.authority = type("Authority", (), {"name": "Invented County Council"})()  # type: ignore[attr-defined]

    assert shell(request)["council"] == "Invented County Council"
