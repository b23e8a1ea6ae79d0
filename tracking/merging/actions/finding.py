"""Searching a council's register for people who stand on it twice: whole, or those who changed since the last time."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.matching.doubles import Double, doubles
from tracking.merging.kinds import Kind
from tracking.merging.models import Duplicate, DuplicateSearch
from tracking.merging.queries.identity import identity_of
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted
from tracking.rules.matching.for_eyes import LINES
from tracking.rules.matching.model import VERSION, MatchingModel

# Where more than this share changed, everybody is compared anew, and the matcher learns anew.
MOST_CHANGED = 0.2
JOB = "merging.register_searched"
CHANGED = """
select id from tracking_youngperson_history where authority_id = %(authority)s and recorded_at > %(since)s
union
select r.person_id from tracking_residence_history r join tracking_youngperson p on p.id = r.person_id
where p.authority_id = %(authority)s and r.recorded_at > %(since)s
"""
KEEP = """
insert into tracking_duplicate (authority_id, first_id, second_id, sure, levels, number, state, identity, found_at)
select %(authority)s, f.first, f.second, f.sure, f.levels::jsonb, f.number, 'open', '', %(now)s
from unnest(%(firsts)s::bigint[], %(seconds)s::bigint[], %(sures)s::float8[], %(levels)s::text[], %(numbers)s::text[])
  as f (first, second, sure, levels, number)
on conflict (first_id, second_id) do update set sure = excluded.sure, levels = excluded.levels,
  number = excluded.number, state = 'open', identity = '', decided_at = null, decided_by_id = null,
  found_at = case when tracking_duplicate.state = 'open' then tracking_duplicate.found_at else excluded.found_at end
where tracking_duplicate.state = 'open' or tracking_duplicate.id = any(%(again)s)
returning xmax = 0 or tracking_duplicate.found_at = %(now)s
"""
NO_LONGER = """
delete from tracking_duplicate d where d.authority_id = %(authority)s and d.state = 'open'
  and (%(changed)s::bigint[] is null or d.first_id = any(%(changed)s) or d.second_id = any(%(changed)s))
  and not exists (select from unnest(%(firsts)s::bigint[], %(seconds)s::bigint[]) as f (first, second)
    where f.first = d.first_id and f.second = d.second_id)
"""


def search(*, authority: Authority, by: User | None, whole: bool = False) -> DuplicateSearch:
    """Find the pairs of a council's register that may be one person and keep them for officers to decide; nothing is
    ever put together here. Who was said to be two people stays so until the identity of either changes (R116).

    Compares those who changed since the last search with everybody, or everybody where that is asked for, where it is
    the first search, or where a fifth of the register changed. Raises NotPermitted.
    """
    if by and not any(place.authority_id == authority.pk for place in scope_of(by).where(Permission.MERGE)):
        raise NotPermitted(Permission.MERGE)
    with recorded(Kind.SEARCHED, by=by, authority_id=authority.pk) as event:
        one_at_a_time("tracking.merging.search", authority.pk)
        everybody = YoungPerson.objects.filter(authority=authority, merged_into=None).count()
        alike = {"matcher__version": VERSION, "matcher__lines__worth_a_look": LINES.worth_a_look}
        last = DuplicateSearch.objects.filter(authority=authority, **alike).first()
        changed = None if whole or last is None else _changed(authority, last.ran_at, everybody)
        began = clock.now()
        found = doubles(
            authority_id=authority.pk,
            on=clock.today(),
            changed=changed,
            model=MatchingModel.from_plain(last.matcher) if last and changed is not None else None,
        )
        new = _keep(authority, found.found, changed, began)
        event.counts = {"people": everybody, "pairs": len(found.found), "new": new}
        return DuplicateSearch.objects.create(
            authority=authority,
            ran_at=began,
            by=by,
            is_whole=changed is None,
            people=everybody,
            asked=everybody if changed is None else len(changed),
            pairs=found.pairs,
            found=new,
            matcher=found.model.plain(),
        )


def search_of_the_day(*, day: date) -> int:
    """Due work of every day: every council's register, those who changed. Answers how many pairs are new."""
    return sum(search(authority=each, by=None).found for each in Authority.objects.order_by("pk"))


def _changed(authority: Authority, since: datetime, everybody: int) -> list[int] | None:
    """Whose name, birthday, numbers or address changed since; None where that is most of them."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, {"authority": authority.pk, "since": since})
        changed = [pk for (pk,) in cursor.fetchall()]
    return None if len(changed) > MOST_CHANGED * everybody else sorted(changed)


def _keep(authority: Authority, found: Sequence[Double], changed: Sequence[int] | None, now: datetime) -> int:
    """Write down what was found, forget what is no longer so; answers how many pairs are new to the list."""
    asked: dict[str, Any] = {
        "authority": authority.pk,
        "now": now,
        "changed": None if changed is None else list(changed),
        "firsts": [each.first for each in found],
        "seconds": [each.second for each in found],
        "sures": [each.sure for each in found],
        "levels": [str(list(each.levels)) for each in found],
        "numbers": [each.number for each in found],
        "again": _decided_and_changed(authority, found),
    }
    with connection.cursor() as cursor:
        cursor.execute(NO_LONGER, asked)
        cursor.execute(KEEP, asked)
        return sum(is_new for (is_new,) in cursor.fetchall())


def _decided_and_changed(authority: Authority, found: Iterable[Double]) -> list[int]:
    """Pairs found again that somebody said are two people, and of whom one is not who they were then."""
    pairs = {(each.first, each.second) for each in found}
    decided = Duplicate.objects.filter(authority=authority, state=Duplicate.State.NOT_THE_SAME)
    return [
        each.pk
        for each in decided.select_related("first", "second")
        if (each.first_id, each.second_id) in pairs and each.identity != identity_of(each.first, each.second)
    ]


def ask_for_search(*, authority: Authority, by: User) -> Job | None:
    """Have the whole register searched beside the pages; None where a search is under way. Raises NotPermitted."""
    if not any(place.authority_id == authority.pk for place in scope_of(by).where(Permission.MERGE)):
        raise NotPermitted(Permission.MERGE)
    with transaction.atomic():
        one_at_a_time("tracking.merging.ask", authority.pk)
        if Job.objects.filter(kind=JOB, authority_id=authority.pk, state__in=Job.OPEN).exists():
            return None
        return submit(kind=JOB, by=by, authority_id=authority.pk, payload={}, queue=Job.Queue.LARGE)
