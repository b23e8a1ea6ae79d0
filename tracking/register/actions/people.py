"""Adding a young person, and changing who they are."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import changing, refuse_fields, repeated
from tracking.register.kinds import Kind
from tracking.register.models import FormerName, YoungPerson
from tracking.register.refusals import Conflict, NotPermitted, NotRight
from tracking.register.statements import NewPerson

NAMES = ("given_name", "family_name")
DETAILS = (
    "given_name", "middle_name", "family_name", "known_as", "date_of_birth", "gender", "ethnicity", "upn",
    "uln", "educated_la", "la_at_year_11", "corporate_parent_la", "level_of_need",
    "intended_destination", "has_guarantee", "previous_id",
)  # fmt: skip
TWICE_WITHIN = timedelta(minutes=10)


def add_person(*, authority: Authority, new: NewPerson, searched: bool, by: User) -> YoungPerson:
    """Put a young person on the authority's register under a number of their own.

    `searched` says the register was searched for them first (R37); without it the act is refused. The same
    person added twice by the same press of a button stays one. Raises NotPermitted, NotRight.
    """
    if not any(place.authority_id == authority.pk for place in scope_of(by).where(Permission.PERSON_ADD)):
        raise NotPermitted(Permission.PERSON_ADD)
    if not searched:
        raise NotRight({"": "Search the register for this young person before adding them"})
    with recorded(Kind.PERSON_ADDED, by=by, authority_id=authority.pk) as event:
        one_at_a_time("add_person", authority.pk)
        if same := just_added(authority, new).first():
            repeated(event)
            return same
        person = YoungPerson.objects.create(
            authority=authority,
            young_person_id=next_number(authority),
            **{name: getattr(new, name) for name in NewPerson.__slots__},
        )
        event.subjects = [person.pk]
        return person


def next_number(authority: Authority) -> str:
    """The next free CCIS number: the authority's three digits and ten more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tracking_next_number(%s)", [authority.pk])
        return str(cursor.fetchone()[0])


def just_added(authority: Authority, new: NewPerson) -> QuerySet[YoungPerson]:
    named = {name: getattr(new, name) for name in (*NAMES, "middle_name", "date_of_birth", "upn")}
    since = clock.now() - TWICE_WITHIN
    return YoungPerson.objects.filter(authority=authority, source="register", created_at__gte=since, **named)


def change_details(*, person: YoungPerson, changes: Mapping[str, Any], version: int, by: User) -> YoungPerson:
    """Change what is recorded of who they are; a name that goes is kept as a former name.

    `version` is the record's number when the page was opened. Raises Conflict where somebody changed the same
    record since and the answers differ; NotPermitted.
    """
    if unknown := set(changes) - set(DETAILS):
        raise ValueError(f"not a detail of a young person: {sorted(unknown)}")
    with changing(person, Kind.DETAILS_CHANGED, permission=Permission.PERSON_CHANGE, by=by) as (now, event):
        differing = {name: value for name, value in changes.items() if getattr(now, name) != value}
        if not differing:
            repeated(event)
            return now
        refuse_fields(by, now, [f"youngperson.{name}" for name in differing])
        refuse_lost_update(now, differing, version)
        if set(NAMES) & set(differing):
            keep_former_name(now)
        event.counts["fields"] = len(differing)
        return rewritten(now, differing)


def refuse_lost_update(now: Any, differing: Mapping[str, Any], version: int) -> None:
    """Raise Conflict with both values where the row is no longer the one the page showed."""
    if now.version != version:
        raise Conflict(theirs={name: getattr(now, name) for name in differing}, yours=differing)


def rewritten(row: Any, changes: Mapping[str, Any]) -> Any:
    """The row with these changes and the next version number, saved."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
    return row


def keep_former_name(person: YoungPerson) -> None:
    FormerName.objects.get_or_create(
        person=person,
        given_name=person.given_name,
        family_name=person.family_name,
        defaults={"until": clock.today()},
    )
