"""Which service or worker answers for a young person."""

from datetime import date, timedelta

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from tracking.register.actions.reach import changing, repeated
from tracking.register.kinds import Kind
from tracking.register.models import Responsibility, YoungPerson
from tracking.register.refusals import NotRight
from tracking.register.statements import Charge


def assign_responsibility(*, person: YoungPerson, charge: Charge, by: User) -> Responsibility:
    """They answer for the young person from a day on; whoever led before stops leading the day before.

    Raises NotRight, NotPermitted.
    """
    if charge.service is None and charge.user is None:
        raise NotRight({"service": "Select a service or a worker"})
    if charge.service and charge.service.authority_id != person.authority_id:
        raise NotRight({"service": "Select a service of this council"})
    with changing(person, Kind.RESPONSIBILITY_GIVEN, permission=Permission.ALLOCATE, by=by) as (now, event):
        return given(now, charge, event)


def give(*, person: YoungPerson, charge: Charge, by: User) -> Responsibility:
    """The same as part of an act that has asked already whether it may, and holds the person's row: a service that
    accepts a referral takes the young person on though it did not see the record before."""
    where, whom = person.authority_id, [person.pk]
    with recorded(Kind.RESPONSIBILITY_GIVEN, by=by, authority_id=where, subjects=whom) as event:
        return given(person, charge, event)


def given(person: YoungPerson, charge: Charge, event: AuditEvent) -> Responsibility:
    running = person.responsibilities.select_for_update(of=("self",)).filter(
        ends_on__isnull=True, kind=charge.kind
    )
    if same := running.filter(service=charge.service, user=charge.user).first():
        repeated(event)
        return same
    if charge.kind == Responsibility.Kind.LEAD:
        for before in running:
            end(before, charge.starts_on - timedelta(days=1))
    asked = {name: getattr(charge, name) for name in Charge.__slots__}
    return Responsibility.objects.create(person=person, **asked)


def end_responsibility(*, responsibility: Responsibility, on: date, by: User) -> Responsibility:
    """They answer for the young person until that day, itself included. Raises NotPermitted."""
    person = responsibility.person
    with changing(person, Kind.RESPONSIBILITY_ENDED, permission=Permission.ALLOCATE, by=by) as (now, event):
        held = now.responsibilities.select_for_update(of=("self",)).get(pk=responsibility.pk)
        if held.ends_on:
            repeated(event)
            return held
        return end(held, on)


def end(held: Responsibility, on: date) -> Responsibility:
    """Never before it began: a change of mind on the first day leaves that day."""
    held.ends_on = max(on, held.starts_on)
    held.save(update_fields=["ends_on"])
    return held
