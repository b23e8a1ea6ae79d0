"""Whom a change is for, what it is, and what was answered: nobody's record changes here."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.bulk.kinds import Kind
from tracking.bulk.models import BulkChange, BulkPerson
from tracking.bulk.queries.allowed import acts_of
from tracking.bulk.refusals import NotNow
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted

State = BulkChange.State
FORGOTTEN_AFTER = timedelta(days=7)
NOBODY = "Nobody was chosen: tick at least one young person."
PUT_IN = """
    INSERT INTO tracking_bulkperson (change_id, person_id, state, why) SELECT %s, p.id, 'chosen', '' FROM ({}) p
"""


def choose(*, people: QuerySet[YoungPerson], authority: Authority, words: str, by: User) -> BulkChange:
    """These young people of the authority, as far as the user sees them now, are settled as whom a change is for. One
    statement however many. What the user chose a week ago and never did anything with goes. Raises NotNow for nobody.
    """
    seen = YoungPerson.objects.visible_to(by).filter(
        authority=authority, pk__in=people.order_by().values("pk")
    )
    with recorded(Kind.CHOSEN, by=by, authority_id=authority.pk) as event:
        forget_old_ones(by)
        made = BulkChange.objects.create(authority=authority, chosen_by=words[:240], made_by=by)
        event.counts = {"change": made.pk, "people": put_in(made, seen)}
        if not event.counts["people"]:
            raise NotNow(NOBODY)
        event.subjects = list(made.people.order_by("pk").values_list("person", flat=True))
        return made


def put_in(change: BulkChange, people: QuerySet[YoungPerson]) -> int:
    """How many they are."""
    try:
        statement, asked = people.order_by().values("id").query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(PUT_IN.format(statement), [change.pk, *asked])
        return cursor.rowcount


def forget_old_ones(by: User) -> None:
    old = BulkChange.objects.filter(
        made_by=by, state=State.CHOSEN, made_at__lt=clock.now() - FORGOTTEN_AFTER, job=None
    )
    old.delete()


def decide_on(*, change: BulkChange, act: str, by: User) -> BulkChange:
    """What is to be done with them; answers given for another act go. Raises NotNow, NotPermitted."""
    if act not in acts_of(by, change.authority_id):
        raise NotPermitted(act)
    return described(change, {"act": act, "said": {} if act != change.act else change.said}, by)


def answer(*, change: BulkChange, said: Mapping[str, Any], by: User) -> BulkChange:
    """What was answered to a step's questions, beside what was answered before. Raises NotNow."""
    return described(change, {"said": {**change.said, **said}}, by)


def handed_on(*, change: BulkChange, onward: str, by: User) -> BulkChange:
    """Those chosen were handed on to the page of that address: what is done with them is done there. Raises NotNow."""
    done = {"said": {"onward": onward}, "state": State.DONE, "done_at": clock.now()}
    return described(change, done, by)


def described(change: BulkChange, named: Mapping[str, Any], by: User) -> BulkChange:
    counts = {"change": change.pk}
    with recorded(Kind.ANSWERED, by=by, authority_id=change.authority_id, counts=counts):
        now = held(change, State.CHOSEN)
        for name, value in {"state": State.CHOSEN, **named}.items():
            setattr(now, name, value)
        now.save(update_fields={"state", *named})
        return now


def discard(*, change: BulkChange, by: User) -> None:
    """Think no more of it, as long as nothing was done. Raises NotNow."""
    counts = {"change": change.pk}
    with recorded(Kind.DISCARDED, by=by, authority_id=change.authority_id, counts=counts):
        now = held(change, State.CHOSEN, State.ASKED)
        BulkPerson.objects.filter(change=now).delete()
        now.delete()


def held(change: BulkChange, *states: str) -> BulkChange:
    """The row as it stands now, held until the transaction ends. Raises NotNow where it is past these states."""
    found = BulkChange.objects.select_for_update(of=("self",)).select_related(
        "authority", "made_by", "agreed_by", "job"
    )
    now = found.filter(pk=change.pk).first()
    if now is None or now.stands not in states:
        raise NotNow("Somebody has gone on with this meanwhile. This is how it stands now.")
    return now
