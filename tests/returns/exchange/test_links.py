"""A small provider sends one return by a link: no account, nobody shown, nothing learnt of the register."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from neet.accounts.models import User
from neet.jobs.actions import run
from neet.jobs.models import Job
from neet.messages.models import Message
from returns.calendar.models import ExpectedReturn
from returns.exchange.actions.links import make_link, said_in, withdraw_link
from returns.exchange.links import address_of_link
from returns.intake.models import Intake, UploadLink
from schools.models import Authority, Establishment
from tests.factories import make_expected, make_objection, make_person, sign_in
from tests.returns.intake.conftest import HEADINGS
from tracking.models import YoungPerson

pytestmark = pytest.mark.django_db

ADA = "Lark,Ada,01/05/2009,F,,1 Mill Lane,ZZ9 9ZZ,13,07700 900001"
BAD = "Ambler,Bram,31/06/2009,M,,2 Mill Lane,ZZ9 9ZZ,13,07700 900002"
NOTICE = {"told": "yes", "issued_on_day": "1", "issued_on_month": "9", "issued_on_year": "2026"}


@pytest.fixture
def expected(authority: Authority, school: Establishment) -> ExpectedReturn:
    return make_expected(school, authority=authority)


@pytest.fixture
def secret(expected: ExpectedReturn, officer: User) -> str:
    return make_link(expected=expected, expires_on=date(2026, 9, 30), email="", by=officer)[1]


def opened(secret: str) -> Client:
    """A browser that has followed the link."""
    browser = Client()
    answer = browser.get(reverse("upload_link", args=[secret]))
    assert (answer.status_code, answer["Referrer-Policy"]) == (302, "no-referrer")
    return browser


def uploaded(browser: Client, *rows: str) -> str:
    """The page after a file was sent and looked at."""
    file = SimpleUploadedFile("pupils.csv", "\n".join([HEADINGS, *rows]).encode())
    browser.post(reverse("send_by_link"), {"file": file})
    for job in Job.objects.filter(state="waiting"):
        run(job_id=job.pk)
    return browser.get(reverse("send_by_link")).content.decode()


def test_a_file_goes_the_road_of_every_return(secret: str, expected: ExpectedReturn) -> None:
    browser = opened(secret)

    page = uploaded(browser, ADA, BAD)

    assert "2 rows read, 1 to mend" in page
    assert "Date of birth is a day that never was" in page
    assert not [name for name in ("Lark", "Ada", "Ambler", "Bram", "07700") if name in page]
    browser.post(reverse("send_link_return"), NOTICE)
    run(job_id=Job.objects.get(state="waiting").pk)
    sent = Intake.objects.get()
    assert (sent.state, sent.channel, sent.begun_by) == ("confirmed", "link", None)
    assert YoungPerson.objects.get().given_name == "Ada"
    page = browser.get(reverse("send_by_link")).content.decode()
    assert "Thank you." in page
    file = SimpleUploadedFile("again.csv", HEADINGS.encode())
    assert "This link was used" in browser.post(reverse("send_by_link"), {"file": file}).content.decode()


def test_the_page_reads_the_same_whoever_is_on_the_register(
    authority: Authority, expected: ExpectedReturn, officer: User
) -> None:
    pages = []
    for is_known in (False, True):
        if is_known:
            ada = make_person(authority, given_name="Ada", family_name="Lark", date_of_birth=date(2009, 5, 1))
            make_objection(ada, made_by="young_person", made_on=date(2026, 1, 2))
        _, secret = make_link(expected=expected, expires_on=date(2026, 9, 30), email="", by=officer)
        browser = opened(secret)
        page = uploaded(browser, ADA if is_known else f"{ADA}\n")
        pages.append(page[page.index("<main") : page.index("csrfmiddlewaretoken")])

    assert pages[0] == pages[1]


def test_a_link_that_is_over_withdrawn_or_wrong_opens_nothing(
    secret: str, expected: ExpectedReturn, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = opened(secret)
    wrong = Client().get(reverse("upload_link", args=["never-was"]))
    link = UploadLink.objects.get()
    assert secret not in link.digest

    withdraw_link(link=link, by=officer)

    gone = browser.get(reverse("send_by_link"))
    assert (gone.status_code, wrong.status_code) == (404, 404)
    assert gone.content == wrong.content
    assert browser.post(reverse("send_link_return"), NOTICE).status_code == 404
    _, other = make_link(expected=expected, expires_on=date(2026, 9, 30), email="", by=officer)
    monkeypatch.setenv("DJANGO_NOW", "2026-10-01T08:00")
    assert Client().get(reverse("upload_link", args=[other])).status_code == 404


def test_the_council_makes_sends_and_withdraws_a_link(
    client: Any, expected: ExpectedReturn, officer: User
) -> None:
    sign_in(client, officer)
    address = reverse("upload_links", args=[expected.ref])
    until = {"expires_on_day": "30", "expires_on_month": "9", "expires_on_year": "2026"}

    shown = client.post(address, until, follow=True).content.decode()
    client.post(address, {**until, "email": "small@example.org"})

    assert "http://testserver/send/" in shown
    assert "http://testserver/send/" not in client.get(address).content.decode()
    sent = UploadLink.objects.get(email="small@example.org")
    assert Message.objects.get(template="upload_link").recipient_id == sent.pk
    assert address_of_link(sent.pk) == "small@example.org"
    path = said_in(sent.pk)["path"]
    assert Client().get(path).status_code == 302
    client.post(reverse("withdraw_upload_link", args=[expected.ref, sent.pk]))
    assert address_of_link(sent.pk) == ""
    assert Client().get(path).status_code == 404


def test_too_many_files_have_to_wait(secret: str, settings: Any) -> None:
    browser = opened(secret)
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "upload_link_file": "1/10m/key"}
    uploaded(browser, ADA)

    file = SimpleUploadedFile("pupils.csv", b"x")
    assert (
        "You sent many files just now"
        in browser.post(reverse("send_by_link"), {"file": file}).content.decode()
    )
