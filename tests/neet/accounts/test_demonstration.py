"""The demonstration's open door stands open in a demonstration and nowhere else."""

import pytest

from neet.accounts import actions, queries
from neet.accounts.models import User
from tests.neet.accounts.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(settings):
    settings.DEMO, settings.PRODUCTION = True, False
    actions.mark_as_demonstration()
    return actions.create_demonstration_account(slug="tracking_officer", name="Olu Adeyemi")


def step_in(client, user: User):
    return client.post("/demonstration/", {"account": user.pk})


def test_one_click_signs_in_with_everything_it_takes(client, officer):
    assert b"Olu Adeyemi" in client.get("/demonstration/").content
    assert step_in(client, officer).status_code == 302

    officer.refresh_from_db()
    assert client.session["account_authentication_methods"][-1]["type"] == "demonstration"


def test_whoever_is_not_signed_in_is_led_there(client, officer):
    assert client.get("/account/").url == "/demonstration/?next=/account/"


@pytest.mark.parametrize("lock", ["no DEMO", "PRODUCTION", "no mark"])
def test_it_cannot_be_switched_on_elsewhere(client, officer, settings, lock):
    if lock == "no DEMO":
        settings.DEMO = False
    elif lock == "PRODUCTION":
        settings.PRODUCTION = True
    else:
        from neet.accounts.models import Installation

        Installation.objects.all().delete()

    assert client.get("/demonstration/").status_code == 404
    assert step_in(client, officer).status_code == 404
    assert "_auth_user_id" not in client.session
    assert not queries.demonstration_is_open()


def test_a_place_with_accounts_never_becomes_a_demonstration():
    make_user()

    with pytest.raises(actions.NotEmpty):
        actions.mark_as_demonstration()
    with pytest.raises(PermissionError):
        actions.create_demonstration_account(slug="manager", name="Mo Manager")


def test_nobody_steps_into_a_real_account_of_a_demonstration(client, officer):
    real = make_user()

    assert step_in(client, real).status_code == 404
    assert client.post("/demonstration/", {"account": "abc"}).status_code == 404


def test_the_second_step_of_a_demonstration_is_worth_nothing_elsewhere(client, officer, settings):
    step_in(client, officer)
    client.post("/sign-out/")
    client.force_login(officer)
    settings.DEMO = False

    client.post("/account/second-factor/", {"demonstration": "1"})

    assert client.get("/account/").url.startswith("/account/second-factor/")
