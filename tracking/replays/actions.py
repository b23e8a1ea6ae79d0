"""Reading a past day again, both ways."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.ui.words import day as day_in_words
from schools.models import Authority
from tracking.figures.actions import digest_of
from tracking.figures.models import Freeze
from tracking.figures.queries.records import COLUMNS, Asked, differences, fingerprint, select
from tracking.figures.queries.tallies import offers, tallied
from tracking.figures.replay import as_known_at
from tracking.reference.queries import rows_of
from tracking.replays.kinds import Kind
from tracking.replays.models import Replay
from tracking.replays.queries import FIGURES, PARTS
from tracking.rules.months import ReportingMonth
from tracking.rules.ruleset import RuleSet

COUNTED = tuple(FIGURES)


class CannotRead(Exception):
    """The day or the moment has not come, or nothing was kept so long ago; the words say which."""


@dataclass(frozen=True)
class PastDay:
    """One authority's day, and the moment whose knowledge is asked for."""

    authority_id: int
    day: date
    known_at: datetime
    freeze_id: int | None = None


def end_of(day: date) -> datetime:
    """The moment a day ends: midnight in London, or now where the day goes on."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return min(midnight, clock.now())


@transaction.atomic
def ask_for(*, past: PastDay, by: User) -> Job | None:
    """Have a past day read again beside the pages; None where another reading is under way in this authority.

    Raises CannotRead.
    """
    _refuse_unreadable(past)
    Authority.objects.select_for_update(no_key=True).get(pk=past.authority_id)
    under_way = Job.objects.filter(kind=Kind.REPLAYED, authority_id=past.authority_id, state__in=Job.OPEN)
    if under_way.exists():
        return None
    asked = {"day": past.day.isoformat(), "known_at": past.known_at.isoformat(), "freeze": past.freeze_id}
    return submit(kind=Kind.REPLAYED, by=by, authority_id=past.authority_id, payload=asked)


def replay(*, past: PastDay, by: User | None) -> Replay:
    """Count a past day as it was known at a moment and as it is believed now (wishes 4.5): the figures both ways, and
    every young person who explains a difference. Exact for the moments of freezes and for day ends.

    Raises CannotRead.
    """
    _refuse_unreadable(past)
    with recorded(Kind.REPLAYED, by=by, authority_id=past.authority_id) as event:
        made = Replay.objects.create(
            authority_id=past.authority_id,
            day=past.day,
            known_at=past.known_at,
            freeze_id=past.freeze_id,
            made_by=by,
        )
        with connection.cursor() as cursor:
            with as_known_at(past.known_at, past.authority_id):
                made.then = _count(cursor, past, "replay_then")
            made.now = _count(cursor, past, "replay_now")
            cursor.execute(KEEP_CHANGES, {"replay": made.pk})
            made.different = cursor.rowcount
            made.agrees = _agrees(cursor, past)
            cursor.execute("drop table replay_then, replay_now")
        made.save(update_fields=["then", "now", "different", "agrees"])
        event.counts = {"replay": made.pk, "different": made.different}
    return made


def _refuse_unreadable(past: PastDay) -> None:
    if past.day > clock.today():
        raise CannotRead("The day that is counted must be today or in the past.")
    if past.known_at > clock.now():
        raise CannotRead("What was known can only be read for a moment that has passed.")
    with connection.cursor() as cursor:
        cursor.execute("select min(recorded_at) from tracking_referencerow_history")
        begun_at = cursor.fetchone()[0]
    if begun_at is None or past.known_at < begun_at:
        began = f"{day_in_words(begun_at)} on" if begun_at else "now on"
        raise CannotRead(f"What was known is kept from {began}. Choose that day or a later one.")


def _count(cursor: Any, past: PastDay, table: str) -> dict[str, Any]:
    """Everybody's row of that day into a table of its own, by the dated rules the reading itself holds; the figures of
    all, and of each district and service for those who reach no others."""
    rules = RuleSet.from_rows(past.day, rows_of(past.day))
    asked = Asked(past.authority_id, ReportingMonth.of(past.day).ends_on, past.day, rules)
    columns = ", ".join(COLUMNS)
    cursor.execute(
        f"create temp table {table} on commit drop as select * from ({select()}) as record ({columns})",
        asked.parameters,
    )
    sums = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in COUNTED)
    tallies = tallied(f"select * from {table}")
    cursor.execute(
        f"select grouping(district_id, service_id), district_id, service_id, {sums} from ({tallies}) as tally"
        " group by grouping sets ((), (district_id, service_id)) order by 1, 2, 3",
        {"offers": offers(rules)},
    )
    *parts, whole = cursor.fetchall()
    return {**dict(zip(COUNTED, whole[3:], strict=True)), PARTS: [part[1:] for part in parts]}


THEN, NOW = "select * from replay_then", "select * from replay_now"
KEEP_CHANGES = f"""
    insert into tracking_replaychange
      (replay_id, person_id, was_code, was_status, was_reason, is_code, is_status, is_reason)
    select %(replay)s, * from ({differences(THEN, NOW)}) as change
"""


def _agrees(cursor: Any, past: PastDay) -> bool | None:
    """Whether the rows of the freeze came out again; None where no freeze was asked about or its rows gave way."""
    freeze = (
        Freeze.objects.filter(pk=past.freeze_id, replaced_at__isnull=True).first() if past.freeze_id else None
    )
    if freeze is None or freeze.month != past.day or freeze.frozen_at != past.known_at:
        return None
    cursor.execute(fingerprint(THEN))
    return cursor.fetchone()[0] == digest_of(freeze)
