"""The first account of an installation comes from the command line, whole or not at all."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from neet.accounts.models import User
from neet.accounts.secrets import decrypted
from tests.factories import make_authority, make_district, make_school, make_service

pytestmark = pytest.mark.django_db


def made(**asked: str) -> dict[str, str]:
    out = StringIO()
    call_command("mkuser", stdout=out, **asked)
    return dict(line.split(maxsplit=1) for line in out.getvalue().splitlines())


def test_mkuser_prints_what_signs_the_person_in():
    authority = make_authority()

    said = made(role="mi_officer", authority=authority.code, email="Ira@Example.org")

    user = User.objects.get(email="ira@example.org")
    assert user.check_password(said["password"])
    assert decrypted(Authenticator.objects.get(user=user).data["secret"]) == said["seed"]
    assert (user.memberships.get().role, user.memberships.get().authority) == ("mi_officer", authority)


def test_mkuser_finds_every_kind_of_place():
    authority = make_authority()
    district, service, school = make_district(authority), make_service(authority), make_school(urn="123456")

    made(role="district_lead", district=district.name)
    made(role="caseworker", service=service.slug)
    made(role="school_user", establishment="123456")
    made(role="system_admin")

    held = {user.memberships.get().role: user.memberships.get() for user in User.objects.all()}
    assert held["district_lead"].district == district
    assert held["caseworker"].service == service
    assert held["school_user"].establishment == school
    assert held["system_admin"].authority is None


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"role": "school_user"}, "--establishment"),
        ({"role": "district_lead", "district": "Nowhere"}, "no district Nowhere"),
        ({"role": "school_user", "establishment": "7"}, "no establishment 7"),
        ({"role": "mi_officer", "authority": "001"}, "Say which council"),
    ],
)
def test_mkuser_makes_nothing_of_half_a_place(asked, words):
    make_authority()

    with pytest.raises(CommandError, match=words):
        made(**asked)

    assert not User.objects.exists()


def test_mkuser_leaves_an_account_alone():
    make_authority()
    made(role="mi_officer", email="ira@example.org")

    with pytest.raises(CommandError, match="has an account"):
        made(role="mi_officer", email="IRA@example.org")
