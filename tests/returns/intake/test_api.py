"""Returns from programs: the same road as the pages, nobody else's returns, and nothing twice."""

from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from neet.accounts.scope import Place
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.actions import run
from neet.jobs.models import Job
from returns.intake.models import Intake
from schools.actions.tokens import make_token
from tests.factories import (
    make_authority,
    make_college,
    make_expected,
    make_intake,
    make_school,
    make_user,
    seed_reference,
)

pytestmark = pytest.mark.django_db
HEADINGS = "Last name,First name,Date of birth,Gender,Address line 1,Postcode,Year group,What they are doing,Start date"
ADA = "Ambler,Ada,14/05/2009,F,1 Mill Lane,ZZ1 1ZZ,12,210,01/09/2026"
BRAM = "Brook,Bram,31/02/2009,M,2 Mill Lane,ZZ1 1ZZ,12,210,01/09/2026"


@pytest.fixture(autouse=True)
def _ready(monkeypatch, settings, tmp_path):
    monkeypatch.setenv("DJANGO_NOW", "2026-09-20T10:00")
    settings.MEDIA_ROOT = tmp_path
    cache.clear()
    seed_reference()


@pytest.fixture
def authority():
    return make_authority(code="886")


@pytest.fixture
def school(authority):
    return make_school(la_code="886", number="8864001")


@pytest.fixture
def expected(authority, school):
    return make_expected(school, authority=authority)


class Program:
    """A system account of one place."""

    def __init__(self, role, authority, school=None, *, can_submit=True):
        place = Place(role, authority.pk, school.pk if school else None, can_submit=can_submit)
        made = make_token(name="MIS", place=place, days=30, by=make_user("system_admin"))
        self.client = Client(headers={"Authorization": f"Bearer {made.secret}"})

    def get(self, name, *args):
        return self.client.get(reverse(name, args=args))

    def post(self, name, ref, data=None):
        return self.client.post(reverse(name, args=[ref]), data or {})

    def bring(self, expected, *rows, **more):
        content = "\r\n".join([HEADINGS, *rows]).encode()
        file = SimpleUploadedFile("export.csv", content, content_type="text/csv")
        return self.post("api_return_file", expected.ref, {"file": file, **more})


@pytest.fixture
def program(authority, school):
    return Program("school_user", authority, school)


def work() -> None:
    """The worker does what is waiting."""
    for job in Job.objects.filter(state="waiting").order_by("pk"):
        run(job_id=job.pk)


def test_what_is_due_is_listed(program, expected):
    (line,) = program.get("api_returns").json()["results"]

    assert line["ref"] == str(expected.ref)
    assert (line["state"], line["due_on"], line["sent"]) == ("Not started", "2026-09-25", None)
    assert program.get("api_return", expected.ref).json() == line


def test_a_file_is_brought_checked_sent_and_taken_back(program, expected):
    brought = program.bring(expected, ADA, BRAM, privacy_notice_on="2026-09-01")
    assert brought.status_code == 202
    sent = brought.json()["ref"]
    assert (brought.json()["state"], brought.json()["is_busy"]) == ("uploaded", True)
    work()

    checked = program.get("api_sent", sent).json()
    assert (checked["state"], checked["is_busy"], checked["counts"]["rows"]) == ("checked", False, 2)
    (wrong,) = [each for each in checked["problems"] if each["severity"] == "error"]
    assert (wrong["row"], wrong["column"], wrong["value"]) == (3, "date_of_birth", "31/02/2009")
    assert "28 days" in wrong["why"]

    assert program.post("api_sent_confirm", sent).status_code == 202
    work()
    assert program.get("api_sent", sent).json()["state"] == "confirmed"
    assert program.post("api_sent_confirm", sent).status_code == 200
    assert program.get("api_return", expected.ref).json()["state"] == "Sent"

    assert program.post("api_sent_withdraw", sent, {"why": "Wrong year"}).status_code == 202
    work()
    assert program.get("api_sent", sent).json()["state"] == "withdrawn"
    assert Intake.objects.get().channel == "program"


def test_the_same_file_again_is_the_same_return(program, expected):
    first = program.bring(expected, ADA)
    again = program.bring(expected, ADA)

    assert (first.status_code, again.status_code) == (202, 200)
    assert first.json()["ref"] == again.json()["ref"]
    assert (Intake.objects.count(), Job.objects.count()) == (1, 1)
    assert StoredFile.objects.count() == 1


def test_a_program_that_only_brings_does_not_send(authority, school, expected):
    contributor = Program("school_user", authority, school, can_submit=False)
    sent = contributor.bring(expected, ADA).json()["ref"]
    work()

    assert contributor.post("api_sent_confirm", sent).status_code == 404
    assert contributor.post("api_sent_withdraw", sent).status_code == 404
    assert Intake.objects.get().state == "checked"


def test_another_establishments_return_is_not_there(authority, school, program):
    others = [
        make_expected(make_school(la_code="886"), authority=authority),
        make_expected(make_college(), authority=authority),
        make_expected(school, authority=make_authority()),
    ]
    for other in others:
        intake = make_intake(other)
        assert program.get("api_return", other.ref).status_code == 404
        assert program.bring(other, ADA).status_code == 404
        assert program.get("api_sent", intake.ref).status_code == 404
        assert program.post("api_sent_confirm", intake.ref).status_code == 404
        assert program.post("api_sent_withdraw", intake.ref).status_code == 404
    assert program.get("api_returns").json()["results"] == []
    assert not StoredFile.objects.exists()


