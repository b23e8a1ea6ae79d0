"""What is watched from outside tells how the system does, and nothing of anybody."""

import shutil
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from neet import clock
from neet.audit.actions import note
from neet.audit.kinds import Kind
from neet.jobs.models import DueWork, Job
from neet.messages.models import Message
from neet.watching.queries import measures

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-thirty-two-letters-or-so"


def job(state: str, **fields: object) -> Job:
    return Job.objects.create(kind="intake.checked", state=state, **fields)


def read(client: Client, token: str = TOKEN) -> dict[tuple[str, ...], float]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_the_numbers_are_those_of_the_database(client: Client, settings) -> None:
    settings.METRICS_TOKEN, now = TOKEN, clock.now()
    job("waiting", created_at=now - timedelta(minutes=5))
    job("waiting", queue="large")
    job("failed", finished_at=now - timedelta(hours=3))
    job("failed", finished_at=now - timedelta(days=3))
    due = {"template": "returns_due", "recipient_kind": "user", "recipient_id": 1}
    Message.objects.create(**due, due_at=now - timedelta(minutes=2))
    Message.objects.create(**due, due_at=now + timedelta(hours=2))
    DueWork.objects.create(name="register", day=clock.today() - timedelta(days=2), done_at=now)
    note(Kind.SIGN_IN_FAILED, by=None, authority_id=None)

    found = read(client)

    assert found["neet_jobs", "small", "waiting"] == found["neet_jobs", "large", "waiting"] == 1
    assert 300 <= found["neet_jobs_oldest_seconds", "small"] < 360
    assert found["neet_jobs_failed_lately", "small"] == 1
    assert (found["neet_messages_waiting",], found["neet_messages_failed_lately",]) == (1, 0)
    assert 120 <= found["neet_messages_oldest_seconds",] < 180
    assert found["neet_due_work_behind_days", "register"] == 2
    assert found["neet_due_work_behind_days", "returns"] == -1
    assert found["neet_refused_lately",] == 1
    assert found["neet_database_bytes",] > 1_000_000


@pytest.mark.parametrize("brought", ["", "Bearer ", f"Bearer {TOKEN}x", TOKEN[:-1], "Bearer \xe9"])
def test_without_the_token_there_are_no_numbers(client: Client, settings, brought: str) -> None:
    settings.METRICS_TOKEN = TOKEN

    assert client.get("/metrics", headers={"Authorization": brought}).status_code == 404


@pytest.mark.parametrize("brought", ["", "Bearer "])
def test_where_no_token_is_set_there_is_no_such_page(client: Client, brought: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": brought})

    assert answer.status_code == 404


def test_the_numbers_take_the_same_few_statements_however_much_waits(
    client: Client, django_assert_num_queries
) -> None:
    for _ in range(30):
        job("waiting")

    with django_assert_num_queries(7):
        assert list(measures(clock.now()))


def test_a_host_is_ready_and_says_whether_the_broker_answers(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"

    answer = client.get("/ready")

    assert (answer.status_code, answer.json()["missing"]) == (200, [])
    assert answer.json()["broker"] in {"answers", "does not answer"}


def test_a_host_of_another_version_or_without_room_is_not_ready(client: Client, settings, tmp_path) -> None:
    settings.MEDIA_ROOT, settings.LEAST_ROOM = tmp_path, shutil.disk_usage(tmp_path).total + 1
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")

    answer = client.get("/ready")

    assert answer.status_code == 503
    assert answer.json()["missing"] == [
        "the database is not at this version",
        "there is hardly any room left for files",
    ]


def test_health_answers(client: Client) -> None:
    assert client.get("/health").json() == {"database": "answers"}
