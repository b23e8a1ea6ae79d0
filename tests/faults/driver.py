"""What people and the timer do while the faults happen, in a process of its own beside the workers: it takes orders on
standard input, a line of JSON each, and answers likewise."""

import csv
import io
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import InterfaceError, OperationalError, close_old_connections, connection, connections  # noqa: E402  after Django is set up

from neet import clock  # noqa: E402
from neet.files.actions import store  # noqa: E402
from neet.jobs.models import Job  # noqa: E402
from neet.jobs.tasks import _send, ring, sweep_jobs  # noqa: E402
from returns.calendar.models import ExpectedReturn  # noqa: E402
from returns.intake.actions.applying import ask_to_confirm  # noqa: E402
from returns.intake.actions.checking import ask_to_check  # noqa: E402
from returns.intake.actions.receiving import begin_with_file, set_columns  # noqa: E402
from returns.intake.models import Intake  # noqa: E402
from schools.models import Authority  # noqa: E402
from tests.factories import make_authority, make_collection, make_expected, make_school  # noqa: E402
from tests.faults.worker import be_impatient  # noqa: E402
from tracking.state.facts import FACTS, PARTS  # noqa: E402
from tracking.state.queries import DIGEST  # noqa: E402

HEADINGS = {
    "family_name": "Surname", "given_name": "Forename", "date_of_birth": "DOB", "upn": "UPN",
    "line_1": "Address line 1", "postcode": "Postcode", "mobile": "Mobile", "course": "Course",
}  # fmt: skip
NEWCOMERS = 20  # one row in so many
# Two letters more for every hundred: names that are told apart by nothing but letters.
NAME = "chr(65 + n / 676 %% 26) || chr(97 + n / 26 %% 26) || chr(97 + n %% 26)"
REGISTER = f"""
    with made as (
      insert into tracking_youngperson (authority_id, ref, young_person_id, previous_id, given_name, middle_name,
        family_name, known_as, date_of_birth, gender, ethnicity, upn, uln, educated_la, la_at_year_11, cohort_status,
        cohort_status_on, transferred_to_la, level_of_need, has_guarantee, intended_destination, restricted_reason,
        source, version, created_at)
      select %(authority)s, gen_random_uuid(), '886' || lpad(n::text, 10, '0'), '', {NAME}, '', {NAME}, '',
        %(born)s::date + n %% 300, 'F', '', '', '', '', '', 'P', %(day)s, '', '', false, '', '', 'loaded', 1, now()
      from generate_series(1, %(people)s) n order by n returning id, young_person_id
    ), homes as (
      insert into tracking_residence (person_id, line_1, line_2, line_3, line_4, town, county, postcode, source)
      select id, young_person_id || ' Row', '', '', '', '', '', 'ZZ99 9ZZ', 'loaded' from made
    )
    insert into tracking_activity (person_id, code, starts_on, is_primary, establishment_number, establishment_name,
      ukprn, course, leaving_reason, source, version)
    select id, '110', %(day)s, true, '', '', '', '', '', 'loaded', 1 from made
"""
# The number of somebody new comes from a sequence that a killed worker has moved on: told by name instead.
MASKED = {
    **PARTS,
    "person": "authority.code, case person.source when 'return' then person.given_name || person.family_name"
    " else person.young_person_id end",
}
TWICE = """
    select (select count(*) from (select person_id, starts_on, code from tracking_activity group by 1, 2, 3
                                  having count(*) > 1) a)
      + (select count(*) from (select activity_id, verified_on from tracking_confirmation where voids_id is null
                               group by 1, 2 having count(*) > 1) c)
      + (select count(*) from (select given_name, family_name, date_of_birth from tracking_youngperson group by 1, 2, 3
                               having count(*) > 1) p)
"""


