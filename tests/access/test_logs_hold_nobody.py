"""Whatever is typed, sent, guessed or broken: no line of any log, no number watched from outside and no mail to the
people who run the system holds a word of it."""

import io
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse
from lxml import html

from neet import clock
from neet.accounts.actions import add_app
from neet.accounts.models import User
from neet.accounts.rules.codes import STEP_SECONDS, app_code
from neet.accounts.scope import Place
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from neet.logs import LEFT_OUT
from returns.calendar.models import ExpectedReturn
from returns.exchange.actions.links import make_link
from returns.surveys.actions import Ask, make_links, new_secret
from schools.actions.invitations import invite
from schools.actions.tokens import make_token
from tests.access.addresses import Address, named
from tests.access.asking import body_of, taken_back
from tests.access.canary import Canary, plant
from tests.access.sending import forms_of
from tests.access.test_matrix import GUARDED
from tests.access.world import Person, World
from tests.factories import make_user
from tests.mailbox import invitation_token

pytestmark = pytest.mark.django_db

PASSWORD = "quill whispers to xylophones"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TAKES_FILES = {
    "api_return_file", "due_return", "bring_register", "bring_list", "reply_new", "load_published", "put_out_file",
    "tables:schools_establishment_import", "tables:schools_contact_import", "tables:tracking_referencerow_import",
    "bring_return",
}  # fmt: skip
PARTS = 5  # of the addresses one part is walked each time, all of them in the long proof


@pytest.fixture(autouse=True)
def as_with_real_people(settings: Any) -> Iterator[None]:
    """Those who run the system would be written to about errors, where that is not left out."""
    settings.DEMO = settings.DEBUG = False
    settings.ADMINS = settings.MANAGERS = [("Who runs it", "runs@example.org")]
    cache.clear()
    yield
    assert not [each for each in mail.outbox if "runs@example.org" in each.to]


@pytest.fixture
def canary(world: World) -> Canary:
    here = world.here
    made = plant("Quill", school=here.school, district=here.district, service=here.service)
    more = {
        "born": "2009-05-14",
        "as typed": "14/05/2009",
        "email": "quill@example.org",
        "words": "Quillwords",
    }
    return Canary(made.person, {**made.values, **more})


def held(logged: io.StringIO, *secrets: object, canary: Canary | None = None) -> list[str]:
    """Which of these stand in the lines; there are lines, each of one event."""
    text = logged.getvalue()
    assert all(json.loads(line)["says"] for line in text.splitlines())
    assert "neet.requests" in text
    looked_for = [str(each) for each in secrets] + list(canary.values.values() if canary else [])
    assert all(len(each) >= 6 for each in looked_for)
    return [each for each in looked_for if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE)]


# --- the ways in -----------------------------------------------------------------------------------------------------
def test_no_line_holds_what_somebody_signs_in_with(world: World, logged: io.StringIO) -> None:
    user = somebody("tracking_officer", world)
    browser, wrong = Client(), Client()
    wrong.post("/sign-in/", {"login": "Quillstranger@example.org", "password": f"{PASSWORD} no"})
    wrong.post("/sign-in/", {"login": user.email, "password": f"{PASSWORD} nearly"})
    browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    before = browser.session.session_key
    code = app_code(SEED, int(clock.now().timestamp()) // STEP_SECONDS)
    for tried in (f"{(int(code) + 1) % 10**6:06}", code):
        browser.post("/account/second-factor/", {"code": tried})
    browser.post(
        "/account/password/", {"oldpassword": PASSWORD, "password1": "Quillnew", "password2": "Quillnew"}
    )

    assert browser.get("/account/").status_code == 200
    keys = (before, browser.session.session_key, browser.cookies["csrftoken"].value)
    secrets = (user.email, "Quillstranger", PASSWORD, "Quillnew", code, SEED, *keys)
    assert held(logged, *secrets) == []


def test_no_line_holds_a_code_or_link_from_a_mailbox(world: World, logged: io.StringIO) -> None:
    user = somebody("school_user", world, establishment=world.here.school)
    browser, other = Client(), Client()
    browser.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    browser.post("/account/second-factor/", {"send": "1"})
    code = re.search(r"\b\d{6}\b", mail.outbox[-1].body)[0]
    browser.post("/account/second-factor/", {"code": code})
    assert browser.get("/account/").status_code == 200
    other.post("/password/reset/", {"email": user.email})
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]
    form = other.get(link).headers.get("Location", link)
    other.post(form, {"password1": PASSWORD + " anew", "password2": PASSWORD + " anew"})
    place = Place("school_user", world.here.authority.pk, world.here.school.pk)
    by = world.people["mi_officer"].user
    invite(name="Quill Newcomer", email="quillnew@example.org", place=place, by=by)
    token = invitation_token("quillnew@example.org")
    for tried in (token, "x" + token):
        other.get(reverse("invitation_link", args=[tried]))
    other.post(
        reverse("invitation"), {"name": "Quill Newcomer", "password1": PASSWORD, "password2": "Quillother"}
    )

    secret = link.rstrip("/").rpartition("/")[2]
    user.refresh_from_db()
    assert user.check_password(PASSWORD + " anew")
    assert held(logged, user.email, code, secret, token, "quillnew@example.org", "Newcomer", PASSWORD) == []


