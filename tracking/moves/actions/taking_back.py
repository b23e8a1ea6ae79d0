"""A move that was accepted goes back, while nothing has followed from it."""

from django.db import connection
from django.db.models import Q

from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.figures.models import Freeze
from tracking.moves.actions.answering import our_council
from tracking.moves.actions.crossing import reopen_tasks
from tracking.moves.actions.turning import held, saved, turn
from tracking.moves.kinds import Kind
from tracking.moves.models import Move
from tracking.register.actions.reach import repeated
from tracking.register.actions.upkeep import ASK_AT_16, CHECK_STARTED, LAPSED, LAPSING
from tracking.register.models import Task, YoungPerson
from tracking.register.refusals import NotRight
from tracking.rights.models import UseLimited
from tracking.rules.moves import Deed, State

SWEPT = (LAPSING, LAPSED, CHECK_STARTED, ASK_AT_16)
COUNTED = (
    "A month has been counted since they moved, so it cannot be taken back. Propose a move the other way."
)
CHANGED = (
    "One of the two records has been changed since, so it cannot be taken back. Propose a move the other way."
)


def take_back(*, move: Move, words: str, by: User) -> Move:
    """Either council takes an accepted move back, and says why: both records are as they were before.

    Only while nothing has followed: no month counted since by either, neither record changed. Raises NotRight,
    NotPermitted.
    """
    where = our_council(move, by)
    with recorded(Kind.TAKEN_BACK, by=by, authority_id=where, counts={"move": move.pk}) as event:
        now = held(move)
        if now.state == State.TAKEN_BACK:
            repeated(event)
            return now
        at = now.turned_at
        turn(now, Deed.TAKE_BACK, by=by, words=words)
        _refuse_counted(now)
        made = _made_by(now)
        now.new_person_id = None if made else now.new_person_id
        saved(now, ["new_person"])
        if made:
            Task.objects.filter(person=made, kind__in=SWEPT).delete()
        event.subjects = [now.person_id] if now.person_id and where == now.from_authority_id else []
        _limits_back(move, now)
        _undo(now)
        if now.person_id:
            reopen_tasks(YoungPerson.objects.get(pk=now.person_id), at)
        return now


def _limits_back(before: Move, now: Move) -> None:
    """That the record is not used came along, and goes back; once the new council acted on it, it has changed."""
    brought = UseLimited.objects.filter(person=before.new_person_id, from_la=now.from_la)
    if brought.exclude(decided_on=None, told_on=None, ends_on=None).exists():
        raise NotRight({"": CHANGED})
    brought.delete()


def _refuse_counted(move: Move) -> None:
    councils = Q(authority=move.from_authority_id) | Q(authority=move.to_authority_id)
    if Freeze.objects.filter(councils, month__gte=move.settled_on, replaced_at=None).exists():
        raise NotRight({"": COUNTED})


def _made_by(move: Move) -> int | None:
    """The record the move made; None where it joined somebody who stood there."""
    if move.new_person_id is None or move.arrival_event is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "select event_id from tracking_youngperson_history where id = %s order by history_id limit 1",
            [move.new_person_id],
        )
        (first,) = cursor.fetchone()
    return move.new_person_id if first == move.arrival_event else None


def _undo(move: Move) -> None:
    """What the acts of the move wrote goes back whole or not at all, at each council under its own event."""
    for act, authority_id in (
        (move.arrival_event, move.to_authority_id),
        (move.leaving_event, move.from_authority_id),
    ):
        if act is None:
            continue
        about = {"move": move.pk}
        event = recorded(Kind.GIVEN_BACK, by=None, authority_id=authority_id, counts=about)
        with event, connection.cursor() as cursor:
            cursor.execute("select of_table, left_ids from tracking_undo(%s)", [act])
            if any(left for _, left in cursor.fetchall()):
                raise NotRight({"": CHANGED})
