"""Bring your register in the browser: tried out, taken in, compared, taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from neet import clock
from neet.accounts.models import Installation
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.bring.actions import take_in
from returns.bring.models import Load
from schools.models import Authority
from tests.factories import make_authority, make_user, sign_in
from tests.returns.bring.bringing import bring, do_work, taken, tried, words
from tests.returns.bring.test_return import ADA, facts, file_of
from tracking.models import YoungPerson

pytestmark = pytest.mark.django_db
WATCHING = {"HTTP_HX_REQUEST": "true"}


@pytest.mark.parametrize("role", ["tracking_officer", "manager", "governance", "caseworker"])
def test_only_a_data_officer_brings_a_register(authority: Authority, role: str) -> None:
    assert sign_in(Client(), make_user(role, authority)).get("/bring/").status_code == 404


def test_the_first_page_says_what_to_bring_first(desk: Client) -> None:
    shown = words(desk.get("/bring/"))

    assert "No file yet" in shown
    assert "At most 250 MB" in shown


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "Select a file"),
        ({"kind": "return", "file": SimpleUploadedFile("empty.xml", b"")}, "The selected file is empty"),
        ({"file": SimpleUploadedFile("a.xml", b"x")}, "Select what the file holds"),
    ],
)
def test_what_is_missing_is_said_on_the_form(desk: Client, asked: dict[str, Any], says: str) -> None:
    assert says in words(desk.post("/bring/", asked))


def test_trying_out_shows_what_would_happen_and_changes_nothing(desk: Client) -> None:
    load = tried(desk, file_of(ADA).getvalue())

    shown = words(desk.get(f"/bring/{load.pk}/"))

    assert "What taking it in would do" in shown
    assert "Young people added 1" in shown
    assert not YoungPerson.objects.exists()


def test_taking_in_and_taking_back(desk: Client) -> None:
    before = facts()
    load = taken(desk, file_of(ADA).getvalue())
    assert YoungPerson.objects.count() == 1

    desk.post(f"/bring/{load.pk}/undo/", {"why": "The wrong month"})
    do_work()

    assert facts() == before
    shown = words(desk.get(f"/bring/{load.pk}/"))
    assert "Taken back" in shown
    assert "The wrong month" in shown
    assert AuditEvent.objects.latest("pk").why == "The wrong month"


def test_nobody_waits_while_a_file_is_taken_back(desk: Client) -> None:
    load = taken(desk, file_of(ADA).getvalue())

    desk.post(f"/bring/{load.pk}/undo/", {"why": "The wrong month"})
    desk.post(f"/bring/{load.pk}/undo/", {"why": "The wrong council"})

    shown = words(desk.get(f"/bring/{load.pk}/"))
    assert "Taking the file back" in shown
    assert "Why is it taken back?" not in shown
    assert YoungPerson.objects.exists()
    assert Job.objects.filter(kind="bring.load_taken_back").count() == 1
    do_work()
    load.refresh_from_db()
    assert (load.state, load.undone_why) == (Load.State.UNDONE, "The wrong month")


def test_what_somebody_changed_since_is_said_to_stay(desk: Client) -> None:
    load = taken(desk, file_of(ADA).getvalue())
    person = YoungPerson.objects.get()
    person.known_as = "Addy"
    person.save()

    desk.post(f"/bring/{load.pk}/undo/", {"why": "The wrong month"})
    do_work()

    shown = words(desk.get(f"/bring/{load.pk}/"))
    assert "Not taken back" in shown
    assert "that somebody changed since" in shown


def test_taking_back_that_failed_says_so_and_may_be_asked_for_again(desk: Client) -> None:
    load = taken(desk, file_of(ADA).getvalue())
    desk.post(f"/bring/{load.pk}/undo/", {"why": "The wrong month"})
    Job.objects.filter(kind="bring.load_taken_back").update(
        state=Job.State.FAILED, error="The database was away.", finished_at=clock.now()
    )

    shown = words(desk.get(f"/bring/{load.pk}/"))

    assert "The database was away." in shown
    assert "Why is it taken back?" in shown


def test_taking_back_asks_why(desk: Client) -> None:
    load = taken(desk, file_of(ADA).getvalue())

    answer = desk.post(f"/bring/{load.pk}/undo/", {"why": ""})

    assert "Enter why it is taken back" in words(answer)
    assert YoungPerson.objects.exists()


def test_figures_stand_beside_the_published_ones(desk: Client) -> None:
    load = taken(desk, file_of(ADA).getvalue())

    shown = words(desk.get(f"/bring/{load.pk}/?cohort=3&neet=0"))

    assert "Young people aged 16 and 17 1 3 -2" in shown
    assert "Not known 0 not entered" in shown


def test_records_of_another_authority_are_listed_as_not_taken(desk: Client) -> None:
    load = tried(
        desk, file_of(ADA, ADA._replace(young_persons_id="7770000000002", lead_lea="888")).getvalue()
    )

    shown = words(desk.get(f"/bring/{load.pk}/"))

    assert "This authority has no register here, or is not yours to load" in shown
    assert load.counts["people_added"] == 1
    assert AuditEvent.objects.filter(kind="bring.load_read").exists()


def test_the_same_file_sent_twice_is_one_load(desk: Client) -> None:
    for _ in range(2):
        bring(desk, file_of(ADA).getvalue())

    assert Load.objects.count() == Job.objects.count() == StoredFile.objects.count() == 1


def test_clicking_take_it_in_twice_takes_it_in_once(desk: Client) -> None:
    load = tried(desk, file_of(ADA).getvalue())

    for _ in range(2):
        desk.post(f"/bring/{load.pk}/take/")
    do_work()
    desk.post(f"/bring/{load.pk}/take/")

    assert Job.objects.filter(kind="bring.register_taken_in").count() == 1
    assert YoungPerson.objects.count() == 1


def test_a_file_set_aside_is_not_taken_in_afterwards(desk: Client) -> None:
    load = tried(desk, file_of(ADA).getvalue())
    desk.post(f"/bring/{load.pk}/discard/")

    desk.post(f"/bring/{load.pk}/take/")
    do_work()

    assert not YoungPerson.objects.exists()
    assert "No file yet" in words(desk.get("/bring/"))


def test_a_job_killed_midway_is_done_again_from_the_start(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = tried(desk, file_of(ADA).getvalue())
    desk.post(f"/bring/{load.pk}/take/")
    job = Job.objects.get(kind="bring.register_taken_in")
    jobs.take(job_id=job.pk)  # a worker begins and dies: nothing of its work committed
    Job.objects.filter(pk=job.pk).update(beat_at="2025-11-20T09:00Z")

    assert not YoungPerson.objects.exists()
    jobs.run(job_id=job.pk)

    load.refresh_from_db()
    assert (load.state, YoungPerson.objects.count()) == (Load.State.TAKEN, 1)


def test_a_worker_that_was_taken_over_writes_nothing(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    load = tried(desk, file_of(ADA).getvalue())
    desk.post(f"/bring/{load.pk}/take/")
    job = Job.objects.get(kind="bring.register_taken_in")
    monkeypatch.setattr("returns.bring.tasks.actions.take_in", taken_over(job))

    jobs.run(job_id=job.pk)

    assert Load.objects.get().state == Load.State.TRIED
    assert not YoungPerson.objects.exists()


def taken_over(job: Job) -> Callable[..., Load]:
    """Taking in as it is, while another worker begins the same job."""

    def slow(**asked: Any) -> Load:
        load = take_in(**asked)
        Job.objects.filter(pk=job.pk).update(attempt=2)
        return load

    return slow


def test_a_page_that_watches_is_made_new_when_the_work_is_done(desk: Client) -> None:
    bring(desk, file_of(ADA).getvalue())
    here = f"/bring/{Load.objects.get().pk}/"
    assert "Trying the file out" in words(desk.get(here, **WATCHING))

    do_work()

    assert desk.get(here, **WATCHING)["HX-Refresh"] == "true"


def test_a_demonstration_takes_no_register(desk: Client, settings: Any) -> None:
    settings.DEMO = True
    Installation.objects.update_or_create(pk=1, defaults={"is_demonstration": True})

    answer = bring(desk, file_of(ADA).getvalue())

    assert "A real register cannot be brought here" in words(answer)
    assert not Load.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_load_of_another_authority_is_not_found(desk: Client, authority: Authority) -> None:
    load = Load.objects.create(authority=make_authority(), kind="return", state="tried", sha256="0" * 64)

    assert desk.get(f"/bring/{load.pk}/").status_code == 404
    for act in ("take", "undo", "discard"):
        assert desk.post(f"/bring/{load.pk}/{act}/").status_code == 404


def test_statements_do_not_grow_with_what_was_not_taken(
    desk: Client, django_assert_max_num_queries: Any
) -> None:
    counted = []
    for number in (1, 40):
        wrong = [ADA._replace(young_persons_id=f"{number}{each}") for each in range(number)]
        load = tried(desk, file_of(*wrong).getvalue())
        with django_assert_max_num_queries(30) as asked:
            desk.get(f"/bring/{load.pk}/")
        counted.append(len(asked))

    assert counted[0] == counted[1]