def somebody(role: str, world: World, **place: Any) -> User:
    user = make_user(role, world.here.authority, password=PASSWORD, email="quilluser@example.org", **place)
    add_app(user=user, secret=SEED)
    return user


def test_no_line_holds_the_secret_of_a_link_or_of_a_program(
    world: World, canary: Canary, logged: io.StringIO, settings: Any
) -> None:
    here, officer, settings.ANSWER_TAKERS = world.here, world.people["mi_officer"].user, []
    (asked,) = make_links(
        ask=Ask(here.authority.pk, "what_now", "what_now_text"), people=[canary.person.pk], on=clock.today()
    )
    answering = new_secret(link_id=asked.pk)
    _, sending = make_link(expected=expected_of(world), expires_on=clock.today(), email="", by=officer)
    place = Place("school_user", here.authority.pk, here.school.pk, can_submit=True)
    program = make_token(name="Quillwords", place=place, days=30, by=officer).secret
    secrets = {"answer_link": answering, "upload_link": sending}

    browser = Client()
    for name, secret in secrets.items():
        for tried in (secret, f"{secret}x"):
            browser.get(reverse(name, args=[tried]))
    for day in ("13", "14"):
        browser.post(reverse("answer"), {"day": day, "month": "5"})
    browser.post(reverse("answer_doing"), {"doing": "Quillwords", "place": "Quillwords"})
    for brought in (program, f"{program}x"):
        asking = Client(headers={"Authorization": f"Bearer {brought}"})
        asking.get(reverse("api_returns"), {"cursor": "Quillwords"})
    asking.post(reverse("api_return_file", args=[expected_of(world).ref]), {"file": "Quillwords"})

    assert held(logged, *secrets.values(), program, canary=canary) == []


def test_no_number_watched_from_outside_and_no_line_about_it_holds_anybody(
    world: World, canary: Canary, logged: io.StringIO, settings: Any
) -> None:
    settings.METRICS_TOKEN = "Quill-token-of-the-monitoring"
    wrong = Client(headers={"Authorization": "Bearer Quill-token-of-another"}).get("/metrics")
    answer = Client(headers={"Authorization": f"Bearer {settings.METRICS_TOKEN}"}).get("/metrics")

    assert (wrong.status_code, answer.status_code) == (404, 200)
    assert b"neet_jobs" in answer.content
    assert not [each for each in canary.values.values() if each.lower() in answer.content.decode().lower()]
    assert held(logged, settings.METRICS_TOKEN, "Quill-token-of-another", canary=canary) == []


# --- what is typed, and what breaks ----------------------------------------------------------------------------------
def addresses_in_parts() -> list[Any]:
    """One part of the addresses in the suite, every one in the long proof."""
    return [pytest.param(0), *(pytest.param(part, marks=pytest.mark.assure) for part in range(1, PARTS))]


