"""A hub says that it knows somebody."""

from caseload.chase.kinds import Kind
from caseload.chase.queries.tips import HUB, may_be_said, may_know, signed
from caseload.chase.told import Known
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.models import Claim, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotPermitted, NotRight


def say_known(*, person: YoungPerson, known: Known, by: User) -> Claim:
    """Somebody at a hub knows the young person and, perhaps, what they do: a claim, which beats nothing (R71).

    The same said twice is said once. Raises NotRight, NotPermitted.
    """
    refuse_unfit(known)
    said = {
        "code": known.code,
        "place": known.place.strip(),
        "said_on": known.on,
        "said_by": signed(by),
        "channel": HUB,
    }
    with recorded(Kind.KNOWN_SAID, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = may_know(by).select_for_update(of=("self",)).filter(pk=person.pk).first()
        if now is None:
            raise NotPermitted(Permission.KNOWN_CLAIM)
        if same := now.claims.filter(state=Claim.State.OPEN, **said).first():
            repeated(event)
            return same
        return Claim.objects.create(person=now, **said)


def refuse_unfit(known: Known) -> None:
    today = clock.today()
    if known.on > today:
        raise NotRight({"on": "The day you knew must be today or in the past"})
    if known.code and known.code not in may_be_said(ruleset(today)):
        raise NotRight({"code": "Select what they do"})
    if not known.code and not known.place.strip():
        raise NotRight({"place": "Enter where they can be found, or select what they do"})
