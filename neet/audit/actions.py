"""Writing the trail: what was done stands in the same transaction as its record, or neither stands."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from neet.accounts.models import User
from neet.audit.context import acting_role, request_id
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent

# Who writes holds the authority's lock together with all other writers; a freeze of a month holds it alone, so that
# nobody writes across its moment (tracking/figures/actions.py).
RESERVE = """
    SELECT current_setting('neet.audit_event', true),
           set_config('neet.audit_event', nextval(pg_get_serial_sequence('audit_auditevent', 'id'))::text, true),
           pg_advisory_xact_lock_shared(hashtext('neet.recorded'), %s)
"""


@contextmanager
def recorded(
    kind: str,
    *,
    by: User | None,
    authority_id: int | None = None,
    subjects: Iterable[int] = (),
    counts: dict[str, int] | None = None,
    why: str = "",
) -> Iterator[AuditEvent]:
    """One act and its event, together or not at all. `by` is None for the system.

    The event's id is known inside (history triggers stamp it); its `subjects`, `counts` and `why` may still be
    completed there, and it is written when the block ends well.
    """
    with transaction.atomic():
        event = _event(kind, by, authority_id, subjects, counts, why)
        with connection.cursor() as cursor:
            cursor.execute(RESERVE, [authority_id or 0])
            before, own, _ = cursor.fetchone()
            event.pk = int(own)
            yield event
            event.save(force_insert=True)
            cursor.execute("SELECT set_config('neet.audit_event', %s, true)", [before or ""])


def note(
    kind: str,
    *,
    by: User | None,
    authority_id: int | None = None,
    subjects: Iterable[int] = (),
    counts: dict[str, int] | None = None,
    why: str = "",
) -> AuditEvent:
    """Write an event that accompanies no change."""
    event = _event(kind, by, authority_id, subjects, counts, why)
    event.save(force_insert=True)
    return event


def note_read(
    kind: str, *, by: User, authority_id: int | None, subjects: Iterable[int], why: str = ""
) -> AuditEvent:
    """Somebody saw these people: one event for a page or a list, with their ids. Before the first byte of a stream."""
    seen = list(subjects)
    return note(kind, by=by, authority_id=authority_id, subjects=seen, counts={"people": len(seen)}, why=why)


def refused(
    *, by: User | None, authority_id: int | None = None, subjects: Iterable[int] = (), why: str = ""
) -> AuditEvent:
    """Somebody was not let in. Call it when the refused work has rolled back, else the record goes with it."""
    return note(Kind.ACCESS_REFUSED, by=by, authority_id=authority_id, subjects=subjects, why=why)


def _event(
    kind: str,
    by: User | None,
    authority_id: int | None,
    subjects: Iterable[int],
    counts: dict[str, int] | None,
    why: str,
) -> AuditEvent:
    return AuditEvent(
        kind=str(kind),
        user_id=by.pk if by else None,
        role=acting_role.get() if by else "",
        authority_id=authority_id,
        subjects=list(subjects),
        counts=dict(counts or {}),
        why=why,
        request_id=request_id.get(),
    )
