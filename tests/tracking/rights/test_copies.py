"""The copy of a record: every table told, read through, held back, looked at twice, set, given, forgotten."""

import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet import clock
from neet.audit.models import AuditEvent
from neet.files.models import StoredFile
from neet.jobs.actions import run
from neet.jobs.models import Job
from tests.factories import (
    make_expected,
    make_intake,
    make_note,
    make_row,
    make_school,
    make_user,
    sign_in,
)
from tests.pdf import text_of
from tests.tracking.rights.conftest import Council
from tracking.figures.models import MonthRecord
from tracking.register.models import Note, YoungPerson
from tracking.register.people_tables import direct, hanging
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rights.actions.copies import (
    agree,
    ask_to_gather,
    forget_given,
    gather,
    hand_over,
    read_through,
    release,
    send_back,
    set_ready,
    treat,
)
from tracking.rights.models import Copy, Entry, RightsRequest
from tracking.rights.papers import goes_out, json_of
from tracking.rights.queries.copies import notes_to_release, sums_of
from tracking.rights.queries.gathering import gathered
from tracking.rights.statements import Treatment
from tracking.rights.telling import Words, said
from tracking.rights.told import told


def nothing() -> None:
    """Nobody took the work away."""


@pytest.fixture
def copy(asked: RightsRequest, council: Council) -> Copy:
    return gather(request=asked, by=council.governance, still_mine=nothing)


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_every_table_that_leads_to_a_young_person_is_told_or_withheld_with_a_reason() -> None:
    leading = {YoungPerson._meta.label, *(each.model for each in (*direct(), *hanging()))}

    assert leading == set(told()), (
        "add the table to tracking/rights/told.csv: how it is told, or why it is not"
    )
    for line in told().values():
        assert bool(line.title) ^ bool(line.withheld), line.model
        assert {each.name for each in apps.get_model(line.model)._meta.get_fields()} >= {
            path.split("__")[0]
            for path in (*line.at, *line.came_from, *filter(None, [line.service]), *(p for p, _ in line.more))
        }, line.model


def test_gathered_tells_the_story_in_order_with_what_stood_there_before(council: Council) -> None:
    YoungPerson.objects.filter(pk=council.person.pk).update(family_name="Brook")

    parts = gathered(YoungPerson.objects.get(pk=council.person.pk), clock.today())

    said = {part.title: part for part in parts}
    assert "What you did: At college, full time (230)" in said
    assert said["A note"].text == "Note: Talked about plumbing."
    assert "was \u201cAmbler\u201d, then \u201cBrook\u201d" in said["Changed: Your record"].text
    assert next(part.title for part in parts if part.at) == "An address of yours"
    assert said["A task for a colleague: Ring Rowan Ambler back"].names_others
    assert [p.names_others for p in parts if p.title == "A way to reach you"] == [False, True]
    assert council.officer.name not in " ".join(part.text + part.came_from for part in parts)


def test_gathered_names_who_opened_the_record_by_their_work(council: Council, client: Any) -> None:
    sign_in(client, council.officer).get(f"/people/{council.person.ref}/")

    opened = [part for part in gathered(council.person, clock.today()) if part.about == "audit.AuditEvent"]
    assert "tracking officer" in opened[-1].title
    assert "Person read: once" in opened[-1].text


def test_gathered_asks_as_often_for_a_long_record(council: Council, django_assert_num_queries: Any) -> None:
    with CaptureQueriesContext(connection) as before:
        gathered(council.person, clock.today())
    Note.objects.bulk_create(Note(person=council.person, text=f"Note {n}") for n in range(2_000))

    with django_assert_num_queries(len(before)):
        assert len(gathered(council.person, clock.today())) > 2_000


def test_copy_needs_identity_and_a_request_for_a_copy(council: Council, asked: RightsRequest) -> None:
    RightsRequest.objects.filter(pk=asked.pk).update(identity_on=None)
    asked.refresh_from_db()

    with pytest.raises(NotRight, match="sure who asks"):
        ask_to_gather(request=asked, by=council.governance)
    with pytest.raises(NotPermitted):
        gather(request=asked, by=council.officer, still_mine=nothing)


def test_gather_is_a_job_that_says_what_it_did(council: Council, asked: RightsRequest) -> None:
    job = ask_to_gather(request=asked, by=council.governance)

    run(job_id=job.pk)

    done = Job.objects.get(pk=job.pk)
    assert (done.state, done.error) == ("done", "")
    assert done.counts["parts"] == Entry.objects.count() > 8


def test_treat_holds_back_and_replaces_and_says_why(copy: Copy, council: Council) -> None:
    task = copy.entries.get(about="tracking.Task")
    note = copy.entries.get(about="tracking.Note")

    treat(entry=task, treatment=Treatment(held="others"), by=council.governance)
    treat(entry=note, treatment=Treatment(replaced="Talked.", is_replaced=True), by=council.governance)

    task.refresh_from_db()
    note.refresh_from_db()
    assert goes_out(task).held == "Held back: it is about somebody else"
    assert "Rowan" not in goes_out(task).title + goes_out(task).text
    assert (goes_out(note).text, goes_out(note).held) == ("Talked.", "")
    with pytest.raises(NotRight):
        treat(entry=note, treatment=Treatment(is_replaced=True), by=council.governance)


