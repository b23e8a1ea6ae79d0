"""After a whole day's work on one record nothing of it stands in logs, mail, sessions, cache, jobs or the trail."""

import base64
import io
import pickle
from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from neet.accounts.models import Session
from neet.accounts.sessions import SessionStore
from neet.jobs.models import Job
from tests.access.canary import Canary, plant, searched, walk
from tests.access.world import World, build_person
from tracking.register.views import person as person_pages

pytestmark = pytest.mark.django_db

HOLDS_PEOPLE = "tracking_"  # the register itself; everything else may hold nothing of them


@pytest.fixture
def canary(world: World) -> Canary:
    here = world.here
    return plant("Quill", school=here.school, district=here.district, service=here.service)


def work_on(client: Client, canary: Canary) -> list[str]:
    """Find them, read everything, change what can be changed, hide the record; the addresses met on the way."""
    known, record = canary.values, f"/people/{canary.person.ref}/"
    walked = walk(client, record, *(searched(client, value) for value in known.values()))
    typed = {
        "notes/add/": {"text": known["note.text"]},
        "tasks/add/": {"words": known["task.words"]},
        "contact/add/": {"kind": "mobile", "value": known["contactpoint.value"], "whose": "own"},
        "address/": {"line_1": known["residence.line_1"], "postcode": known["residence.postcode"]},
        "details/": {name.partition(".")[2]: value for name, value in known.items() if "youngperson" in name},
        "activity/record/": {"step": "save", "code": "619", "place": known["residence.line_1"]},
    }
    for page, answers in typed.items():
        answer = client.post(record + page, answers)
        assert answer.status_code in {200, 302, 404}
        walked.asides += [f"{name}: {value}" for name, value in answer.items()]
        walked.asides += [f"cookie {each.OutputString()}" for each in answer.cookies.values()]
    client.post(f"{record}nowhere/{known['youngperson.upn']}/")
    return walked.asides


def meant(canary: Canary, text: str) -> list[str]:
    """Which of the canary's values stand in this text."""
    lowered = text.lower()
    return [name for name, value in canary.values.items() if value.lower() in lowered]


@pytest.mark.parametrize("role", ["tracking_officer", pytest.param("mi_officer", marks=pytest.mark.assure)])
def test_nothing_of_a_day_s_work_stands_where_it_does_not_belong(
    role: str, canary: Canary, world: World, logged: io.StringIO
) -> None:
    """One day's work, as it takes long, and every place looked through after it."""
    asides = work_on(world.people[role].client, canary)

    assert "request" in logged.getvalue()
    assert meant(canary, logged.getvalue()) == []
    assert meant(canary, "".join(str(each.message()) for each in mail.outbox)) == []
    assert meant(canary, "\n".join(asides)) == []
    assert in_other_tables(canary) == {}
    assert meant(canary, "\n".join(in_passing())) == []
    number, rows = in_the_trail(canary)
    assert number > 5
    assert meant(canary, rows) == []
    assert str(date(2009, 5, 14)) not in rows


def in_other_tables(canary: Canary) -> dict[str, list[str]]:
    """What of them stands in any table but the register's, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if not table.startswith(HOLDS_PEOPLE):
                cursor.execute(f'SELECT coalesce(string_agg(t::text, chr(10)), $$$$) FROM "{table}" t')
                found[table] = meant(canary, cursor.fetchone()[0])
    return {table: values for table, values in found.items() if values}


def in_passing() -> list[str]:
    """All that sessions, cache and jobs hold."""
    kept = [str(SessionStore().decode(each.session_data)) for each in Session.objects.all()]
    assert kept
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM shared_cache")
        kept += [f"{key} {pickle.loads(base64.b64decode(value))}" for key, value in cursor.fetchall()]
    return kept + [f"{job.payload} {job.counts} {job.error}" for job in Job.objects.all()]


def in_the_trail(canary: Canary) -> tuple[int, str]:
    """How many events of the trail are about them, and all that these hold."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), string_agg(t::text, ' ') FROM audit_auditevent t WHERE %s = ANY(subjects)",
            [canary.person.pk],
        )
        return cursor.fetchone()


def test_a_page_that_fails_says_nothing_of_anybody(
    canary: Canary, world: World, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError(f"{canary.values} could not be read")

    monkeypatch.setattr(person_pages, "read_page", fails)
    client = build_person("tracking_officer", world.here).client
    client.raise_request_exception = False

    answer = client.get(f"/people/{canary.person.ref}/", {"q": canary.values["youngperson.upn"]})

    page = answer.content.decode()
    assert answer.status_code == 500
    assert not [told for told in ("Traceback", "read_page", "ValueError") if told in page]
    assert meant(canary, page) == []
    assert '"kind": "ValueError"' in logged.getvalue()
    assert meant(canary, logged.getvalue()) == []


def test_a_form_that_fails_says_nothing_of_what_was_typed(
    canary: Canary, world: World, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError(f"{canary.values}")

    monkeypatch.setattr("tracking.register.views.notes.write_note", fails)
    client = world.people["tracking_officer"].client
    client.raise_request_exception = False

    answer = client.post(f"/people/{canary.person.ref}/notes/add/", {"text": canary.values["note.text"]})

    client.raise_request_exception = True
    assert answer.status_code == 500
    assert meant(canary, answer.content.decode() + logged.getvalue()) == []
