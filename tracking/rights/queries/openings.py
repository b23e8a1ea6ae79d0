"""Records opened out of the ordinary: in an emergency, far oftener than colleagues of the same work, or at night."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import scope_of
from neet.clock import LONDON
from tracking.reference.queries import ruleset
from tracking.register.kinds import Kind
from tracking.register.models import AccessGrant
from tracking.rights.models import UnusualReading
from tracking.rules.reading import Bounds, Reading, bounds_of, is_unusual

# What each person opened in their work for each council since it was last looked into, and what the middle one of the
# others there did in all; who has no colleagues is beside themselves.
READ = """
    WITH opened AS (
        SELECT e.authority_id, e.user_id, e.role, subject, e.at, e.at AT TIME ZONE 'Europe/London' AS moment
        FROM audit_auditevent e, unnest(e.subjects) AS subject
        WHERE e.kind = %(read)s AND e.at >= %(since)s AND e.user_id IS NOT NULL AND e.authority_id IS NOT NULL
    ), looked AS (
        SELECT authority_id, account_id, role, max(looked_at) AS at FROM tracking_unusualreading GROUP BY 1, 2, 3
    ), each_one AS (
        SELECT o.authority_id, o.user_id, o.role, count(DISTINCT subject) AS everybody,
               count(DISTINCT subject) FILTER (WHERE o.at > l.at OR l.at IS NULL) AS people,
               count(DISTINCT subject) FILTER (
                   WHERE (o.at > l.at OR l.at IS NULL)
                     AND (extract(hour FROM moment) NOT BETWEEN 7 AND 19 OR extract(isodow FROM moment) > 5)
               ) AS late,
               max(l.at) AS looked_at
        FROM opened o
        LEFT JOIN looked l ON l.authority_id = o.authority_id AND l.account_id = o.user_id AND l.role = o.role
        GROUP BY o.authority_id, o.user_id, o.role
    )
    SELECT o.authority_id, o.user_id, o.role, o.people, o.late,
           coalesce((SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY c.everybody) FROM each_one c
                     WHERE c.authority_id = o.authority_id AND c.role = o.role AND c.user_id <> o.user_id),
                    o.everybody),
           (SELECT count(*) FROM tracking_accessgrant g JOIN tracking_youngperson p ON p.id = g.person_id
            WHERE g.user_id = o.user_id AND p.authority_id = o.authority_id AND g.kind = %(reason)s
              AND g.granted_at >= %(since)s AND (g.granted_at > o.looked_at OR o.looked_at IS NULL))
    FROM each_one o JOIN accounts_user u ON u.id = o.user_id
    ORDER BY o.authority_id, o.user_id, o.role
"""


@dataclass(frozen=True)
class Read:
    """What somebody opened in one role for one council."""

    authority_id: int
    account_id: int
    role: str
    reading: Reading


def governed(user: User) -> list[int]:
    """The councils whose trail this user reads."""
    return sorted({place.authority_id or 0 for place in scope_of(user).where(Permission.AUDIT_READ)})


def bounds_at(at: datetime) -> Bounds:
    """From where on reading is looked into, by the limits of that day."""
    return bounds_of(ruleset(at.astimezone(LONDON).date()).limits)


def unusual_at(at: datetime) -> Iterator[Read]:
    """Whose reading is out of the ordinary at this moment, at every council; one statement over the trail."""
    bounds = bounds_at(at)
    asked: dict[str, Any] = {
        "read": str(Kind.PERSON_READ),
        "reason": AccessGrant.Kind.REASON,
        "since": at - timedelta(days=bounds.days),
    }
    with connection.cursor() as cursor:
        cursor.execute(READ, asked)
        rows = cursor.fetchall()
    for authority_id, account_id, role, people, late, colleagues, beyond in rows:
        reading = Reading(people, late, beyond, float(colleagues))
        if is_unusual(reading, bounds):
            yield Read(authority_id, account_id, role, reading)


def unusual_seen_by(user: User) -> QuerySet[UnusualReading]:
    """Reading out of the ordinary at the councils this user governs, what nobody looked into first."""
    found = UnusualReading.objects.filter(authority__in=governed(user))
    return found.select_related("account", "looked_by")


def unusual_open(user: User) -> int:
    return unusual_seen_by(user).filter(looked_at=None).order_by().count()


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


def work_of(role: str) -> str:
    """A role in words."""
    return ROLES[role].words if role in ROLES else "Somebody"
