"""A return on its way, a return to the department that was sent, and what was answered to it."""

import gzip
from datetime import date
from hashlib import sha256
from typing import Any

from neet import clock
from neet.accounts.models import User
from neet.files.models import StoredFile
from returns.calendar.models import Article, Collection, Notice
from returns.exchange.models import Agreement
from returns.nccis.models import CheckRun, RecordError, Submission
from returns.replies.models import Reply, ReportedError
from schools.models import Authority, Establishment
from tests.access.world_of_files import build_files
from tests.access.world_of_work import MONTH, Record
from tests.factories import (
    make_activity,
    make_expected,
    make_intake,
    make_list,
    make_person,
    make_row,
    make_school,
)
from tracking.rules.matching.levels import FIELDS

ERROR = "101"


def build_return(collection: Collection, place: Establishment, record: Record) -> dict[str, Any]:
    """An answer that is due from a place, and the return on its way: a row with a question, and somebody missing."""
    expected = make_expected(place, collection)
    clean = {"given_name": "Ada", "family_name": "Ambler", "date_of_birth": "2009-05-14"}
    intake = make_intake(expected, clean, channel="page")
    intake.problems.create(
        row=intake.rows.get(), column="gender", kind="wanted", severity="query", why="This cell is empty."
    )
    intake.missing.create(person=record.person, why_expected="With you")
    doubtful = make_intake(make_expected(make_school(), collection), channel="officer")
    waiting = make_row(doubtful, clean=clean, found="doubtful", sure=0.9)
    waiting.candidates.create(person=record.person, sure=0.9, levels=[1] * len(FIELDS))
    listed = make_list(collection.authority, clean)
    make_list(
        collection.authority,
        {**clean, "place_number": place.number},
        type="census",
        sender="DfE",
        as_at=MONTH,
    )
    return {
        "list": listed.ref,
        "agreement": Agreement.objects.create(
            authority=collection.authority, title="Returns", flows=["enrolment"]
        ).pk,
        "article": Article.objects.create(
            authority=collection.authority,
            academic_year=2026,
            pattern=f"lists-{expected.pk}",
            title="Lists",
            words="By {year}",
            due_on=MONTH,
        ).pk,
        "collection": collection.pk,
        "doubtful_row": waiting.pk,
        "expected": expected.ref,
        "intake": intake.ref,
        "notice": Notice.objects.create(expected=expected, kind="issued", day=MONTH).pk,
        "pupil": record.person.ref,
        **build_year_11(collection.authority, place),
        **build_files(expected),
    }


def build_year_11(authority: Authority, school: Establishment) -> dict[str, Any]:
    """A pupil of the school's present Year 11 and a place they applied for."""
    today = clock.today()
    leaves = today.year + ((today.month, today.day) > (9, 30))
    person = make_person(authority, date_of_birth=date(leaves - 16, 1, 5))
    make_activity(person, "110", date(2020, 9, 1), establishment=school)
    place = person.offers.create(place="Far College", stage="applied", said_on=today)
    return {"year_11_pupil": person.ref, "year_11_place": place.pk}


def build_reply(submission: Submission) -> Reply:
    file = StoredFile.objects.create(
        name="errors.csv", kind="csv", size=1, sha256="0" * 64, location=f"no/{submission.pk}", purpose="error report",
        authority_id=submission.authority_id,
    )  # fmt: skip
    reply = Reply.objects.create(
        submission=submission, verdict="with_errors", file=file, headings=["Number", "Error"]
    )
    ReportedError.objects.create(
        reply=reply, row=2, number="1", person=make_person(submission.authority), code=ERROR
    )
    return reply


def build_submission(authority: Authority, by: User) -> Submission:
    run = CheckRun.objects.create(authority=authority, period_end=MONTH, people=1, counts={ERROR: 1})
    RecordError.objects.create(run=run, person=make_person(authority), code=ERROR, field="Postcode")
    content = f"<CCISClient>{authority.code}</CCISClient>".encode()
    return Submission.objects.create(
        authority=authority,
        period_end=MONTH,
        date_of_send=MONTH,
        rules_of="2026-27",
        content=gzip.compress(content),
        sha256=sha256(content).hexdigest(),
        size=len(content),
        people=1,
        sent_at=clock.now(),
        sent_by=by,
    )
