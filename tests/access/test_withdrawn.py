"""Rights end when they end: on the next click, in the session that is open."""

from datetime import date

import pytest
from django.test import Client

from schools.models import Membership
from tests.access.addresses import Address, addresses, named
from tests.access.asking import ask
from tests.access.world import World
from tests.factories import make_user

pytestmark = pytest.mark.django_db

GUARDED = [each for each in addresses() if each.is_named and each.access and not each.access.anyone]


def test_a_place_that_ended_opens_nothing_on_the_next_click(world: World) -> None:
    somebody = world.people["tracking_officer"]
    assert somebody.client.get("/register/").status_code == 200

    Membership.objects.filter(user=somebody.user).update(ends_on=date(2026, 11, 19))

    for url in ("/register/", f"/people/{world.here.record.ref}/", "/api/v1/people/"):
        assert somebody.client.get(url).status_code == 404


def test_another_role_has_its_own_rights_on_the_next_click(world: World) -> None:
    somebody = world.people["mi_officer"]
    assert somebody.client.get("/colleagues/").status_code == 200

    Membership.objects.filter(user=somebody.user).update(role="tracking_officer")

    assert somebody.client.get("/colleagues/").status_code == 404
    assert somebody.client.get("/register/").status_code == 200


def test_a_closed_account_is_sent_to_sign_in(world: World) -> None:
    somebody = world.people["caseworker"]
    assert somebody.client.get("/register/").status_code == 200

    type(somebody.user).objects.filter(pk=somebody.user.pk).update(is_active=False)

    answer = somebody.client.get("/register/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("address", [pytest.param(each, id=each.name) for each in GUARDED])
def test_a_password_alone_opens_nothing(address: Address, world: World) -> None:
    """Whatever the way in: page, table, address for programs."""
    client = Client()
    client.force_login(make_user("system_admin"))
    own = named(address, world, world.people["tracking_officer"]).own

    for method in ("GET", "POST"):
        answer = ask(client, method, address.url(own))

        assert answer.status_code in {302, 401, 403}
        if answer.status_code == 302:
            assert answer["Location"].split("?")[0] == "/account/second-factor/"