def test_values_without_words_of_their_own_are_told_plainly() -> None:
    words, month = Words(None, {}), MonthRecord(status="NOT_KNOWN", reason="year_11")  # type: ignore[arg-type]  # no codes

    assert (said(month, "status", words), said(month, "reason", words)) == ("Not known", "year 11")


def test_restricted_notes_wait_for_the_word_of_their_own_service(
    council: Council, asked: RightsRequest
) -> None:
    make_note(council.person, "Court on Monday.", service=council.service)
    copy = gather(request=asked, by=council.governance, still_mine=nothing)
    entry = copy.entries.get(service=council.service)

    with pytest.raises(NotRight, match="waits for the word"):
        read_through(copy=copy, by=council.governance)
    with pytest.raises(NotPermitted):
        release(entry=entry, held="", by=make_user("caseworker", council.authority))
    assert list(notes_to_release(council.worker)) == [entry]
    release(entry=entry, held="harm", by=council.worker)

    assert read_through(copy=copy, by=council.governance).state == "read"
    entry.refresh_from_db()
    assert (entry.released_by, entry.held) == (council.worker, "harm")
    assert sums_of(copy).waiting == 0


def test_second_look_is_somebody_elses_where_the_council_wants_two(copy: Copy, council: Council) -> None:
    type(council.authority).objects.filter(pk=council.authority.pk).update(needs_second_person=True)
    read_through(copy=copy, by=council.governance)

    with pytest.raises(NotRight, match="Somebody else"):
        agree(copy=copy, by=council.governance)
    assert send_back(copy=copy, why="Hold the task back", by=council.other).state == "gathered"
    read_through(copy=copy, by=council.governance)
    job = agree(copy=copy, by=council.other)

    assert job.kind == "rights.copy_made_ready"
    with pytest.raises(NotRight, match="read through"):
        treat(entry=copy.entries.first(), treatment=Treatment(held="harm"), by=council.governance)


def test_set_ready_is_a_document_and_a_spreadsheet_without_what_is_held_back(
    copy: Copy, council: Council
) -> None:
    task = copy.entries.get(about="tracking.Task")
    treat(entry=task, treatment=Treatment(held="others"), by=council.governance)
    make_note_of_a_formula(copy)
    read_through(copy=copy, by=council.governance)
    agree(copy=copy, by=council.governance)

    ready = set_ready(request=copy.request, by=council.governance, still_mine=nothing)

    paper = ready.paper.path.read_bytes()
    words = text_of(paper)
    assert "What we hold about Fern Ambler" in words
    assert "Talked about plumbing." in words
    assert "Ring Rowan" not in words
    sheet = openpyxl.load_workbook(io.BytesIO(ready.data.path.read_bytes())).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any(cell.value == "=1+1" and cell.data_type == "s" for cell in cells)
    assert not [cell for cell in cells if "Ring Rowan" in str(cell.value)]
    told = json.loads(json_of(ready.entries.order_by("number")))["what we hold"]
    headings, *rows = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert [str(heading).lower() for heading in headings] == list(told[0])
    assert [each["what it says"] for each in told] == [row[3] for row in rows]
    assert "Ring Rowan" not in str(told)


def make_note_of_a_formula(copy: Copy) -> None:
    copy.entries.filter(about="tracking.Residence").update(text="=1+1")


def test_hand_over_answers_the_request_and_a_month_later_nothing_lies_here(
    copy: Copy, council: Council
) -> None:
    treat(
        entry=copy.entries.get(about="tracking.Task"),
        treatment=Treatment(held="others"),
        by=council.governance,
    )
    read_through(copy=copy, by=council.governance)
    agree(copy=copy, by=council.governance)
    ready = set_ready(request=copy.request, by=council.governance, still_mine=nothing)

    given = hand_over(copy=ready, how="At the office", by=council.governance)

    assert (given.state, given.given_on) == ("given", clock.today())
    answered = RightsRequest.objects.get(pk=copy.request_id)
    assert (answered.state, answered.answered_on) == ("partly", clock.today())
    assert forget_given(day=clock.today() + timedelta(days=30)) == {}
    assert forget_given(day=clock.today() + timedelta(days=31)) == {"copies": 1}
    kept = Copy.objects.get()
    assert (kept.paper, kept.data, kept.entries.count(), kept.given_how) == (None, None, 0, "At the office")


def test_every_step_with_a_copy_leaves_an_event(copy: Copy, council: Council) -> None:
    read_through(copy=copy, by=council.governance)
    agree(copy=copy, by=council.governance)

    kinds = set(AuditEvent.objects.filter(subjects=[council.person.pk]).values_list("kind", flat=True))
    assert {"rights.copy_is_gathered", "rights.copy_read_through", "rights.copy_agreed"} <= kinds
    assert copy.gathered_at.date() >= date(2026, 1, 1)


def test_gathered_names_the_files_of_many_people_that_are_kept(council: Council) -> None:
    place = make_expected(make_school(), authority=council.authority)
    file = StoredFile.objects.create(
        name="return.csv", size=1, sha256="0", location="00/0", purpose="return",
        authority_id=council.authority.pk,
    )  # fmt: skip
    make_row(make_intake(place, file=file), person=council.person)

    (part,) = [each for each in gathered(council.person, clock.today()) if each.about == "files.StoredFile"]
    assert (part.title, part.text) == (
        "Files about many people in which you are named", "Files that were sent to us: 1"
    )  # fmt: skip