def test_the_councils_program_brings_for_any_of_its_establishments(authority, expected):
    council = Program("mi_officer", authority)

    assert council.bring(expected, ADA).status_code == 202
    assert council.get("api_returns").json()["results"][0]["state"] == "Being checked"


def test_who_sees_no_records_neither_reads_nor_brings(authority, expected):
    reader = Program("manager", authority)

    assert reader.get("api_return", expected.ref).status_code == 404
    assert reader.bring(expected, ADA).status_code == 404


def test_what_cannot_be_read_says_why(program, expected):
    assert program.post("api_return_file", expected.ref).json() == {"file": ["No file was submitted."]}
    sent = program.bring(expected).json()["ref"]
    work()

    answer = program.get("api_sent", sent).json()
    assert answer["state"] == "refused"
    assert answer["refusal"]


def test_what_cannot_be_done_now_is_a_conflict_in_words(program, expected):
    intake = make_intake(expected, state="refused")

    answer = program.post("api_sent_confirm", intake.ref)

    assert answer.status_code == 409
    assert "could not be read" in answer.json()["detail"]
    expected.collection.closed_on = date(2026, 9, 19)
    expected.collection.save()
    closed = program.bring(expected, ADA)
    assert closed.status_code == 409
    assert "takes no more answers" in closed.json()["detail"]


def test_what_is_asked_is_explained_for_one_row_or_for_all(program, expected):
    old = "14/05/2009", "14/05/2007"
    rows = [
        ADA.replace("Ada", name).replace(*old).replace("Mill", road)
        for name, road in (("Ada", "Elm"), ("Eve", "Oak"))
    ]
    sent = program.bring(expected, *rows).json()["ref"]
    work()
    asked = [each for each in program.get("api_sent", sent).json()["problems"] if each["severity"] == "query"]
    about = {name: asked[0][name] for name in ("kind", "column")}
    rows = sorted(each["row"] for each in asked if each["kind"] == about["kind"])

    one = program.post("api_sent_explain", sent, {**about, "row": rows[0], "explained": "A year behind"})
    explained = {
        each["row"]: each["explained"] for each in one.json()["problems"] if each["kind"] == about["kind"]
    }
    assert explained == {rows[0]: "A year behind", rows[1]: ""}
    both = program.post("api_sent_explain", sent, {**about, "explained": "Both repeat"}).json()

    assert {each["explained"] for each in both["problems"] if each["kind"] == about["kind"]} == {
        "Both repeat"
    }
    assert both["counts"]["queries"] < one.json()["counts"]["queries"]


def test_what_has_to_be_changed_is_not_explained_away(program, expected):
    sent = program.bring(expected, ADA, BRAM).json()["ref"]
    work()

    about = {"kind": "no_such_day", "column": "date_of_birth", "row": 3, "explained": "It is right"}
    assert program.post("api_sent_explain", sent, about).status_code == 409
    assert program.post("api_sent_explain", sent, {**about, "row": 2}).status_code == 400
    assert program.post("api_sent_explain", sent, {"kind": "no_such_day"}).status_code == 400


def test_files_are_limited_by_the_minute(program, expected, settings, monkeypatch):
    monkeypatch.setattr("returns.intake.api.BringThrottle.rate", "2/min", raising=False)
    answers = [program.bring(expected, ADA).status_code for _ in range(3)]

    assert answers == [202, 200, 429]


def test_a_look_at_the_rows_stands_in_the_trail(program, expected):
    sent = program.bring(expected, ADA, BRAM).json()["ref"]
    before = AuditEvent.objects.filter(kind="intake.rows_read").count()

    program.get("api_sent", sent)

    assert AuditEvent.objects.filter(kind="intake.rows_read").count() == before + 1


def test_the_list_needs_as_many_statements_for_many_as_for_few(authority, assert_statements):
    council = Program("mi_officer", authority)
    for _ in range(12):
        make_intake(make_expected(make_school(la_code="886"), authority=authority))
    council.get("api_returns")

    with assert_statements(12):
        assert len(council.get("api_returns").json()["results"]) == 12


WITH_A_NUMBER = f"{HEADINGS},UPN"
NUMBERED = f"{ADA},N886120000220"


def test_the_day_of_the_privacy_notice_comes_with_the_file_or_when_it_is_sent(program, expected, monkeypatch):
    monkeypatch.setattr("tests.returns.intake.test_api.HEADINGS", WITH_A_NUMBER)
    sent = program.bring(expected, NUMBERED).json()["ref"]
    work()

    without = program.post("api_sent_confirm", sent)
    assert without.status_code == 409
    assert "privacy notice" in without.json()["detail"]
    assert "privacy_notice_on" in without.json()["detail"]
    assert program.post("api_sent_confirm", sent, {"privacy_notice_on": "soon"}).status_code == 400

    assert program.post("api_sent_confirm", sent, {"privacy_notice_on": "2026-09-01"}).status_code == 202
    work()
    intake = Intake.objects.get()
    assert (intake.state, intake.notice_issued_on) == ("confirmed", date(2026, 9, 1))


def test_a_file_that_cannot_be_read_does_not_stand_before_one_that_can(program, expected):
    good = program.bring(expected, ADA).json()["ref"]
    work()
    bad = program.bring(expected).json()["ref"]
    work()

    assert program.get("api_sent", bad).json()["state"] == "refused"
    assert program.get("api_return", expected.ref).json()["sent"] == good
    assert program.post("api_sent_confirm", good).status_code == 202


def test_the_schema_names_them(program):
    paths = program.get("api_schema")

    assert b"/api/v1/returns/{ref}/file/" in paths.content
    assert b"multipart/form-data" in paths.content
    assert b"NoticeAsked" in paths.content
