"""What is shown once stands on the page after the form: going back or reloading makes and shows nothing more."""

import re

import pytest
from django.urls import reverse

from neet.accounts.models import RecoveryCode
from tests.neet.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db


def test_printed_codes_are_shown_on_the_next_page_and_never_again(client, person):
    sign_in(client, person())
    page = reverse("recovery_codes")

    answer = client.post(page)
    kept = str(dict(client.session))
    shown = re.findall(r"<code>([^<]+)</code>", client.get(answer.url).content.decode())

    assert answer.status_code == 302
    assert len(shown) == RecoveryCode.objects.count() == 10
    assert not any(code in kept for code in shown), "unreadable while it waits"
    assert "<code>" not in client.get(page).content.decode()
    assert RecoveryCode.objects.count() == 10
