"""Making a change to many: whoever may still be changed is weighed anew and changed, all in one transaction."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection

from neet import clock
from neet.audit.actions import recorded
from tracking.bulk.actions.choosing import held
from tracking.bulk.acts import acts
from tracking.bulk.kinds import Kind
from tracking.bulk.models import BulkChange
from tracking.bulk.queries.weighing import NOT_YOURS, deed, people_within_reach, weighed
from tracking.bulk.refusals import NotNow
from tracking.register.actions.upkeep import close_answered

State = BulkChange.State
AT_ONCE = 2000
NO_MAKER = "Whoever chose these young people has no account here any more."

MARK = """
    UPDATE tracking_bulkperson b SET state = CASE WHEN w.why = '' THEN 'changed' ELSE 'left' END, why = left(w.why, 200)
    FROM unnest(%(people)s::bigint[], %(whys)s::text[]) AS w (person_id, why)
    WHERE b.change_id = %(change)s AND b.person_id = w.person_id
"""
MARK_LOST = (
    "UPDATE tracking_bulkperson SET state = 'left', why = %s WHERE change_id = %s AND state = 'chosen'"
)
Tell = Callable[[int, int], None]


def change_many(*, change: BulkChange, tell: Tell) -> BulkChange:
    """Make the change for everybody whom its makers may still change, under one event, so that it can be taken back
    as one. `tell` hears how many are done of how many and may stop it: then nothing is changed. Raises NotNow.
    """
    maker = change.made_by
    if maker is None or not maker.is_active:
        raise NotNow(NO_MAKER)
    with recorded(Kind.CHANGED, by=maker, authority_id=change.authority_id) as event:
        now = held(change, State.GOING)
        on, at = clock.today(), clock.now()
        mine = list(people_within_reach(now).select_for_update(of=("self",)).values_list("pk", flat=True))
        why = weighed(now, mine, on, at)
        event.subjects = [pk for pk in mine if not why[pk]]
        do(now, event.subjects, at, tell)
        mark(now, why)
        close_answered(event.subjects, on=on, by=maker, at=at)
        now.state, now.done_at, now.event_id = State.DONE, at, event.pk
        now.save(update_fields=["state", "done_at", "event_id"])
        changed = len(event.subjects)
        event.counts = {"change": now.pk, "changed": changed, "left": now.people.count() - changed}
        return now


def do(change: BulkChange, people: list[int], at: datetime, tell: Tell) -> None:
    """Some thousands at a time, so that a page hears how far it is; all of it in the same transaction."""
    for start in range(0, len(people), AT_ONCE):
        tell(start, len(people))
        some = people[start : start + AT_ONCE]
        acts()[change.act].done(deed(change, some, clock.today(), at))
    tell(len(people), len(people))


def mark(change: BulkChange, why: Mapping[int, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"people": list(why), "whys": list(why.values()), "change": change.pk})
        cursor.execute(MARK_LOST, [NOT_YOURS, change.pk])
