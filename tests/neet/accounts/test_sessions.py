"""A session ends by itself, by its owner and by leaving, and by nobody else."""

import time

import pytest
from django.test import Client

from neet.accounts import actions, queries
from neet.accounts.models import Session
from tests.neet.accounts.signing_in import SECRET, code_now, sign_in

pytestmark = pytest.mark.django_db

SIGN_IN, ACCOUNT = "/sign-in/", "/account/"


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def test_whoever_leaves_is_out_at_the_next_click(client, person):
    user = person("school_user")
    token = actions.remember_device(user=user, browser="Firefox")
    sign_in(client, user)
    assert is_in(client)

    actions.deactivate(user=user, by=None)

    assert client.get(ACCOUNT).url.startswith(SIGN_IN)
    assert not Session.objects.filter(user=user).exists()
    assert not queries.remembered_device(user, token)
    assert not is_in(client)


def test_a_session_that_was_signed_out_of_opens_nothing_to_who_kept_its_name(client, person):
    sign_in(client, person())
    kept = client.cookies["sessionid"].value
    assert is_in(client)

    client.post("/sign-out/")
    later = Client()
    later.cookies["sessionid"] = kept

    assert not is_in(later)
    assert not Session.objects.filter(pk=kept).exists()


@pytest.mark.parametrize(("moment", "minutes"), [("seen_at", 61), ("started_at", 12 * 60 + 1)])
def test_a_session_ends_by_itself(client, person, moment, minutes):
    sign_in(client, person())
    assert is_in(client)
    session = client.session
    session[moment] = time.time() - minutes * 60
    session.save()

    assert client.get(ACCOUNT).url.startswith(SIGN_IN)


def test_people_see_their_sessions_and_end_the_others(client, person):
    user = person()
    sign_in(client, user).get(ACCOUNT)
    elsewhere = sign_in(Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/130.0"}), user)
    elsewhere.get(ACCOUNT)

    page = client.get(ACCOUNT).content.decode()
    assert "Firefox on Windows" in page
    assert all(session.session_key not in page for session in Session.objects.all())
    mark = Session.objects.get(browser="Firefox on Windows").mark
    client.post("/account/sessions/end/", {"session": mark})

    assert elsewhere.get(ACCOUNT).status_code == 302
    assert is_in(client)


def test_another_session_is_ended_only_by_a_factor_shown_lately(client, person):
    user = person()
    actions.add_app(user=user, secret=SECRET)
    elsewhere = sign_in(Client(), user)
    elsewhere.get(ACCOUNT)
    sign_in(client, user, age=31 * 60).get(ACCOUNT)
    came_from = {"HTTP_REFERER": f"http://testserver{ACCOUNT}"}

    asked = client.post("/account/sessions/end/", **came_from).url

    assert asked == "/account/second-factor/again/?next=%2Faccount%2F"
    assert is_in(elsewhere)
    assert client.post(asked, {"code": code_now()}).url == ACCOUNT
    client.post("/account/sessions/end/", **came_from)
    assert not is_in(elsewhere)


def test_nobody_ends_somebody_elses_session(client, person):
    other = sign_in(Client(), person())
    other.get(ACCOUNT)

    sign_in(client, person()).post("/account/sessions/end/", {"session": Session.objects.first().mark})

    assert is_in(other)
