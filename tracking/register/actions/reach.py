"""Whose record this is, asked again at the moment of change: sight and permission must hold at the same
place.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db.models import QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import Scope, scope_of
from neet.audit.actions import recorded
from neet.audit.kinds import AuditKind
from neet.audit.models import AuditEvent
from tracking.register import sight
from tracking.register.fields import changes
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted


@contextmanager
def changing(
    person: YoungPerson, kind: AuditKind, *, permission: Permission, by: User, why: str = ""
) -> Iterator[tuple[YoungPerson, AuditEvent]]:
    """One change to one record, with its audit event, or neither.

    Inside stands the person's row as it is now, held until the end: two changes to one record follow each
    other. Raises NotPermitted where the user may not do this, or no longer sees the record.
    """
    with recorded(kind, by=by, authority_id=person.authority_id, subjects=[person.pk], why=why) as event:
        yield locked(person, by=by, permission=permission), event


def repeated(event: AuditEvent) -> None:
    """The same was asked a moment ago (a button pressed twice): the event says that nothing changed."""
    event.counts["repeated"] = 1


def within_reach(user: User, permission: Permission) -> QuerySet[YoungPerson]:
    """The young people for whom this user holds the permission at a place that shows them."""
    scope = scope_of(user)
    return YoungPerson.objects.filter(
        sight.rows(Scope(scope.user_id, scope.where(permission)), clock.today())
    )


def locked(person: YoungPerson, *, by: User, permission: Permission) -> YoungPerson:
    """The person's row as it stands now, held until the transaction ends."""
    found = within_reach(by, permission).select_for_update(of=("self",)).filter(pk=person.pk).first()
    if found is None:
        raise NotPermitted(permission)
    return found


def refuse_fields(user: User, person: YoungPerson, names: Iterable[str]) -> None:
    """Raise NotPermitted unless the user's roles at the person's authority change all these fields
    (fields.csv).
    """
    places = scope_of(user).places
    roles = {place.role for place in places if place.authority_id == person.authority_id}
    if refused := [name for name in names if not changes(roles, name)]:
        raise NotPermitted(", ".join(sorted(refused)))
