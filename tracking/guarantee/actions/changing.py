"""After the freeze nobody comes or goes silently: every addition and removal has its day, its reason and its author."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from tracking.guarantee.actions.setting import Membership, owe, take_in
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze
from tracking.guarantee.queries.cohort import Asked
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight


def add(*, freeze: CohortFreeze, people: Sequence[int], why: str, by: User) -> int:
    """Take these young people into a cohort that is set, as the register has them today; how many came in.

    Left out: who is in it, and who does not belong (another year group, not in our cohort). Raises NotPermitted,
    NotRight.
    """
    mine = reached(freeze, people, why, by)
    today = clock.today()
    with recorded(Kind.ADDED, by=by, authority_id=freeze.authority_id, why=why) as event:
        one_at_a_time("guarantee_cohort", freeze.authority_id)
        asked = Asked(freeze.authority, freeze.year, today, list(mine.values_list("pk", flat=True)))
        how = Membership(at_freeze=False, added_on=today, why=why.strip())
        event.subjects = take_in(freeze, asked, how, by)
        event.counts = {"people": len(event.subjects), "records": owe(freeze, event.subjects)}
    return len(event.subjects)


def remove(*, freeze: CohortFreeze, people: Sequence[int], why: str, by: User) -> int:
    """Take these young people out of a cohort that is set; how many went out. The cohort as it was frozen still names
    them, and how their guarantee stood stays on their record. Raises NotPermitted, NotRight."""
    mine = reached(freeze, people, why, by)
    with recorded(Kind.REMOVED, by=by, authority_id=freeze.authority_id, why=why) as event:
        one_at_a_time("guarantee_cohort", freeze.authority_id)
        members = freeze.members.select_for_update(of=("self",)).filter(
            person__in=mine.values("pk"), removed_on=None
        )
        held = dict(members.order_by("pk").values_list("pk", "person_id"))
        freeze.members.filter(pk__in=list(held)).update(
            removed_on=clock.today(), removed_by=by, removed_why=why.strip()
        )
        event.subjects = list(held.values())
        YoungPerson.objects.filter(pk__in=event.subjects, has_guarantee=True).update(
            has_guarantee=False, version=F("version") + 1
        )
        event.counts = {"people": len(held)}
    return len(held)


def reached(freeze: CohortFreeze, people: Sequence[int], why: str, by: User) -> QuerySet[YoungPerson]:
    """Those of these people this person may change the cohort for."""
    held_at = {place.authority_id for place in scope_of(by).where(Permission.COHORT_SET)}
    if freeze.authority_id not in held_at:
        raise NotPermitted(Permission.COHORT_SET)
    if not freeze.is_set:
        raise NotRight({"": "The cohort is not set yet."})
    if not why.strip():
        raise NotRight({"why": "Enter the reason"})
    return YoungPerson.objects.visible_to(by).filter(authority=freeze.authority_id, pk__in=list(people))
