"""Programs that read: only a system administrator lets one in, and the token is seen once."""

import re

import pytest
from django.urls import reverse

from schools.models import SystemToken
from tests.factories import make_authority, make_user

pytestmark = pytest.mark.django_db
TYPED = {"name": "Warehouse", "days": "30", "role": "mi_officer"}


@pytest.fixture
def admin(signed_in):
    make_authority()
    return signed_in(make_user("system_admin"))


def test_a_token_is_shown_once_and_stopped(admin):
    answer = admin.post(reverse("add_program"), TYPED)
    page = admin.get(answer.url).content.decode()
    secret = re.search(r"<code>([\w-]{43})</code>", page).group(1)
    token = SystemToken.objects.get()

    assert secret not in admin.get(answer.url).content.decode(), "reloaded, it is gone and no other is made"
    assert SystemToken.objects.count() == 1
    assert secret not in admin.get(reverse("programs")).content.decode()
    assert "Warehouse" in admin.get(reverse("programs")).content.decode()
    admin.post(reverse("stop_program", args=[token.pk]))

    token.refresh_from_db()
    assert token.revoked_at
    assert not token.membership.user.is_active
    assert "<td>Data officer" not in admin.get(reverse("programs")).content.decode()


@pytest.mark.parametrize("days", ["0", "91", "many", ""])
def test_a_token_lasts_ninety_days_at_most(admin, days):
    assert (
        "There is a problem" in admin.post(reverse("add_program"), {**TYPED, "days": days}).content.decode()
    )
    assert not SystemToken.objects.exists()


@pytest.mark.parametrize("role", ["mi_officer", "manager", "governance"])
def test_nobody_else_finds_the_programs(signed_in, role):
    client = signed_in(make_user(role, make_authority()))

    assert (
        client.get(reverse("programs")).status_code
        == client.post(reverse("add_program"), TYPED).status_code
        == 404
    )
