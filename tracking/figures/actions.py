"""Freezing a month: a copy of how everybody counts. Trackers go on working; the copy stands still."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from tracking.figures.kinds import Kind
from tracking.figures.models import Freeze, MonthRecord, MonthTally
from tracking.figures.queries.records import COLUMNS, Asked, differences, fingerprint, select
from tracking.figures.queries.tallies import COUNTS, DIMENSIONS, SUMS, offers, tallied
from tracking.figures.queries.wards import HAS_WARDS, LIVES_IN
from tracking.figures.replay import as_known_at
from tracking.reference.queries import rows_of, ruleset
from tracking.rules.ruleset import RuleSet

# Two freezes of an authority at once, by hand or by timers, are made one after the other.
TURN = "neet.freeze"


class Closed(Exception):
    """The month is signed off: its figures stand as they are."""


class NotOver(Exception):
    """The month has not ended, so there is nothing yet to hold fast."""


@dataclass(frozen=True)
class Month:
    """One authority's month, by the day it ends on."""

    authority_id: int
    ends_on: date


def freeze(*, month: Month, by: User | None, moment: datetime | None = None) -> Freeze:
    """Hold the month fast: one row for each young person as they counted at its end, as known now (or at a past
    `moment`), and the sums of them (R85, wishes 4.4).

    A month frozen before is frozen anew: the new rows take the place of the old, and whom they count differently is
    kept. Raises Closed once the month is signed off, NotOver before it has ended.
    """
    if month.ends_on >= clock.today():
        raise NotOver
    with transaction.atomic():
        one_at_a_time(TURN, month.authority_id)
        frozen_at = moment or _moment_of_nobodys_writing(month.authority_id)
        before = _standing(month)
        kind = Kind.FROZEN_AGAIN if before and not before.by_timer else Kind.FROZEN
        with recorded(kind, by=by, authority_id=month.authority_id) as event:
            made = _put_in_place(month, before, Freeze(frozen_at=frozen_at, frozen_by=by))
            _fill(made, moment)
            if before:
                _take_the_place(before, made)
            event.counts = {"people": made.people, "changed": made.changes.count()}
    return made


def keep_as_it_ended(*, month: Month, moment: datetime) -> Freeze | None:
    """Keep a month's figures as they were known at the moment it ended, where nobody has frozen it; None where
    somebody has, or they are kept already. A freeze by hand takes their place (R85)."""
    with transaction.atomic():
        one_at_a_time(TURN, month.authority_id)
        if _standing(month):
            return None
        _until_nobody_writes(month.authority_id)
        with recorded(Kind.KEPT, by=None, authority_id=month.authority_id) as event:
            made = _put_in_place(month, None, Freeze(frozen_at=moment, by_timer=True))
            _fill(made, moment)
            event.counts = {"people": made.people}
    return made


def close(*, freeze: Freeze, by: User) -> Freeze:
    """Sign the month's figures off: from here on they stand. Said twice, the first time stands."""
    with recorded(Kind.CLOSED, by=by, authority_id=freeze.authority_id) as event:
        event.counts = {"freeze": freeze.pk}
        locked = Freeze.objects.select_for_update().get(pk=freeze.pk)
        if locked.replaced_at is not None:
            raise Closed("Another freeze of this month has taken its place.")
        if locked.closed_at is None:
            locked.closed_at = clock.now()
            locked.save(update_fields=["closed_at"])
    return locked


def reopen(*, freeze: Freeze, by: User, why: str) -> Freeze:
    """Take the sign-off back, for a reason, so that the month can be frozen anew."""
    with recorded(Kind.OPENED, by=by, authority_id=freeze.authority_id, why=why) as event:
        event.counts = {"freeze": freeze.pk}
        locked = Freeze.objects.select_for_update().get(pk=freeze.pk)
        locked.closed_at = None
        locked.save(update_fields=["closed_at"])
    return locked


def keep_wards(*, freeze: Freeze) -> int:
    """Keep in which ward each young person of a month lived, where the directory of postcodes came after the freeze:
    by the address as it was known then; of how many it is known. Done once, and nothing before there is a directory.

    The one thing added to a month that is signed off: the database lets nothing else through (sql/wards.sql).
    """
    if freeze.has_wards:
        return 0
    with (
        recorded(Kind.WARDS, by=None, authority_id=freeze.authority_id) as event,
        connection.cursor() as cursor,
    ):
        cursor.execute("select tracking_keep_wards(%s)", [freeze.pk])
        (people,) = cursor.fetchone()
        event.counts = {"freeze": freeze.pk, "people": people}
    freeze.refresh_from_db(fields=["has_wards"])
    return people