def walked(part: int, world: World) -> Iterator[tuple[Address, Person, str]]:
    """The addresses of this part, with somebody who may come; the roles in turn."""
    for turn, address in enumerate(GUARDED[part::PARTS]):
        let_in = [who for role, who in world.people.items() if address.lets_in(role, "POST")]
        if let_in:
            who = let_in[turn % len(let_in)]
            yield address, who, address.url(named(address, world, who).own)


@pytest.mark.parametrize("part", addresses_in_parts())
def test_no_line_holds_what_was_typed_into_any_form(
    part: int, world: World, canary: Canary, logged: io.StringIO
) -> None:
    """Each form of each page is sent with words of the canary in every field, and each address with no form too."""
    values = list(canary.values.values())
    for address, who, url in walked(part, world):
        with taken_back(who.client):
            page = who.client.get(url, {"q": values[0], "sort": values[1]})
            body_of(page)  # a file is read to its end, and so closed
            for form in forms_of(page, url):
                names = [*form.values, *(name for name, _ in form.buttons if name)]
                typed = {name: values[turn % len(values)] for turn, name in enumerate(names)}
                body_of(who.client.post(form.url, typed))
            body_of(who.client.post(url, {f"field{turn}": value for turn, value in enumerate(values)}))
            if address.is_api:
                who.client.post(url, json.dumps(canary.values), content_type="application/json")
                who.client.post(url, json.dumps(canary.values)[:-5], content_type="application/json")

    assert held(logged, canary=canary) == []


