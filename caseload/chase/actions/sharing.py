"""Who calls whom: a supervisor shares the calls out among officers, or gives some to a colleague (R68)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from caseload.chase import sql
from caseload.chase.kinds import Kind
from caseload.chase.queries.sharing import callers, proposal
from caseload.chase.queries.whom import to_call
from caseload.chase.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import within_reach
from tracking.register.refusals import NotPermitted, NotRight

STEPS = ("moved_today", "ended", "begun")


def share_out(*, authority: Authority, among: Sequence[int], only: Wanted, by: User) -> Mapping[int, int]:
    """Give those wanted to these officers evenly; how many each has of them then.

    Whoever works with somebody already keeps them within an even share; districts stay together. One event; what
    changed hands stands in the history of responsibilities. Raises NotRight, NotPermitted.
    """
    refuse(authority, among, by)
    with recorded(Kind.SHARED_OUT, by=by, authority_id=authority.pk) as event:
        one_at_a_time("calls_shared_out", authority.pk)
        given = proposal(by, among, only, clock.today())
        event.subjects = sorted(given)
        event.counts = {"people": len(given), "changed": hand_over(given)}
        return Counter(given.values())


def give(*, authority: Authority, people: Iterable[int], user: User, by: User) -> int:
    """Give some of those who are to be called to one officer; how many changed hands. Raises NotRight, NotPermitted."""
    refuse(authority, [user.pk], by)
    asked = set(people)
    if not asked:
        raise NotRight({"": "Tick the young people first"})
    with recorded(Kind.GIVEN, by=by, authority_id=authority.pk, subjects=sorted(asked)) as event:
        one_at_a_time("calls_shared_out", authority.pk)
        reach = within_reach(by, Permission.REBALANCE).filter(authority=authority, pk__in=asked)
        if reach.count() != len(asked):
            raise NotPermitted(Permission.REBALANCE)
        if to_call(by, Wanted("all"), clock.today()).filter(pk__in=asked).count() != len(asked):
            raise NotRight({"": "Some of them are not to be called any more. Look at the list again"})
        changed = hand_over(dict.fromkeys(asked, user.pk))
        event.counts = {"people": len(asked), "changed": changed}
        return changed


def refuse(authority: Authority, among: Sequence[int], by: User) -> None:
    places = scope_of(by).where(Permission.REBALANCE)
    if authority.pk not in {place.authority_id for place in places}:
        raise NotPermitted(Permission.REBALANCE)
    if not among:
        raise NotRight({"among": "Select at least one officer"})
    known = set(callers(authority, clock.today()).values_list("pk", flat=True))
    if not known.issuperset(among):
        raise NotRight({"among": "Select officers who track for this council"})


def hand_over(given: Mapping[int, int]) -> int:
    """Begin these officers' tracking today and end anybody else's the day before; how many changed hands."""
    asked: dict[str, Any] = {"people": list(given), "officers": list(given.values()), "day": clock.today()}
    changed = 0
    with connection.cursor() as cursor:
        for step in STEPS:
            cursor.execute(sql.step("share", step), asked)
            changed += cursor.rowcount if step != "ended" else 0
    return changed
