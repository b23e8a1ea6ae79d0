"""Where a young person lives and how they are reached."""

from datetime import date, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.register.actions.reach import changing, repeated
from tracking.register.kinds import Kind
from tracking.register.models import ContactPoint, Residence, YoungPerson
from tracking.register.refusals import Conflict, NotRight
from tracking.register.statements import ADDRESS_LINES, Address, Reach


def move_address(*, person: YoungPerson, address: Address, seen_id: int | None, by: User) -> Residence:
    """They live somewhere else since a day; the address before ends the day before.

    `seen_id` is the current address the page showed (None: none). Raises Conflict where it is another by now,
    NotRight where the day is not after the present address began, NotPermitted.
    """
    with changing(person, Kind.ADDRESS_CHANGED, permission=Permission.PERSON_CHANGE, by=by) as (now, event):
        current = now.residences.filter(ends_on__isnull=True).first()
        if current and same_address(current, address):
            repeated(event)
            return current
        if (current.pk if current else None) != seen_id:
            raise Conflict(theirs=lines_of(current), yours=lines_of(address))
        if current:
            end_residence(current, address.starts_on)
        return Residence.objects.create(
            person=now, ends_on=None, **{name: getattr(address, name) for name in Address.__slots__}
        )


def correct_address(*, person: YoungPerson, address: Address, seen_id: int, by: User) -> Residence:
    """The present address was written down wrongly: the row is put right. Raises Conflict, NotPermitted."""
    with changing(person, Kind.ADDRESS_CHANGED, permission=Permission.PERSON_CHANGE, by=by) as (now, _event):
        current = now.residences.filter(ends_on__isnull=True).first()
        if current is None or current.pk != seen_id:
            raise Conflict(theirs=lines_of(current), yours=lines_of(address))
        for name in Address.__slots__:
            setattr(current, name, getattr(address, name))
        current.save()
        return current


def end_residence(current: Residence, moved_on: date) -> None:
    if current.starts_on and current.starts_on >= moved_on:
        raise NotRight({"starts_on": "The day they moved must be after the day the present address began"})
    current.ends_on = moved_on - timedelta(days=1)
    current.save(update_fields=["ends_on"])


def same_address(one: Residence, other: Address) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ADDRESS_LINES)


def lines_of(address: Residence | Address | None) -> dict[str, str]:
    return (
        {name: getattr(address, name) for name in ADDRESS_LINES}
        if address
        else dict.fromkeys(ADDRESS_LINES, "")
    )


def record_contact_point(*, person: YoungPerson, reach: Reach, by: User) -> ContactPoint:
    """A way to reach them, from today; the same one again changes nothing. Raises NotPermitted."""
    with changing(person, Kind.CONTACT_RECORDED, permission=Permission.PERSON_CHANGE, by=by) as (now, event):
        running = now.contact_points.filter(ends_on__isnull=True, kind=reach.kind, whose=reach.whose)
        if same := running.filter(value__iexact=reach.value).first():
            repeated(event)
            return same
        asked = {name: getattr(reach, name) for name in Reach.__slots__}
        return ContactPoint.objects.create(person=now, **asked)


def end_contact_point(*, point: ContactPoint, by: User) -> None:
    """It no longer reaches them; it stays in the history. Raises NotPermitted."""
    with changing(point.person, Kind.CONTACT_ENDED, permission=Permission.PERSON_CHANGE, by=by) as (
        now,
        _event,
    ):
        now.contact_points.filter(pk=point.pk, ends_on__isnull=True).update(
            ends_on=Greatest(F("starts_on"), clock.today())
        )


def stop_using(*, point: ContactPoint, by: User) -> None:
    """It reaches them but is not to be used. Raises NotPermitted."""
    with changing(point.person, Kind.CONTACT_ENDED, permission=Permission.PERSON_CHANGE, by=by) as (
        now,
        _event,
    ):
        now.contact_points.filter(pk=point.pk).update(do_not_use=True)


def found_wrong(*, point: ContactPoint, by: User) -> None:
    """The same as part of an act that has asked already whether it may, and holds the person's row: whoever rang there
    and met a stranger."""
    person = point.person
    with recorded(Kind.CONTACT_ENDED, by=by, authority_id=person.authority_id, subjects=[person.pk]):
        person.contact_points.filter(pk=point.pk).update(do_not_use=True)
