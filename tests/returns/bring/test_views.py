"""Bring your register in the browser: tried out, taken in, compared, taken back; wrong files in plain words."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags
from xlsxwriter import Workbook

from neet import clock
from neet.accounts.models import Installation
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs import actions as jobs
from neet.jobs.models import Job
from returns.bring.actions import take_in
from returns.bring.models import Load
from schools.models import Authority
from tests.factories import make_authority, make_person, make_user, seed_reference, sign_in
from tests.returns.bring.test_return import ADA, facts, file_of
from tracking.models import ContactPoint, YoungPerson

pytestmark = pytest.mark.django_db
WATCHING = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Authority:
    monkeypatch.setenv("DJANGO_NOW", "2025-11-20T10:00")
    settings.MEDIA_ROOT = tmp_path
    seed_reference()
    return make_authority(code="777", database_id="777")


@pytest.fixture
def desk(authority: Authority) -> Client:
    return sign_in(Client(), make_user("mi_officer", authority))


def words(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode().replace("<", " <")).split())


def bring(desk: Client, content: bytes, kind: str = "return", name: str = "file.xml") -> Any:
    return desk.post("/bring/", {"kind": kind, "file": SimpleUploadedFile(name, content)})


def do_work() -> None:
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        jobs.run(job_id=job.pk)


def tried(desk: Client, content: bytes, **asked: str) -> Load:
    """Brought and tried out."""
    assert bring(desk, content, **asked).status_code == 302
    do_work()
    return Load.objects.latest("pk")


def taken(desk: Client, content: bytes, **asked: str) -> Load:
    load = tried(desk, content, **asked)
    desk.post(f"/bring/{load.pk}/take/")
    do_work()
    load.refresh_from_db()
    assert load.state == Load.State.TAKEN
    return load


def sheet(rows: list[list[Any]]) -> bytes:
    kept = io.BytesIO()
    with Workbook(kept, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(at, column, cell)
    return kept.getvalue()


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


def bomb() -> bytes:
    return b'<!DOCTYPE NCCIS [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><NCCIS>&b;</NCCIS>'


def outside() -> bytes:
    return b'<!DOCTYPE NCCIS [<!ENTITY a SYSTEM "file:///etc/passwd">]><NCCIS>&a;</NCCIS>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            lambda: file_of(ADA, ADA._replace(young_persons_id="7770000000002")).getvalue()[:-900],
            "breaks off",
        ),
        (bomb, "DOCTYPE holds declarations"),
        (outside, "DOCTYPE holds declarations"),
        (lambda: b"<Returns><FileHeader/></Returns>", "not an NCCIS return"),
        (lambda: b"number,mobile\n7770000000001,07700 900001\n", "not an XML file"),
        (lambda: sheet([["CCIS number"], ["7770000000001"]]), "not an XML file"),
        (lambda: b"\x00\xff" * 500, "XML"),
        (lambda: file_of(ADA).getvalue().replace(b"Ada", b"Ada & Eve"), "&amp;"),
        (lambda: file_of(ADA, period_end="31/10/2025").getvalue(), "PeriodEnd"),
    ],
)
def test_a_wrong_file_is_refused_in_plain_words_and_the_next_one_goes(
    desk: Client, content: Callable[[], bytes], says: str
) -> None:
    load = tried(desk, content())

    shown = words(desk.get(f"/bring/{load.pk}/"))

    assert load.state == Load.State.REFUSED
    assert says in load.refusal
    assert "Nothing was taken" in shown
    assert not YoungPerson.objects.exists()
    assert taken(desk, file_of(ADA).getvalue()).counts["people_added"] == 1


def test_a_file_over_the_limit_is_refused_with_the_limit(desk: Client, settings: Any) -> None:
    settings.LARGEST_FILE = 1 << 20

    answer = bring(desk, b"<NCCIS>" + b" " * (1 << 20))

    assert "The file is larger than 1 MB" in words(answer)
    assert not Load.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (lambda: file_of(ADA).getvalue(), "This is an XML file"),
        (lambda: b"Colour,Size\nred,3\n", "No column names the young people"),
        (lambda: b"CCIS number,Colour\n7770000000001,red\n", "holds nothing about them"),
        (lambda: b"PK\x03\x04 not a workbook", "."),
    ],
)
def test_a_wrong_table_is_refused_in_plain_words(
    desk: Client, content: Callable[[], bytes], says: str
) -> None:
    load = tried(desk, content(), kind="contacts", name="file.csv")

    assert load.state == Load.State.REFUSED
    assert says in load.refusal
    assert "Traceback" not in load.refusal


def test_formulas_of_a_workbook_are_not_worked_out(desk: Client, authority: Authority) -> None:
    person = make_person(authority)

    taken(
        desk,
        sheet([["CCIS number", "Mobile"], [person.young_person_id, '=HYPERLINK("http://x","y")']]),
        kind="contacts",
        name="file.xlsx",
    )

    assert not ContactPoint.objects.filter(value__contains="http").exists()


def test_a_zip_that_unpacks_to_gigabytes_is_given_up(desk: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/worksheets/sheet1.xml", b" " * (450 << 20))

    load = tried(desk, packed.getvalue(), kind="contacts", name="file.xlsx")

    assert load.state == Load.State.REFUSED


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
