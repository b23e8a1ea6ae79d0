"""Whose desk somebody may choose in a demonstration, told apart by where it stands."""

from datetime import date

import pytest

from neet.accounts import actions
from schools.models import Membership
from tests.factories import make_authority

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    settings.DEMO, settings.PRODUCTION = True, False
    actions.mark_as_demonstration()


def test_one_role_at_two_councils_is_told_apart_by_the_council(client, demonstration):
    for number, council in enumerate(("Colemore", "Rockstead")):
        user = actions.create_demonstration_account(slug=f"manager-{number}", name="Olu Adeyemi")
        Membership.objects.create(
            user=user, role="manager", authority=make_authority(name=council), starts_on=date(2020, 1, 1)
        )

    page = client.get("/demonstration/").content.decode()

    assert "as Manager, Colemore<" in page
    assert "as Manager, Rockstead<" in page
