"""Somebody says that what is recorded still goes on; and takes it back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.register.actions.reach import changing, repeated, within_reach
from tracking.register.actions.upkeep import close_answered
from tracking.register.kinds import Kind
from tracking.register.models import Activity, Confirmation
from tracking.register.models.activity import Source
from tracking.register.refusals import NotRight

# One statement for one activity or ten thousand: those under way on the day, not confirmed the same way
# already.
CONFIRM = """
    INSERT INTO tracking_confirmation (activity_id, verified_on, source, by_id, recorded_at)
    SELECT a.id, %(on)s, %(source)s, %(by)s, %(now)s
    FROM tracking_activity a
    WHERE a.id = ANY(%(ids)s) AND a.starts_on <= %(on)s AND (a.ends_on IS NULL OR a.ends_on >= %(on)s)
      AND NOT EXISTS (
        SELECT FROM tracking_confirmation c
        WHERE c.activity_id = a.id AND c.verified_on = %(on)s AND c.source = %(source)s AND c.voids_id IS NULL
          AND NOT EXISTS (SELECT FROM tracking_confirmation v WHERE v.voids_id = c.id))
    RETURNING activity_id
"""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many were confirmed, and how many were left: not under way on that day, confirmed already, or not
    theirs.
    """

    done: int
    left: int


def confirm_activity(*, activity: Activity, on: date, source: str, by: User) -> Confirmation:
    """It goes on, as of a day, says somebody. The same said twice is one row.

    Raises NotRight for a day outside the activity or in the future, NotPermitted.
    """
    person = activity.person
    with changing(person, Kind.ACTIVITIES_CONFIRMED, permission=Permission.ACTIVITY_RECORD, by=by) as (
        now,
        event,
    ):
        held = now.activities.get(pk=activity.pk)
        if on > clock.today():
            raise NotRight({"on": "The day they knew must be today or in the past"})
        if on < held.starts_on or (held.ends_on and on > held.ends_on):
            raise NotRight(
                {"on": "The day they knew must lie between the day it started and the day it ended"}
            )
        if not insert_confirmations([held.pk], on=on, source=source, by=by):
            repeated(event)
        close_answered([now.pk], on=clock.today(), by=by)
        return still_standing(held).get(verified_on=on, source=source)


def confirm_activities(*, activity_ids: Iterable[int], on: date, source: str, by: User) -> Confirmed:
    """Many at once, in one statement: those of people the user may record for; the rest are left and counted.

    Raises NotRight for a day in the future.
    """
    asked = list(dict.fromkeys(activity_ids))
    if on > clock.today():
        raise NotRight({"on": "The day they knew must be today or in the past"})
    people = within_reach(by, Permission.ACTIVITY_RECORD)
    theirs = Activity.objects.filter(pk__in=asked, person__in=people).values_list(
        "pk", "person_id", "person__authority"
    )
    by_authority: dict[int, dict[int, int]] = {}
    for activity_id, person_id, authority_id in theirs:
        by_authority.setdefault(authority_id, {})[activity_id] = person_id
    done = sum(
        confirm_in_authority(authority_id, people_by_activity, on=on, source=source, by=by)
        for authority_id, people_by_activity in by_authority.items()
    )
    return Confirmed(done, len(asked) - done)


def confirm_in_authority(
    authority_id: int, people: dict[int, int], *, on: date, source: str, by: User
) -> int:
    """One authority's part of a bulk confirmation, with the event that belongs to it."""
    with recorded(Kind.ACTIVITIES_CONFIRMED, by=by, authority_id=authority_id) as event:
        confirmed = insert_confirmations(list(people), on=on, source=source, by=by)
        event.subjects = sorted({people[activity_id] for activity_id in confirmed})
        event.counts["confirmed"] = len(confirmed)
        close_answered(event.subjects, on=clock.today(), by=by)
        return len(confirmed)


def insert_confirmations(activity_ids: list[int], *, on: date, source: str, by: User | None) -> list[int]:
    """The activities that gained a confirmation."""
    if source not in Source.values:
        raise NotRight({"source": "Select who told you"})
    asked: dict[str, Any] = {
        "ids": activity_ids,
        "on": on,
        "source": source,
        "by": by.pk if by else None,
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(CONFIRM, asked)
        return [row[0] for row in cursor.fetchall()]


def still_standing(activity: Activity):
    """The activity's confirmations that nobody took back."""
    return activity.confirmations.filter(voids__isnull=True, voided_by__isnull=True)


def void_confirmation(*, confirmation: Confirmation, why: str, by: User) -> Confirmation:
    """A confirmation was a mistake: another row takes it back, both stay. Raises NotRight, NotPermitted."""
    if not why.strip():
        raise NotRight({"why": "Say why it was a mistake"})
    person = confirmation.activity.person
    permission = Permission.ACTIVITY_RECORD
    with changing(person, Kind.CONFIRMATION_WITHDRAWN, permission=permission, by=by, why=why) as (
        _now,
        event,
    ):
        if before := Confirmation.objects.filter(voids=confirmation).first():
            repeated(event)
            return before
        if confirmation.voids_id:
            raise NotRight({"": "This row takes another back; it cannot itself be taken back"})
        return Confirmation.objects.create(
            activity_id=confirmation.activity_id,
            verified_on=confirmation.verified_on,
            source=confirmation.source,
            by=by,
            voids=confirmation,
        )
