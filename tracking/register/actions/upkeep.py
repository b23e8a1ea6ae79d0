"""Tasks that follow from the state of the register: opened once for their cause, closed when it has gone.

Each statement serves one record or all of them, and doing it again changes nothing. A task is due on its own day;
where that day has passed already (a register brought from elsewhere, nights without a sweep) it is due a fortnight
from now: nobody was late with what nobody was asked.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from neet import clock
from neet.accounts.models import User

LAPSING = "lapsing"
LAPSED = "lapsed"
ASK_AT_16 = "ask_at_16"
CHECK_STARTED = "check_started"
EMERGENCY = "emergency_access"

CATCH_UP = 14
ANSWERED_LATER = "Answered by a later record"


def due(day: str) -> str:
    """The day a task is due, in SQL, where its own day is the given one."""
    return f"CASE WHEN {day} >= %(on)s THEN {day} ELSE %(on)s + {CATCH_UP} END"


# Whoever lapses with the school year waits for the autumn return of the school or college, not for a
# telephone call.
STAYS_OUT = """
    EXISTS (SELECT FROM tracking_currencyrule r
            WHERE r.code = s.code AND r.basis = 'academic_year_end' AND r.valid_from <= %(on)s
              AND (r.valid_to IS NULL OR r.valid_to >= %(on)s))
    AND to_char(s.lapses_on, 'MMDD') = '0831' AND s.lapses_on > %(on)s - 92
"""

OPEN_LAPSING = f"""
    INSERT INTO tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
    SELECT p.authority_id, p.id, 'lapsing', 'Ask whether what is recorded still goes on', c.cause,
           s.lapses_on, %(now)s, ''
    FROM tracking_situation s
    JOIN tracking_youngperson p ON p.id = s.person_id,
    LATERAL (SELECT s.activity_id || ' ' || s.lapses_on AS cause) c
    WHERE s.lapses_on BETWEEN %(on)s AND %(on)s + %(ahead)s AND p.cohort_status = ANY(%(tracked)s)
      AND NOT ({STAYS_OUT})
      AND NOT EXISTS (SELECT FROM tracking_task t
                      WHERE t.person_id = p.id AND t.kind = 'lapsing' AND t.cause = c.cause)
    ON CONFLICT DO NOTHING
"""

OPEN_LAPSED = f"""
    INSERT INTO tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
    SELECT p.authority_id, p.id, 'lapsed', 'Find out what they are doing now', c.cause,
           {due("s.lapses_on + 1")}, %(now)s, ''
    FROM tracking_situation s
    JOIN tracking_youngperson p ON p.id = s.person_id,
    LATERAL (SELECT s.activity_id || ' ' || s.lapses_on AS cause) c
    WHERE s.lapses_on < %(on)s AND p.cohort_status = ANY(%(tracked)s) AND NOT ({STAYS_OUT})
      AND NOT EXISTS (SELECT FROM tracking_task t
                      WHERE t.person_id = p.id AND t.kind = 'lapsed' AND t.cause = c.cause)
    ON CONFLICT DO NOTHING
"""

OPEN_CHECK_STARTED = f"""
    INSERT INTO tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
    SELECT p.authority_id, p.id, 'check_started', 'Check that they started as planned', c.cause,
           {due("s.starts_on")}, %(now)s, ''
    FROM tracking_situation s
    JOIN tracking_youngperson p ON p.id = s.person_id,
    LATERAL (SELECT s.activity_id::text AS cause) c
    WHERE s.starts_on <= %(on)s AND s.verified_on < s.starts_on AND p.cohort_status = ANY(%(tracked)s)
      AND NOT EXISTS (SELECT FROM tracking_task t
                      WHERE t.person_id = p.id AND t.kind = 'check_started' AND t.cause = c.cause)
    ON CONFLICT DO NOTHING