def breaks(get_response: Any) -> Any:
    """Every page fails over what was sent to it, first in the database and then in itself."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(request: HttpRequest, *_: object) -> None:
        told = json.dumps([request.path, request.GET, request.POST, dict(request.headers)], default=str)
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT %s::date", [told])
        except Exception as first:
            raise KeyError(told) from first

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


@pytest.mark.parametrize("part", addresses_in_parts())
def test_no_line_and_no_page_holds_what_was_sent_to_a_page_that_fails(
    part: int, world: World, canary: Canary, logged: io.StringIO, settings: Any
) -> None:
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.breaks"]
    told = []
    for _, who, url in walked(part, world):
        browser = Client(raise_request_exception=False, headers={"Referer": "http://testserver/Quillwords/"})
        browser.cookies = who.client.cookies
        with taken_back(browser):
            answer = browser.post(f"{url}?upn={canary.values['youngperson.upn']}", canary.values)
            told.append((answer.status_code, answer.content.decode()))

    assert {status for status, _ in told} == {500}
    assert logged.getvalue().count('"kind": "KeyError"') >= len(told)
    assert held(logged, canary=canary) == []
    assert not [page for _, page in told for value in canary.values.values() if value in page]


REFUSED = {
    "another host": {"path": "/", "headers": {"Host": "Quillwords_.example"}},
    "a host of nobody": {"path": "/", "headers": {"Host": "quillwords.example"}},
    "too many fields": {"path": "/sign-in/", "data": {f"Quillwords{each}": "Quillwords" for each in range(1100)}},
    "no token of the form": {"path": "/sign-in/?next=/Quillwords/", "data": {"login": "Quillwords"}},
    "from elsewhere": {
        "path": "/sign-in/", "data": {"login": "Quillwords"}, "headers": {"Referer": "https://quillwords.example/"},
        "secure": True,
    },
    "a body that is none": {
        "path": "/sign-in/", "data": "Quillwords", "content_type": "multipart/form-data; boundary=Quillwords\x00",
    },
    "nowhere": {"path": "/Quillwords/?upn=Quillwords"},
    "out of its folder": {"path": "/static/../../Quillwords"},
    "a session of nobody": {"path": "/people/", "headers": {"Cookie": "sessionid=Quillwords; csrftoken=Quillwords"}},
    "no method": {"path": "/people/", "method": "Quillwords"},
}  # fmt: skip


@pytest.mark.parametrize("how", REFUSED)
def test_no_line_holds_what_a_refused_request_brought(
    how: str, world: World, canary: Canary, logged: io.StringIO
) -> None:
    asked = dict(REFUSED[how])
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    path, method = asked.pop("path"), asked.pop("method", "")
    answer = (
        browser.generic(method, path)
        if method
        else (browser.post if "data" in asked else browser.get)(path, **asked)
    )

    assert 300 <= answer.status_code < 500
    assert held(logged, "Quillwords", canary=canary) == []
    assert LEFT_OUT in logged.getvalue() or "host" not in how


# --- files and the work on them --------------------------------------------------------------------------------------
def expected_of(world: World) -> Any:
    return ExpectedReturn.objects.get(ref=world.here.returned["expected"])


def files_of(canary: Canary) -> dict[str, bytes]:
    """A list that can be read and is wrong throughout, and what is no list at all."""
    known = list(canary.values.values())
    rows = [["Last name", "First name", "Date of birth", "Quillwords"], known[:4], known[4:8], known[8:12]]
    return {
        "Quillwords.csv": "\r\n".join(",".join(row) for row in rows).encode(),
        "Quillwords.xlsx": b"PK\x03\x04 Quillwords",
        "Quillwords.xml": b"<?xml version='1.0'?><!DOCTYPE Quillwords [<!ENTITY a 'Quillwords'>]><Quillwords>&a;",
        "Quillwords.exe": b"MZ Quillwords",
    }


def takes_file(address: Address, who: Person, world: World) -> tuple[str, str] | None:
    """Where its page sends a file, and as what; nothing where it takes none."""
    url = address.url(named(address, world, who).own)
    if address.is_api:
        return url, "file"
    answer = who.client.get(url)
    content = body_of(answer)  # a file is read to its end, and so closed
    if b'type="file"' not in content:
        return None
    form = next(each for each in html.fromstring(content).forms if each.xpath('.//input[@type="file"]'))
    return urljoin(url, form.get("action") or url), form.xpath('.//input[@type="file"]')[0].name


def who_may(address: Address, world: World) -> Person | None:
    return next((who for role, who in world.people.items() if address.lets_in(role, "POST")), None)


def test_no_line_holds_what_a_file_is_called_or_holds_nor_does_the_work_on_it(
    world: World, canary: Canary, logged: io.StringIO, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each file is sent to each page that takes one, and the workers do what is waiting then."""
    done: set[int] = set()
    for address in (each for each in GUARDED if each.name in TAKES_FILES):
        who = who_may(address, world)
        assert who
        where = takes_file(address, who, world)
        assert where, address.name
        for name, content in files_of(canary).items():
            file = SimpleUploadedFile(name, content, content_type="text/Quillwords")
            body_of(who.client.post(where[0], {where[1]: file, "note": "Quillwords", "why": "Quillwords"}))
            for job in Job.objects.filter(state="waiting").exclude(pk__in=done):
                jobs.run(job_id=job.pk)
                done.add(job.pk)

    assert len(done) >= 3
    assert held(logged, "Quillwords", canary=canary) == []
    written = "".join(capfd.readouterr())
    assert not [value for value in ("Quillwords", *canary.values.values()) if value in written]


@pytest.mark.assure
def test_every_page_that_takes_a_file_is_sent_one(world: World) -> None:
    found = set()
    for address in GUARDED:
        who = who_may(address, world)
        if who and not address.is_api and takes_file(address, who, world):
            found.add(address.name)

    assert found | {"api_return_file"} == TAKES_FILES


def fails(work: Any) -> None:
    raise ValueError(f"{work.payload} could not be read")


def test_no_line_holds_what_a_job_fails_over(
    world: World, canary: Canary, logged: io.StringIO, settings: Any
) -> None:
    """A task that fails over what a broker tells it is told to a real worker in tests/neet/launch/test_run.py."""
    settings.JOB_KINDS = {**settings.JOB_KINDS, "tests.fails": f"{__name__}.fails"}
    job = Job.objects.create(
        kind="tests.fails", payload=dict(canary.values), authority_id=world.here.authority.pk
    )
    Client().get("/health")

    jobs.run(job_id=job.pk)

    job.refresh_from_db()
    assert job.state == "failed"
    assert "Quill" not in job.error
    assert '"kind": "ValueError"' in logged.getvalue()
    assert held(logged, canary=canary) == []
