"""Personal data went where it should not: what is written down, decided and told, within 72 hours (UK GDPR art. 33)."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.register.refusals import NotPermitted, NotRight
from tracking.retention.kinds import Kind
from tracking.retention.models import Breach
from tracking.retention.statements import Decision, Happened


def record_breach(*, authority: Authority, happened: Happened, by: User) -> Breach:
    """Write a breach down; the 72 hours run from when it became known. Raises NotRight, NotPermitted."""
    _may(authority.pk, by)
    _refuse(happened)
    with recorded(Kind.BREACH_RECORDED, by=by, authority_id=authority.pk) as event:
        breach = Breach.objects.create(
            authority=authority, what=happened.what.strip(), happened_on=happened.happened_on,
            known_at=happened.known_at, people=happened.people, measures=happened.measures.strip(), recorded_by=by,
        )  # fmt: skip
        event.counts = {"breach": breach.pk}
    return breach


def change_breach(*, breach: Breach, happened: Happened, by: User) -> Breach:
    """More is known of it. Raises NotRight, NotPermitted."""
    _may(breach.authority_id, by)
    _refuse(happened)
    with recorded(Kind.BREACH_CHANGED, by=by, authority_id=breach.authority_id, counts={"breach": breach.pk}):
        now = _open(breach)
        now.what, now.happened_on = happened.what.strip(), happened.happened_on
        now.known_at, now.people, now.measures = happened.known_at, happened.people, happened.measures.strip()
        now.save(update_fields=["what", "happened_on", "known_at", "people", "measures"])
    return now


def decide_breach(*, breach: Breach, decision: Decision, by: User) -> Breach:
    """Say whether the ICO is told, why, and when it was. Raises NotRight, NotPermitted."""
    _may(breach.authority_id, by)
    if not decision.why.strip():
        raise NotRight({"why": "Enter why"})
    if decision.told_at and not decision.tells_ico:
        raise NotRight({"told_at": "The ICO was told: select yes above"})
    with recorded(Kind.BREACH_DECIDED, by=by, authority_id=breach.authority_id, counts={"breach": breach.pk}):
        now = _open(breach)
        now.tells_ico, now.decided_why = decision.tells_ico, decision.why.strip()
        now.tells_people, now.told_at = decision.tells_people, decision.told_at
        now.decided_by, now.decided_at = by, clock.now()
        now.save(
            update_fields=["tells_ico", "decided_why", "tells_people", "told_at", "decided_by", "decided_at"]
        )
    return now


def close_breach(*, breach: Breach, by: User) -> Breach:
    """Nothing more is to do about it. Raises NotRight where nobody decided or the ICO still waits, NotPermitted."""
    _may(breach.authority_id, by)
    with recorded(Kind.BREACH_CLOSED, by=by, authority_id=breach.authority_id, counts={"breach": breach.pk}):
        now = _open(breach)
        if now.tells_ico is None:
            raise NotRight({"": "Say first whether the ICO is told."})
        if now.tells_ico and now.told_at is None:
            raise NotRight({"": "Say first when the ICO was told."})
        if not now.measures:
            raise NotRight({"": "Say first what was done about it."})
        now.closed_by, now.closed_at = by, clock.now()
        now.save(update_fields=["closed_by", "closed_at"])
    return now


def _open(breach: Breach) -> Breach:
    now = Breach.objects.select_for_update(of=("self",)).get(pk=breach.pk)
    if now.closed_at:
        raise NotRight({"": "This breach is closed."})
    return now


def _refuse(happened: Happened) -> None:
    if not happened.what.strip():
        raise NotRight({"what": "Enter what happened"})
    if happened.known_at > clock.now():
        raise NotRight({"known_on": "The moment must have passed"})
    if happened.happened_on and happened.happened_on > happened.known_at.astimezone(clock.LONDON).date():
        raise NotRight({"happened_on": "It cannot be known before it happened"})


def _may(authority_id: int, by: User) -> None:
    if not any(place.authority_id == authority_id for place in scope_of(by).where(Permission.AUDIT_READ)):
        raise NotPermitted(Permission.AUDIT_READ)
