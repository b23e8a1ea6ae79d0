"""Who may open one record beyond what their role shows: restricted records, stated reasons, emergencies."""

from datetime import timedelta

from django.conf import settings

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.messages.actions import send
from schools.models import Membership
from tracking.register.actions.people import rewritten
from tracking.register.actions.reach import changing, repeated
from tracking.register.actions.upkeep import EMERGENCY
from tracking.register.kinds import Kind
from tracking.register.models import AccessGrant, Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

GOVERNANCE = "governance"


def restrict_record(*, person: YoungPerson, why: str, by: User) -> YoungPerson:
    """From now on only people named for it see the record; whoever restricts it is the first. Raises
    NotRight, NotPermitted.
    """
    refuse_no_reason(why)
    permission = Permission.RESTRICTION_CHANGE
    with changing(person, Kind.RECORD_RESTRICTED, permission=permission, by=by, why=why) as (now, event):
        if now.restricted_on:
            repeated(event)
            return now
        rewritten(now, {"restricted_on": clock.today(), "restricted_reason": why.strip()[:200]})
        name_once(now, by, why)
        return now


def lift_restriction(*, person: YoungPerson, why: str, by: User) -> YoungPerson:
    """The record is seen again by whoever's role shows it; those named for it need no naming. Raises
    NotRight, NotPermitted.
    """
    refuse_no_reason(why)
    permission = Permission.RESTRICTION_CHANGE
    with changing(person, Kind.RESTRICTION_LIFTED, permission=permission, by=by, why=why) as (now, _event):
        named_for(now).update(until=clock.today() - timedelta(days=1))
        return rewritten(now, {"restricted_on": None, "restricted_reason": ""})


def name_user_for_restricted(*, person: YoungPerson, user: User, why: str, by: User) -> AccessGrant:
    """This colleague may open the restricted record. They must work for its authority. Raises NotRight,
    NotPermitted.
    """
    refuse_no_reason(why)
    permission = Permission.RESTRICTION_CHANGE
    with changing(person, Kind.USER_NAMED, permission=permission, by=by, why=why) as (now, _event):
        if now.restricted_on is None:
            raise NotRight({"": "The record is not restricted"})
        if now.authority_id not in scope_of(user).authority_ids:
            raise NotRight({"user": "Select somebody who works for this council"})
        return name_once(now, user, why)


def name_no_more(*, grant: AccessGrant, why: str, by: User) -> None:
    """This colleague may no longer open the restricted record. Raises NotRight, NotPermitted."""
    refuse_no_reason(why)
    permission = Permission.RESTRICTION_CHANGE
    with changing(grant.person, Kind.USER_NAMED_NO_MORE, permission=permission, by=by, why=why) as (
        now,
        _event,
    ):
        named_for(now).filter(pk=grant.pk).update(until=clock.today() - timedelta(days=1))


def open_with_reason(*, person: YoungPerson, why: str, by: User) -> AccessGrant:
    """A manager or information governance opens a record until the end of the day, saying why.

    A restricted record opens so to information governance only. Raises NotRight, NotPermitted.
    """
    refuse_no_reason(why)
    places = [place for place in scope_of(by).places if place.authority_id == person.authority_id]
    states = [place for place in places if place.role in STATES_A_REASON]
    governs = any(place.can(Permission.RESTRICTION_CHANGE) for place in places)
    if not states or (person.restricted_on and not governs):
        raise NotPermitted(Permission.PERSON_READ)
    return grant_until_tonight(person, by, why, AccessGrant.Kind.REASON, Kind.OPENED_WITH_REASON)


def open_in_emergency(*, person: YoungPerson, why: str, by: User) -> AccessGrant:
    """Somebody whose role allows it opens a record that is hidden from them, until the end of the day, saying
    why; information governance is told at once. Raises NotRight, NotPermitted.
    """
    refuse_no_reason(why)
    places = scope_of(by).where(Permission.BREAK_GLASS)
    if person.authority_id not in {place.authority_id for place in places}:
        raise NotPermitted(Permission.BREAK_GLASS)
    with recorded(
        Kind.OPENED_IN_EMERGENCY, by=by, authority_id=person.authority_id, subjects=[person.pk], why=why
    ):
        grant = grant_until_tonight(person, by, why, AccessGrant.Kind.EMERGENCY, Kind.OPENED_IN_EMERGENCY)
        _, is_new = Task.objects.get_or_create(
            authority_id=person.authority_id,
            person=person,
            kind=EMERGENCY,
            cause=f"{by.pk} {clock.today()}",
            done_at=None,
            defaults={
                "words": "Look into it: a hidden record was opened in an emergency",
                "due_on": clock.today(),
            },
        )
        if is_new:
            tell_governance(person.authority_id)
        return grant


def tell_governance(authority_id: int) -> None:
    """A message to everybody who governs information at the authority: that it happened, and nothing about whom."""
    held = Membership.objects.running(clock.today()).filter(authority=authority_id, role=GOVERNANCE)
    for user_id in sorted(set(held.values_list("user", flat=True))):
        facts = {"base_url": settings.BASE_URL}
        send(template="emergency_opening", to=("user", user_id), authority_id=authority_id, facts=facts)


def refuse_no_reason(why: str) -> None:
    if not why.strip():
        raise NotRight({"why": "Enter a reason"})


def named_for(person: YoungPerson):
    return AccessGrant.objects.filter(person=person, kind=AccessGrant.Kind.NAMED, until__isnull=True)


def name_once(person: YoungPerson, user: User, why: str) -> AccessGrant:
    grant, _ = AccessGrant.objects.get_or_create(
        person=person,
        user=user,
        kind=AccessGrant.Kind.NAMED,
        until=None,
        defaults={"reason": why.strip()[:240]},
    )
    return grant


def grant_until_tonight(person: YoungPerson, user: User, why: str, kind: str, event: Kind) -> AccessGrant:
    with recorded(event, by=user, authority_id=person.authority_id, subjects=[person.pk], why=why):
        grant, _ = AccessGrant.objects.get_or_create(
            person=person, user=user, kind=kind, until=clock.today(), defaults={"reason": why.strip()[:240]}
        )
        return grant
