"""The pages below every page, and whom schools ask at the council."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page

from neet.accounts.models import User
from tests.browser import assert_accessible
from tests.factories import make_authority, make_school, make_user, sign_in

pytestmark = pytest.mark.django_db
PAGES = ("/accessibility/", "/privacy/", "/help/")
TELEPHONE = "01632 960123"


@pytest.fixture
def secretary() -> User:
    authority = make_authority(contact_telephone=TELEPHONE, contact_email="tracking@council.example")
    return make_user("school_user", authority, establishment=make_school())


@pytest.mark.parametrize("url", PAGES)
def test_a_page_below_every_page_is_open_to_anyone(url: str, secretary: User) -> None:
    assert Client().get(url).status_code == 200
    assert TELEPHONE not in Client().get(url).content.decode()
    assert TELEPHONE in sign_in(Client(), secretary).get(url).content.decode()


def test_every_page_leads_to_them() -> None:
    footer = Client().get("/help/").content.decode().partition("<footer")[2]

    assert all(f'href="{url}"' in footer for url in PAGES)


@pytest.mark.parametrize("url", ["/", "/register/", "/account/", "/nowhere/"])
def test_the_council_s_contact_stands_on_every_page_of_a_school(url: str, secretary: User) -> None:
    footer = sign_in(Client(), secretary).get(url).content.decode().partition("<footer")[2]

    assert TELEPHONE in footer
    assert "tracking@council.example" in footer


def test_a_school_comes_from_its_first_page_to_its_pupils(secretary: User) -> None:
    home = sign_in(Client(), secretary).get("/").content.decode()

    assert 'href="/register/"' in home
    assert "Your pupils" in home


def test_the_council_s_own_people_are_not_told_whom_to_ask(secretary: User) -> None:
    authority = secretary.memberships.get().authority
    officer = sign_in(Client(), make_user("tracking_officer", authority))

    assert TELEPHONE not in officer.get("/register/").content.decode()


def test_an_account_without_a_password_has_none_to_change(secretary: User) -> None:
    answer = sign_in(Client(), secretary).get("/account/password/")

    assert (answer.status_code, answer["Location"]) == (302, "/account/")


@pytest.mark.browser
@pytest.mark.parametrize("url", PAGES)
def test_a_page_below_every_page_is_accessible(
    url: str,
    browse: Callable[[User], Page],
    secretary: User,
) -> None:
    page = browse(secretary)
    page.goto(url)

    assert_accessible(page)
