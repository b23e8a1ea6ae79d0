"""Somebody says of many that what is recorded of them still goes on."""

from datetime import date

from django.db import connection

from neet.ui.words import day
from tracking.bulk.acts import Deed, Said, Weighed
from tracking.reference.queries import ruleset
from tracking.register.actions.confirmations import insert_confirmations
from tracking.register.models import Situation
from tracking.register.models.activity import Source
from tracking.register.rules.activities import not_known_codes

NOTHING = "Nothing is known to go on"
NOT_YET = "The day they knew must be today or in the past"
BEGAN_LATER = "What is recorded began after that day"
ENDED = "What is recorded ended before that day"
ALREADY = "Confirmed by the same source for that day already"

WEIGH = """
    SELECT p.id, CASE
      WHEN a.id IS NULL OR s.code = ANY(%(unknown)s) OR a.ends_on < %(today)s THEN %(nothing)s
      WHEN a.starts_on > %(on)s THEN %(began_later)s
      WHEN a.ends_on < %(on)s THEN %(ended)s
      WHEN EXISTS (
        SELECT FROM tracking_confirmation c
        WHERE c.activity_id = a.id AND c.verified_on = %(on)s AND c.source = %(source)s AND c.voids_id IS NULL
          AND NOT EXISTS (SELECT FROM tracking_confirmation v WHERE v.voids_id = c.id)) THEN %(already)s
      ELSE '' END
    FROM unnest(%(people)s::bigint[]) AS p (id)
    LEFT JOIN tracking_situation s ON s.person_id = p.id
    LEFT JOIN tracking_activity a ON a.id = s.activity_id
"""


def weigh(deed: Deed) -> Weighed:
    """One statement. Nobody can confirm that nothing is known, or what is yet to come."""
    if date.fromisoformat(deed.said["on"]) > deed.on:
        return dict.fromkeys(deed.people, NOT_YET)
    asked = {
        "people": list(deed.people),
        "unknown": sorted(not_known_codes(ruleset(deed.on))),
        "today": deed.on,
        "on": date.fromisoformat(deed.said["on"]),
        "source": deed.said["source"],
        "nothing": NOTHING,
        "began_later": BEGAN_LATER,
        "ended": ENDED,
        "already": ALREADY,
    }
    with connection.cursor() as cursor:
        cursor.execute(WEIGH, asked)
        return dict(cursor.fetchall())


def do(deed: Deed) -> None:
    """The same statement that confirms one."""
    held = Situation.objects.filter(person__in=deed.people, activity__isnull=False)
    insert_confirmations(
        list(held.values_list("activity", flat=True)),
        on=date.fromisoformat(deed.said["on"]),
        source=deed.said["source"],
        by=deed.by,
    )


def tells(said: Said, on: date) -> list[tuple[str, str]]:
    return [
        ("Who told you?", str(Source(said["source"]).label)),
        ("When did they know?", str(day(date.fromisoformat(said["on"])))),
    ]
