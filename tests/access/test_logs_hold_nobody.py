"""Whatever is typed, sent or broken: no line of any log, no number watched from outside and no mail to the
people who run the system holds a word of it."""

import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from lxml import html

from neet.jobs import actions as jobs
from neet.jobs.models import Job
from neet.logs import LEFT_OUT
from tests.access.addresses import Address, named
from tests.access.asking import body_of, taken_back
from tests.access.canary import Canary
from tests.access.lines import held
from tests.access.sending import forms_of
from tests.access.test_matrix import GUARDED
from tests.access.world import Person, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_with_real_people")]

TAKES_FILES = {
    "api_return_file", "due_return", "bring_register", "bring_list", "reply_new", "load_published", "put_out_file",
    "tables:schools_establishment_import", "tables:schools_contact_import", "tables:tracking_referencerow_import",
    "bring_return",
}  # fmt: skip
PARTS = 5  # of the addresses one part is walked each time, all of them in the long proof


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