"""

# Sixteen years on, someone born on 29 February comes of that age on 1 March where there is no 29 February.
OPEN_ASK_AT_16 = f"""
    INSERT INTO tracking_task (authority_id, person_id, kind, words, cause, due_on, opened_at, outcome)
    SELECT p.authority_id, p.id, 'ask_at_16',
           'Ask the young person whether the objection made for them still stands',
           o.id::text, {due("b.sixteen_on")}, %(now)s, ''
    FROM tracking_objection o
    JOIN tracking_youngperson p ON p.id = o.person_id,
    LATERAL (SELECT (p.date_of_birth - 1 + interval '16 years')::date + 1 AS sixteen_on) b
    WHERE o.made_by = 'parent' AND o.withdrawn_on IS NULL AND b.sixteen_on <= %(on)s
      AND p.cohort_status = ANY(%(tracked)s)
      AND NOT EXISTS (SELECT FROM tracking_task t
                      WHERE t.person_id = p.id AND t.kind = 'ask_at_16' AND t.cause = o.id::text)
    ON CONFLICT DO NOTHING
"""

# The cause of these tasks names the activity and the day; once the situation says something else, they are
# answered. Who left or was missing on a return is found once somebody has confirmed something since.
CLOSE_ANSWERED = f"""
    UPDATE tracking_task t SET done_at = %(now)s, done_by_id = %(by)s, outcome = '{ANSWERED_LATER}'
    FROM tracking_situation s
    WHERE s.person_id = t.person_id AND t.done_at IS NULL
      AND (%(people)s::bigint[] IS NULL OR t.person_id = ANY(%(people)s))
      AND (t.kind IN ('lapsing', 'lapsed')
             AND t.cause IS DISTINCT FROM s.activity_id || ' ' || s.lapses_on
             AND (s.lapses_on IS NULL OR s.lapses_on >= %(on)s)
           OR t.kind = 'check_started'
             AND (t.cause IS DISTINCT FROM s.activity_id::text OR s.verified_on >= s.starts_on)
           OR t.kind IN ('left', 'not_returned')
             AND s.verified_on >= (t.opened_at AT TIME ZONE 'Europe/London')::date
             AND (s.ends_on IS NULL OR s.ends_on >= %(on)s))
"""

# What we asked of ourselves about somebody who has left the cohort; what a colleague asked stays.
CLOSE_OF_THOSE_GONE = """
    UPDATE tracking_task t SET done_at = %(now)s, outcome = 'No longer in the cohort'
    FROM tracking_youngperson p
    WHERE p.id = t.person_id AND t.done_at IS NULL AND NOT p.cohort_status = ANY(%(tracked)s)
      AND t.kind IN ('lapsing', 'lapsed', 'check_started', 'ask_at_16')
"""


def close_of_those_gone(*, tracked: Sequence[str]) -> int:
    """Close the tasks opened for people who are not tracked any more."""
    return run(CLOSE_OF_THOSE_GONE, {"tracked": list(tracked), "now": clock.now()})


def close_answered(
    people: Sequence[int] | None, *, on: date, by: User | None = None, at: datetime | None = None
) -> int:
    """Close the tasks of these people (None: everybody) that what is recorded now has answered, at the moment of the
    act that answers them."""
    asked = {"people": list(people) if people is not None else None, "on": on, "now": at or clock.now()}
    return run(CLOSE_ANSWERED, {**asked, "by": by.pk if by else None})


def open_lapsing(*, on: date, ahead: int, tracked: Sequence[str]) -> int:
    """A task for everyone tracked whose record lapses within so many days, due on its last day."""
    return run(OPEN_LAPSING, {"on": on, "ahead": ahead, "tracked": list(tracked), "now": clock.now()})


def open_lapsed(*, on: date, tracked: Sequence[str]) -> int:
    """A task for everyone tracked whose record has lapsed."""
    return run(OPEN_LAPSED, {"on": on, "tracked": list(tracked), "now": clock.now()})


def open_check_started(*, on: date, tracked: Sequence[str]) -> int:
    """A task where something began that was only said beforehand."""
    return run(OPEN_CHECK_STARTED, {"on": on, "tracked": list(tracked), "now": clock.now()})


def open_ask_at_16(*, on: date, tracked: Sequence[str]) -> int:
    """A task for everyone tracked who reached 16 under a parent's objection: the choice is theirs now (s72)."""
    return run(OPEN_ASK_AT_16, {"on": on, "tracked": list(tracked), "now": clock.now()})


def run(statement: str, asked: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.rowcount
