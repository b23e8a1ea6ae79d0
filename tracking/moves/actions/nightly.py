"""Moves that have been open for too long are a task at both councils."""

from datetime import date
from typing import Any

from django.db import connection

from neet import clock
from neet.audit.actions import recorded
from tracking.moves.kinds import Kind
from tracking.moves.queries.seen import limit
from tracking.rules.moves import OPEN

LATE = "move_late"
# A task for each council here that is part of it, about nobody: the other council does not see the record.
OPEN_TASKS = """
    INSERT INTO tracking_task (authority_id, kind, words, cause, due_on, opened_at, outcome)
    SELECT side.authority_id, %(kind)s, 'A move between councils has waited for more than ' || %(limit)s || ' days',
           'move ' || m.id, m.asked_on + %(limit)s + 1, %(now)s, ''
    FROM (SELECT *, (asked_at AT TIME ZONE 'Europe/London')::date AS asked_on FROM tracking_move) m,
    LATERAL (VALUES (m.from_authority_id), (m.to_authority_id)) AS side (authority_id)
    WHERE m.state = ANY(%(open)s) AND m.asked_on < %(on)s - %(limit)s AND side.authority_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM tracking_task t
                      WHERE t.authority_id = side.authority_id AND t.kind = %(kind)s AND t.cause = 'move ' || m.id)
      AND NOT EXISTS (SELECT FROM tracking_youngperson p WHERE p.id = m.person_id AND p.restricted_on IS NOT NULL)
"""
CLOSE_TASKS = """
    UPDATE tracking_task t SET done_at = %(now)s, outcome = 'The move was settled'
    FROM tracking_move m
    WHERE t.kind = %(kind)s AND t.done_at IS NULL AND t.cause = 'move ' || m.id AND NOT m.state = ANY(%(open)s)
"""


def late_moves(*, day: date) -> dict[str, int]:
    """Open a task at both councils for every move without an answer after the limit (R50), and close those of moves
    that are settled. Done again it changes nothing."""
    asked: dict[str, Any] = {
        "kind": LATE,
        "limit": limit(day),
        "on": day,
        "now": clock.now(),
        "open": list(OPEN),
    }
    with recorded(Kind.LATE_ONES, by=None) as event, connection.cursor() as cursor:
        cursor.execute(CLOSE_TASKS, asked)
        closed = cursor.rowcount
        cursor.execute(OPEN_TASKS, asked)
        event.counts = {"opened": cursor.rowcount, "closed": closed}
        return dict(event.counts)
