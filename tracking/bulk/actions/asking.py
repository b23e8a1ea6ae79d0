"""Asking that a change be made or taken back: at once, or by a colleague where the council wants two for many."""

from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from tracking.bulk.actions.choosing import held
from tracking.bulk.kinds import Kind
from tracking.bulk.models import BulkChange
from tracking.bulk.queries.allowed import acts_of
from tracking.bulk.queries.weighing import TYPE_FROM
from tracking.bulk.refusals import NotNow
from tracking.register.refusals import NotPermitted, NotRight

State = BulkChange.State
ANOTHER = "Your council wants somebody else to look at a change of so many."


def ask_for(*, change: BulkChange, typed: int | None, by: User) -> Job | None:
    """Have the change made; None where a colleague is asked to look first, or it was asked for a moment ago.

    For more than five hundred whoever asks types how many they are; where the council wants a second person, a
    colleague is asked instead. Raises NotNow, NotRight, NotPermitted.
    """
    refuse_not_allowed(change, by)
    if change.made_by_id != by.pk:
        raise NotPermitted(change.act)
    with recorded(Kind.ASKED, by=by, authority_id=change.authority_id, counts={"change": change.pk}):
        now = held(change, *State.values)
        if now.stands != State.CHOSEN:
            return None
        number = now.people.count()
        if number > TYPE_FROM and typed != number:
            raise NotRight({"number": f"Enter how many young people this is for: {number:,}"})
        if number > TYPE_FROM and now.authority.needs_second_person:
            now.state = State.ASKED
            now.save(update_fields=["state"])
            return None
        return going(now, State.GOING, Kind.CHANGED, by)


def agree(*, change: BulkChange, by: User) -> Job | None:
    """A colleague looked and agrees: it is made, for those whom both may change. None where it goes on already.

    Raises NotNow, NotPermitted.
    """
    refuse_not_allowed(change, by)
    with recorded(Kind.ASKED, by=by, authority_id=change.authority_id, counts={"change": change.pk}):
        now = held(change, *State.values)
        if now.stands != State.ASKED:
            return None
        if now.made_by_id == by.pk:
            raise NotNow(ANOTHER)
        now.agreed_by = by
        now.save(update_fields=["agreed_by"])
        return going(now, State.GOING, Kind.CHANGED, by)


def ask_back(*, change: BulkChange, by: User) -> Job | None:
    """Have the change taken back; None where that goes on already. Raises NotNow, NotPermitted."""
    refuse_not_allowed(change, by)
    with recorded(Kind.ASKED, by=by, authority_id=change.authority_id, counts={"change": change.pk}):
        now = held(change, State.DONE, State.RETURNING, State.BACK)
        if now.stands != State.DONE:
            return None
        return going(now, State.RETURNING, Kind.TAKEN_BACK, by)


def going(now: BulkChange, state: str, kind: Kind, by: User) -> Job:
    now.state = state
    now.job = submit(kind=kind, by=by, authority_id=now.authority_id, payload={"change": now.pk})
    now.save(update_fields=["state", "job"])
    return now.job


def refuse_not_allowed(change: BulkChange, by: User) -> None:
    act = acts_of(by, change.authority_id).get(change.act)
    if act is None or act.hands_over or not change.said:
        raise NotPermitted(change.act)
