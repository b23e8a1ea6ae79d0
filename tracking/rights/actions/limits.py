"""A record that is kept and not used: from when, why, and used again only after whoever asked was told."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.register.actions.reach import changing, repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight
from tracking.rights.kinds import Kind
from tracking.rights.models import UseLimited


def limit_use(*, person: YoungPerson, why: str, by: User) -> UseLimited:
    """From today nobody is written to or rung from this record; it goes on being kept and counted (UK GDPR article
    18(2)). Done twice it is done once. Raises NotRight, NotPermitted."""
    if why not in UseLimited.Why.values:
        raise NotRight({"why": "Select why it is not used"})
    with changing(person, Kind.USE_LIMITED, permission=Permission.OBJECTION_RECORD, by=by) as (now, event):
        if standing := now.use_limits.filter(ends_on__isnull=True).first():
            repeated(event)
            return standing
        return begin_limit(now, why, by)


def tell_before_use(*, person: YoungPerson, by: User) -> UseLimited:
    """They were told today that the limit is going to end (article 18(3)). Raises NotRight, NotPermitted."""
    permission = Permission.OBJECTION_RECORD
    with changing(person, Kind.TOLD_BEFORE_USE, permission=permission, by=by) as (now, event):
        held = _standing(now)
        if held.told_on:
            repeated(event)
            return held
        held.told_on = clock.today()
        held.save(update_fields=["told_on"])
        return held


def use_again(*, person: YoungPerson, why: str, by: User) -> UseLimited:
    """The record is used again from today; whoever asked has been told before. Raises NotRight, NotPermitted."""
    if not why.strip():
        raise NotRight({"why": "Enter why it may be used again"})
    with changing(person, Kind.USED_AGAIN, permission=Permission.OBJECTION_RECORD, by=by, why=why) as (
        now,
        _,
    ):
        held = _standing(now)
        if held.told_on is None:
            raise NotRight({"": "Tell them first that the record is going to be used again"})
        held.ends_on, held.ended_why = clock.today(), why.strip()[:240]
        held.save(update_fields=["ends_on", "ended_why"])
        return held


def begin_limit(person: YoungPerson, why: str, by: User) -> UseLimited:
    """The limit that stands, or one from today on; inside the act that asks for it."""
    found, _ = UseLimited.objects.get_or_create(
        person=person,
        ends_on=None,
        defaults={"why": why, "starts_on": clock.today(), "recorded_by": by},
    )
    return found


def take_limit_on(*, person: YoungPerson, by: User) -> UseLimited:
    """This council has looked: the limit that came along goes on here as its own. Raises NotRight, NotPermitted."""
    with changing(person, Kind.LIMIT_TAKEN_ON, permission=Permission.OBJECTION_RECORD, by=by) as (now, event):
        held = _standing(now)
        if not held.is_to_decide:
            repeated(event)
            return held
        held.decided_on = clock.today()
        held.save(update_fields=["decided_on"])
        return held


def _standing(person: YoungPerson) -> UseLimited:
    held = person.use_limits.select_for_update(of=("self",)).filter(ends_on__isnull=True).first()
    if held is None:
        raise NotRight({"": "The record is used like any other"})
    return held
