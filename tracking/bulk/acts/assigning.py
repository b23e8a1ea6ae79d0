"""A service or a worker answers for many from a day on."""

from datetime import date
from typing import Any

from django.db import connection

from neet.accounts.models import User
from neet.ui.words import day
from schools.models import Service
from tracking.bulk.acts import Deed, Said, Weighed
from tracking.register.models import Responsibility

ALREADY = "They answer for them already"

WEIGH = """
    SELECT p.id, CASE WHEN EXISTS (
      SELECT FROM tracking_responsibility r
      WHERE r.person_id = p.id AND r.ends_on IS NULL AND r.kind = %(kind)s
        AND r.service_id IS NOT DISTINCT FROM %(service)s AND r.user_id IS NOT DISTINCT FROM %(user)s
    ) THEN %(already)s ELSE '' END
    FROM unnest(%(people)s::bigint[]) AS p (id)
"""
# Whoever led before stops the day before; never before they began.
END_LEAD = """
    UPDATE tracking_responsibility SET ends_on = greatest(%(starts_on)s::date - 1, starts_on)
    WHERE person_id = ANY(%(people)s) AND kind = %(kind)s AND ends_on IS NULL
"""
GIVE = """
    INSERT INTO tracking_responsibility (person_id, service_id, user_id, kind, starts_on)
    SELECT p.id, %(service)s, %(user)s, %(kind)s, %(starts_on)s FROM unnest(%(people)s::bigint[]) AS p (id)
    ORDER BY p.id
"""


def weigh(deed: Deed) -> Weighed:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(WEIGH, parameters(deed))
        return dict(cursor.fetchall())


def do(deed: Deed) -> None:
    """Two statements: one lead at a time, and the new one."""
    with connection.cursor() as cursor:
        if deed.said["kind"] == Responsibility.Kind.LEAD:
            cursor.execute(END_LEAD, parameters(deed))
        cursor.execute(GIVE, parameters(deed))


def parameters(deed: Deed) -> dict[str, Any]:
    named = {name: deed.said[name] for name in ("kind", "service", "user", "starts_on")}
    return {**named, "people": list(deed.people), "already": ALREADY}


def tells(said: Said, on: date) -> list[tuple[str, str]]:
    service = Service.objects.filter(pk=said["service"]).first() if said["service"] else None
    worker = User.objects.filter(pk=said["user"]).first() if said["user"] else None
    rows = (
        ("In what way?", Responsibility.Kind(said["kind"]).label),
        ("Service", service.name if service else ""),
        ("Worker", worker.name if worker else ""),
        ("Since when?", day(date.fromisoformat(said["starts_on"]))),
    )
    return [(label, str(words)) for label, words in rows if words]