def _until_nobody_writes(authority_id: int) -> None:
    """Waits for everybody who is writing in this authority now; keeps nobody waiting."""
    with connection.cursor() as cursor:
        key = "hashtext('neet.recorded'), %(authority)s"
        cursor.execute(
            f"select pg_advisory_lock({key}), pg_advisory_unlock({key})", {"authority": authority_id}
        )


def _moment_of_nobodys_writing(authority_id: int) -> datetime:
    """Waits until everybody who is writing in this authority has finished and keeps the next ones waiting, so that
    what was written before the moment is in the rows and what is written after is dated after."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('neet.recorded'), %s)", [authority_id])
        cursor.execute("select neet_instant()")
        return cursor.fetchone()[0]


def _standing(month: Month) -> Freeze | None:
    standing = (
        Freeze.objects.select_for_update()
        .filter(authority=month.authority_id, month=month.ends_on, replaced_at__isnull=True)
        .first()
    )
    if standing and standing.closed_at:
        raise Closed("This month is signed off. Take the sign-off back first, with a reason.")
    return standing


def _put_in_place(month: Month, before: Freeze | None, made: Freeze) -> Freeze:
    """What the timer kept gives way without a word; of what somebody froze, it is kept what a new freeze changes."""
    if before:
        before.replaced_at = made.frozen_at
        before.save(update_fields=["replaced_at"])
        made.replaces = None if before.by_timer else before
    made.authority_id, made.month = month.authority_id, month.ends_on
    made.save()
    return made


def _fill(made: Freeze, moment: datetime | None) -> None:
    """The rows, as known at a past moment or now, and the sums of them."""
    with as_known_at(moment, made.authority_id) if moment else nullcontext():
        _write_records(made)
    _sum_up(made)


def _write_records(made: Freeze) -> None:
    """One statement; the rows, each with its ward, and their fingerprint, which the ward is no part of: the directory
    knows nothing of the past."""
    rules = RuleSet.from_rows(made.month, rows_of(made.month))  # as they stand in the tables that are read
    asked = Asked(made.authority_id, made.month, made.month, rules)
    columns = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("select tracking_month_partition(%s)", [made.month])
        cursor.execute(HAS_WARDS)
        (made.has_wards,) = cursor.fetchone()
        cursor.execute(
            f"insert into tracking_monthrecord ({columns}, ward_code, freeze_id)"
            f" select r.*, {'lies.ward_code' if made.has_wards else 'null'}, {made.pk}"
            f" from ({select()}) as r ({columns}) {LIVES_IN if made.has_wards else ''} order by r.person_id",
            asked.parameters,
        )
        made.people = cursor.rowcount
    made.digest = digest_of(made)


RECORDS_OF = "select * from tracking_monthrecord where freeze_id = %(freeze)s and month = %(month)s"


def digest_of(made: Freeze) -> str:
    """A fingerprint of a freeze's rows: equal rows, equal fingerprint."""
    with connection.cursor() as cursor:
        cursor.execute(fingerprint(RECORDS_OF), {"freeze": made.pk, "month": made.month})
        return cursor.fetchone()[0]


def _sum_up(made: Freeze) -> None:
    """The sums any cut is added up from, and the figures of the whole."""
    columns = ", ".join(("authority_id", "month", *DIMENSIONS.values(), *COUNTS))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into tracking_monthtally ({columns}, freeze_id)"
            f" select *, {made.pk} from ({tallied(RECORDS_OF)}) as tally",
            {"freeze": made.pk, "month": made.month, "offers": offers(ruleset(made.month))},
        )
        cursor.execute(f"select {SUMS} from tracking_monthtally where freeze_id = %s", [made.pk])
        made.counts = dict(zip(COUNTS, cursor.fetchone(), strict=True))
    made.save(update_fields=["people", "digest", "counts", "has_wards"])


def _take_the_place(before: Freeze, after: Freeze) -> None:
    """Keep whom the new rows count differently, then let the old ones go."""
    if after.replaces_id:
        _compare(before, after)
    MonthTally.objects.filter(freeze=before).delete()
    MonthRecord.objects.filter(freeze=before, month=before.month).delete()


def _compare(before: Freeze, after: Freeze) -> None:
    """Whom the new rows count differently. Rows an erasure emptied are nobody's."""
    asked: dict[str, Any] = {"before": before.pk, "freeze": after.pk, "month": after.month}
    was = f"{RECORDS_OF.replace('%(freeze)s', '%(before)s')} and person_id is not null"
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into tracking_freezechange (freeze_id, person_id, was_code, was_status, was_reason, is_code,"
            f" is_status, is_reason) select %(freeze)s, * from ({differences(was, RECORDS_OF)}) as change",
            asked,
        )