def make(rows: int) -> None:
    """A council with a register, and a school that is asked for its return."""
    authority = make_authority(code="886", database_id="886")
    today = clock.today()
    asked = {
        "authority": authority.pk,
        "people": rows - rows // NEWCOMERS,
        "born": "2009-09-01",
        "day": f"{today.year}-01-05",
    }
    with connection.cursor() as cursor:
        cursor.execute(REGISTER, asked)
    days = {"as_at": today, "opens_on": today - timedelta(days=9), "due_on": today + timedelta(days=9)}
    make_expected(make_school(name="Hill School", la_code="886"), make_collection(authority, **days))
    with connections["default"].cursor() as cursor:
        cursor.execute("analyze")


def begin(rows: int) -> int:
    """The school sends a file; the check is asked for. The number of the job."""
    expected = ExpectedReturn.objects.get()
    kept = store(
        source=[sheet(rows)], name="return.csv", purpose="intake", by=None,
        authority_id=Authority.objects.get().pk,
    )  # fmt: skip
    intake = begin_with_file(expected=expected, file=kept, by=None)
    return asked_for(ask_to_check(intake=intake, by=None))


def sheet(rows: int) -> bytes:
    people = []
    with connection.cursor() as cursor:
        cursor.execute(
            "select family_name, given_name, date_of_birth, '', '', 'ZZ99 9ZZ', '', 'Maths' from tracking_youngperson"
            " where source = 'loaded' order by id"
        )
        people += cursor.fetchall()
    for number in range(rows - len(people)):
        name = "".join(chr(97 + number // 26**place % 26) for place in range(3))
        people.append(
            (f"New{name}", f"Nia{name}", "2010-01-02", "", "1 New Row", "ZZ98 8ZZ", "07700 900123", "Music")
        )
    text = io.StringIO()
    csv.writer(text).writerows([HEADINGS.values(), *people])
    return text.getvalue().encode()


def go_on() -> int:
    """What the school does once its file is checked: say what the columns are if asked, send it."""
    intake = Intake.objects.get()
    if intake.state == Intake.State.UPLOADED:
        set_columns(intake=intake, mapping=HEADINGS, by=None)
        return asked_for(ask_to_check(intake=intake, by=None))
    Intake.objects.update(notice_issued_on=clock.today())
    return asked_for(ask_to_confirm(intake=intake, by=None))


def asked_for(job: Job | None) -> int:
    assert job
    ring(job)
    return job.pk


def again(job: int) -> None:
    """The bell is rung once more for the same job."""
    _send(job, Job.objects.get(pk=job).queue)


def look(job: int) -> dict[str, Any]:
    """The timer's sweep, and how the job stands."""
    sweep_jobs()
    found = Job.objects.get(pk=job)
    return {"state": found.state, "error": found.error, "attempt": found.attempt, "kind": found.kind}


def return_state() -> str:
    return Intake.objects.get().state


def state() -> dict[str, Any]:
    """The register's facts as digests, and what stands there twice."""
    found: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for table in FACTS:
            cursor.execute(DIGEST.format(facts=FACTS[table].format(**MASKED)))
            found[table] = list(cursor.fetchone())
        cursor.execute(TWICE)
        found["twice"] = cursor.fetchone()[0]
    return found


def let_go() -> None:
    """No connection stays open, so that the database may be replaced."""
    connections.close_all()


ORDERS: dict[str, Callable[..., Any]] = {
    each.__name__: each for each in (make, begin, go_on, again, look, return_state, state, let_go)
}


def carry_out(name: str, asked: dict[str, Any]) -> Any:
    """Do what is asked; a database that is just starting again is waited for."""
    for _ in range(60):
        try:
            close_old_connections()
            return ORDERS[name](**asked)
        except (OperationalError, InterfaceError):
            connections.close_all()
            time.sleep(0.5)
    raise TimeoutError(name)


if __name__ == "__main__":
    be_impatient()
    for line in sys.stdin:
        order = json.loads(line)
        answer = carry_out(order["do"], order["with"])
        print(json.dumps({"answer": answer}), flush=True)
