"""The hottest questions at England's size: how the server means to answer each, kept beside, and no whole table gone
through that nobody allowed. `KEEP_PLANS=1` keeps them as they are now, to be looked at and committed."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from caseload.allocation.models import Case, MonthRun
from neet import clock
from neet.audit.models import AuditEvent, Seal
from neet.audit.queries import horizon
from neet.messages.models import Message
from returns.intake.actions.checking import check
from returns.nccis.models import SentRecord, Submission
from tests.plans import england
from tests.plans.allowed import ALLOWED
from tests.plans.doors import Council, a_return, house, pages, take_over, works
from tests.plans.reading import Reading, Scan
from tracking.register.models import YoungPerson
from tracking.seeding.actions import Invention, invent

pytestmark = pytest.mark.django_db
TWENTY, LONG_AGO = 20, date(2020, 11, 30)
KEPT = Path(__file__).with_name("plans.txt")


class Undone(Exception):
    pass


@pytest.fixture(scope="module")
def readings(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any
) -> Iterator[dict[str, Reading]]:
    """Every door asked once, of a small register the server was told is England's; undone behind them."""
    with django_db_blocker.unblock():
        if connection.pg_version < england.NEWEST:
            pytest.skip("PostgreSQL 18 is the first that lets itself be told how large its tables are.")
        try:
            with transaction.atomic():
                invent(Invention(size="tiny", seed=7, on=clock.today()))
                worked_with()
                england.state()
                yield asked()
                raise Undone
        except Undone:
            pass


def worked_with() -> None:
    """A table without a single row counts as empty whatever is said of it, and the first seal of all looks at the whole
    trail, every later one from where the last began: so one return went in before, and a seal stands. Only what has
    ended is sealed, and here nothing has: the seal is written as if."""
    council = Council.found(people=1)
    (person,) = council.people
    intake = a_return(council)
    check(intake=intake, by=None)
    take_over(intake)
    run = MonthRun.objects.create(authority=council.authority, month=LONG_AGO)
    Case.objects.create(run=run, person=person, state="no_rule", offer="telephone")
    Message.objects.create(template="messages/nobody", recipient_kind="user", recipient_id=0, state="failed")
    file = Submission.objects.create(
        authority=council.authority, period_end=LONG_AGO, date_of_send=LONG_AGO, rules_of="2020-21",
        content=b"", sha256="0" * 64, size=0, people=1,
    )  # fmt: skip
    SentRecord.objects.create(submission=file, person=person, period_end=LONG_AGO, letter="P")
    Seal.objects.create(
        event_ids=list(AuditEvent.objects.values_list("pk", flat=True)[:1]),
        digests=bytes(32), previous=bytes(32), digest=bytes(32), below=horizon(),
    )  # fmt: skip


def asked() -> dict[str, Reading]:
    council, large = Council.found(people=3), england.large()
    doors = {name: lambda ask=ask: ask(0) for name, ask in pages(council).items()}
    found = {}
    for name, ask in {**works(council), **house(), **doors}.items():
        found[name] = Reading(name, large)
        with connection.execute_wrapper(found[name]):
            ask()
    return found


def told(readings: dict[str, Reading]) -> str:
    """As plans.txt holds them: the doors in order, each different plan once."""
    lines = []
    for name, reading in sorted(readings.items()):
        lines += [f"== {name}", *sorted(reading.shapes), ""]
    return "\n".join(lines)


def test_no_whole_table_is_gone_through_that_nobody_allowed(readings: dict[str, Reading]) -> None:
    found = {scan for reading in readings.values() for scan in reading.whole}

    assert sorted(each for each in found if (each.door, each.table) not in ALLOWED) == []


def test_every_allowance_is_still_made_use_of(readings: dict[str, Reading]) -> None:
    found = {(scan.door, scan.table) for reading in readings.values() for scan in reading.whole}

    assert sorted(ALLOWED.keys() - found) == []


def test_the_kept_plans_are_of_these_doors_and_go_through_no_less(readings: dict[str, Reading]) -> None:
    """What a plan is made of may change with a server's minor version; that a door is kept at all may not."""
    if os.environ.get("KEEP_PLANS"):
        KEPT.write_text(told(readings))
    kept = {line[3:] for line in KEPT.read_text().splitlines() if line.startswith("== ")}

    assert kept == set(readings)
    assert len(kept) >= TWENTY


def test_a_scan_of_the_whole_register_is_noticed(readings: dict[str, Reading]) -> None:
    """A question no index answers."""
    reading = Reading("nobody's", england.large())
    with connection.execute_wrapper(reading):
        list(YoungPerson.objects.filter(middle_name__endswith="x"))

    assert reading.whole == {Scan("nobody's", "tracking_youngperson", "Seq Scan")}


def test_one_person_looked_up_is_not(readings: dict[str, Reading]) -> None:
    reading = Reading("nobody's", england.large())
    with connection.execute_wrapper(reading):
        list(YoungPerson.objects.filter(pk=1))

    assert not reading.whole
    assert reading.shapes == ["tracking_youngperson by tracking_youngperson_pkey"]
