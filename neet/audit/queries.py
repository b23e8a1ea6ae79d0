"""Reading the trail: what is sealed, whether it is whole, and what a governance officer looks for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils.timezone import make_aware

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.kinds import words_of
from neet.audit.models import AuditEvent, Seal
from neet.audit.rules import chain

COLUMNS = (
    "id", "at", "kind", "user_id", "role", "authority_id", "subjects", "counts", "why", "request_id", "transaction",
)  # fmt: skip

# Ended transactions only: what they wrote is all there is. A number above the present ones comes from before a
# restore, so it has ended too. Whatever the seal before could see is in a seal already.
UNSEALED = """
    SELECT e.id FROM audit_auditevent e
    WHERE (e.transaction < %(horizon)s
           OR e.transaction > pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
      AND (e.transaction >= %(since)s OR %(everything)s)
      AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.id > %(near)s AND e.id = ANY (s.event_ids))
    ORDER BY e.transaction, e.id LIMIT %(most)s
"""
# The oldest transaction that runs. One that surely works in another database of the server writes nothing here.
HORIZON = """
    WITH now AS (SELECT pg_current_snapshot() AS snapshot),
    elsewhere AS (
        SELECT backend_xid::text::bigint AS number FROM pg_stat_activity
        WHERE datname <> current_database() AND backend_xid IS NOT NULL
    ),
    running AS (SELECT pg_snapshot_xip(snapshot)::text::bigint AS number FROM now)
    SELECT coalesce(
        (SELECT min(number) FROM running
         WHERE number & 4294967295 NOT IN (SELECT number FROM elsewhere)),
        (SELECT pg_snapshot_xmax(snapshot)::text::bigint FROM now)
    )
"""


@dataclass(frozen=True)
class Break:
    """The first place where the trail is not what it was: an event or a seal, and what is wrong."""

    where: str
    what: str


def unsealed(*, last: Seal | None, horizon: int, most: int) -> list[int]:
    """Ids of events that can be sealed now, oldest transaction first."""
    before_a_restore = last is not None and last.below > horizon
    everything = last is None or before_a_restore
    since = 0 if last is None else last.below
    # seals that left some behind begin at the same number: what stands in any of them is sealed
    near = (
        0
        if everything
        else Seal.objects.filter(below=since).order_by("id").values_list("id", flat=True)[0] - 1
    )
    asked = {"since": since, "everything": everything, "near": near, "most": most, "horizon": horizon}
    with connection.cursor() as cursor:
        cursor.execute(UNSEALED, asked)
        return [row[0] for row in cursor.fetchall()]


def horizon() -> int:
    """Every transaction below this number has ended."""
    with connection.cursor() as cursor:
        cursor.execute(HORIZON)
        return int(cursor.fetchone()[0])


def links(ids: list[int]) -> dict[int, bytes]:
    """The bytes to be chained of these events."""
    return {row["id"]: chain.said(row) for row in AuditEvent.objects.filter(pk__in=ids).values(*COLUMNS)}


def first_break() -> Break | None:
    """The first event or seal that is not what was sealed; None for a whole trail. Reads one seal at a time."""
    previous, sealed = chain.BEGINNING, 0
    for seal in Seal.objects.order_by("id").iterator(chunk_size=50):
        if found := _break_in(seal, previous):
            return found
        previous, sealed = bytes(seal.digest), sealed + len(seal.event_ids)
    return _never_sealed()


def _break_in(seal: Seal, previous: bytes) -> Break | None:
    digests = chain.split(bytes(seal.digests))
    if bytes(seal.previous) != previous:
        return Break(f"seal {seal.pk}", "it does not follow the seal before it: one is missing or changed")
    found = links(seal.event_ids)
    for event_id, digest in zip(seal.event_ids, digests, strict=False):
        if event_id not in found:
            return Break(f"event {event_id}", f"it is gone, and seal {seal.pk} says it was there")
        previous = chain.after(previous, found[event_id])
        if previous != digest:
            return Break(f"event {event_id}", f"it is not what seal {seal.pk} sealed")
    whole = len(digests) == len(seal.event_ids) and bytes(seal.digest) == previous
    return None if whole else Break(f"seal {seal.pk}", "it was changed")


def _never_sealed() -> Break | None:
    """An event slipped in below what is sealed: nobody could have written it in the ordinary way."""
    last = Seal.objects.order_by("id").last()
    if last is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT e.id FROM audit_auditevent e
               LEFT JOIN (SELECT unnest(event_ids) AS id FROM audit_seal) s ON s.id = e.id
               WHERE s.id IS NULL AND e.transaction < %s ORDER BY e.id LIMIT 1""",
            [last.below],
        )
        row = cursor.fetchone()
    return Break(f"event {row[0]}", "it was added among events that were sealed already") if row else None


# --- looking things up -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Wanted:
    """What a governance officer looks for."""

    first: date
    last: date
    kind: str = ""
    user_id: int | None = None


def events_visible_to(user: User, wanted: Wanted) -> QuerySet[AuditEvent]:
    """Events of the authorities whose trail this person may read."""
    authorities = [place.authority_id for place in scope_of(user).where(Permission.AUDIT_READ)]
    found = AuditEvent.objects.filter(
        authority_id__in=authorities,
        at__gte=_begins(wanted.first),
        at__lt=_begins(wanted.last + timedelta(days=1)),
    )
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    return found.filter(user_id=wanted.user_id) if wanted.user_id else found


def kinds_seen(user: User) -> list[str]:
    """The kinds there are to choose from."""
    authorities = [place.authority_id for place in scope_of(user).where(Permission.AUDIT_READ)]
    seen = AuditEvent.objects.filter(authority_id__in=authorities)
    return list(seen.order_by("kind").values_list("kind", flat=True).distinct())


def tally(events: QuerySet[AuditEvent]) -> list[tuple[str, int]]:
    """How often each kind happened, the most frequent first, in words."""
    counted = events.order_by().values_list("kind").annotate(times=Count("id")).order_by("-times", "kind")
    return [(words_of(kind), times) for kind, times in counted]


@dataclass(frozen=True)
class Line:
    """One event as the page shows it."""

    event: AuditEvent
    by: str
    about: str


def with_people(events: Iterable[AuditEvent]) -> list[Line]:
    """Events with the name of who did them and how many young people they were about."""
    found = list(events)
    names = dict(User.objects.filter(pk__in={event.user_id for event in found}).values_list("pk", "name"))
    return [
        Line(event, names.get(event.user_id or 0, "The system"), _about(len(event.subjects)))
        for event in found
    ]


def _about(people: int) -> str:
    if not people:
        return ""
    return "1 young person" if people == 1 else f"{people:,} young people"


def _begins(day: date) -> datetime:
    return make_aware(datetime.combine(day, time()))
