"""Answers taken into the register, one by one or forty alike, or set aside."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from caseload.chase.kinds import Kind
from caseload.chase.queries.answers import answers_for, source_of
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from tracking.models import Activity, Claim
from tracking.register.actions.activities import record_activity
from tracking.register.actions.confirmations import confirm_activities
from tracking.register.actions.reach import repeated
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.rules.activities import Told


def take_as_recorded(*, answers: Iterable[int], authority_id: int, by: User) -> int:
    """Those of these answers that say what is recorded confirm it, as of the day each was said; how many were taken.

    One statement for each day and source among them. The others are left as they are.
    """
    with recorded(Kind.ANSWERS_TAKEN, by=by, authority_id=authority_id) as event:
        asked = held(answers, authority_id, by)
        rows = [each for each in asked if each.is_as_recorded]  # type: ignore[attr-defined]  # a column of the query
        said: dict[tuple[date, str], list[int]] = defaultdict(list)
        for each in rows:
            if activity_id := each.person.situation.activity_id:
                said[each.said_on, source_of(each)].append(activity_id)
        for (day, source), activity_ids in sorted(said.items()):
            confirm_activities(activity_ids=activity_ids, on=day, source=source, by=by)
        return decided(rows, Claim.State.TAKEN, event, by)


def take(*, answer: Claim, told: Told, by: User) -> Activity:
    """What was said is recorded, as somebody at a desk completed it: since when, where, until when.

    Raises NotRight, also where somebody decided about it meanwhile, and NotPermitted.
    """
    person = answer.person
    with deciding(Kind.ANSWERS_TAKEN, answer, by) as (row, event):
        if row is None:
            raise NotRight({"": "Somebody else decided about this answer meanwhile."})
        made = record_activity(person=person, told=told, by=by)
        decided([row], Claim.State.TAKEN, event, by)
        return made


def set_aside(*, answers: Iterable[int], authority_id: int, why: str, by: User) -> int:
    """These answers change nothing, for a reason that stays in the trail; how many were set aside. Raises NotRight."""
    if not why.strip():
        raise NotRight({"why": "Enter why you set it aside"})
    with recorded(Kind.ANSWERS_SET_ASIDE, by=by, authority_id=authority_id, why=why.strip()) as event:
        return decided(held(answers, authority_id, by), Claim.State.SET_ASIDE, event, by)


@contextmanager
def deciding(kind: Kind, answer: Claim, by: User) -> Iterator[tuple[Claim | None, AuditEvent]]:
    """One answer held, or None where it waits no more. Raises NotPermitted where it is not theirs to decide."""
    person = answer.person
    with recorded(kind, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        found = held([answer.pk], person.authority_id, by)
        if not found and Claim.objects.filter(pk=answer.pk, state=Claim.State.OPEN).exists():
            raise NotPermitted(Permission.CASE_WORK)
        if not found:
            repeated(event)
        yield (found[0] if found else None), event


def held(answers: Iterable[int], authority_id: int, by: User) -> list[Claim]:
    """Those of these that wait still and are this user's to decide, held until the act ends."""
    rows = answers_for(by).filter(pk__in=list(answers), person__authority=authority_id)
    return list(rows.select_related("person__situation").order_by("pk").select_for_update(of=("self",)))


def decided(rows: list[Claim], state: str, event: AuditEvent, by: User) -> int:
    event.subjects = sorted({each.person_id for each in rows})
    event.counts["answers"] = len(rows)
    Claim.objects.filter(pk__in=[each.pk for each in rows]).update(
        state=state, decided_by=by, decided_at=clock.now()
    )
    return len(rows)
