"""Records opened out of the ordinary: in an emergency, far oftener than colleagues of the same work, or at night."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from neet.clock import LONDON
from tracking.register.kinds import Kind
from tracking.register.models import AccessGrant

LOOKS_BACK = timedelta(days=28)
# Looked at: whoever opened this many times what the middle one of their colleagues did, and no fewer than so many;
# and whoever opened so many between eight in the evening and seven in the morning, or at a weekend.
TIMES_COLLEAGUES, AT_LEAST, OUT_OF_HOURS = 3, 40, 20

READ_MUCH = """
    WITH opened AS (
        SELECT e.user_id, e.role, subject,
               e.at AT TIME ZONE 'Europe/London' AS moment
        FROM audit_auditevent e, unnest(e.subjects) AS subject
        WHERE e.kind = %(kind)s AND e.authority_id = ANY (%(authorities)s) AND e.at >= %(since)s
          AND e.user_id IS NOT NULL
    ), each_one AS (
        SELECT user_id, role, count(DISTINCT subject) AS people,
               count(DISTINCT subject) FILTER (
                   WHERE extract(hour FROM moment) NOT BETWEEN 7 AND 19 OR extract(isodow FROM moment) > 5
               ) AS late
        FROM opened GROUP BY user_id, role
    ), middle AS (
        SELECT role, percentile_cont(0.5) WITHIN GROUP (ORDER BY people) AS people FROM each_one GROUP BY role
    )
    SELECT u.name, o.role, o.people, o.late, m.people
    FROM each_one o JOIN middle m USING (role) JOIN accounts_user u ON u.id = o.user_id
    WHERE (o.people >= %(least)s AND o.people >= %(times)s * m.people) OR o.late >= %(late)s
    ORDER BY o.people DESC, u.name, o.user_id
"""


@dataclass(frozen=True)
class Reader:
    """Somebody who opened many records in four weeks, or many out of hours, beside colleagues of the same work."""

    name: str
    role: str
    people: int
    late: int
    colleagues: int


def governed(user: User) -> list[int]:
    """The councils whose trail this user reads."""
    return sorted({place.authority_id or 0 for place in scope_of(user).where(Permission.AUDIT_READ)})


def readers(user: User, on: date) -> list[Reader]:
    """Who opened records out of the ordinary in the last four weeks, most first; one statement over the trail."""
    asked: dict[str, Any] = {
        "kind": str(Kind.PERSON_READ),
        "authorities": governed(user),
        "since": datetime.combine(on - LOOKS_BACK, time.min, LONDON),
        "least": AT_LEAST,
        "times": TIMES_COLLEAGUES,
        "late": OUT_OF_HOURS,
    }
    with connection.cursor() as cursor:
        cursor.execute(READ_MUCH, asked)
        rows = cursor.fetchall()
    return [
        Reader(name, _words(role), people, late, round(middle)) for name, role, people, late, middle in rows
    ]


def emergencies(user: User) -> QuerySet[AccessGrant]:
    """Hidden records opened in an emergency at the councils this user governs, those nobody looked into first."""
    found = AccessGrant.objects.filter(kind=AccessGrant.Kind.EMERGENCY, person__authority__in=governed(user))
    rows = found.select_related("user", "looked_into__looked_by", "person")
    not_yet = F("looked_into__pk").desc(nulls_first=True)
    return rows.order_by(not_yet, "-granted_at", "-pk")


def to_look_into(user: User) -> int:
    return emergencies(user).filter(looked_into=None).order_by().count()


def people_of(grants: Iterable[AccessGrant]) -> list[int]:
    return sorted({each.person_id for each in grants})


def _words(role: str) -> str:
    return ROLES[role].words if role in ROLES else "Somebody"
