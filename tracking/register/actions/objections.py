"""Objections to passing on more than the law requires (Education and Skills Act 2008 s14 and s72)."""

from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.register.actions.reach import changing, repeated
from tracking.register.actions.upkeep import ASK_AT_16
from tracking.register.kinds import Kind
from tracking.register.models import Objection, YoungPerson
from tracking.register.refusals import NotRight
from tracking.rules.academic_year import birthday

THEIR_OWN_FROM = 16


def record_objection(
    *, person: YoungPerson, made_by: str, made_on: date, channel: str, by: User
) -> Objection:
    """Somebody objected on a day: a parent while the young person is under 16, the young person from then on.

    The same objection again changes nothing. Raises NotRight, NotPermitted.
    """
    with changing(person, Kind.OBJECTION_RECORDED, permission=Permission.OBJECTION_RECORD, by=by) as (
        now,
        event,
    ):
        if standing := now.objections.filter(made_by=made_by, withdrawn_on__isnull=True).first():
            repeated(event)
            return standing
        refuse_wrong_voice(now, made_by, made_on)
        return Objection.objects.create(person=now, made_by=made_by, made_on=made_on, channel=channel)


def refuse_wrong_voice(person: YoungPerson, made_by: str, made_on: date) -> None:
    if made_on > clock.today():
        raise NotRight({"made_on": "The day they told us must be today or in the past"})
    if person.date_of_birth is None:
        raise NotRight({"made_by": "Record the date of birth first: who may object depends on it"})
    theirs = made_on >= birthday(person.date_of_birth, THEIR_OWN_FROM)
    if theirs and made_by == Objection.MadeBy.PARENT:
        raise NotRight({"made_by": "They were 16 by then: from 16 on the choice is the young person’s own"})
    if not theirs and made_by == Objection.MadeBy.YOUNG_PERSON:
        raise NotRight({"made_by": "They were under 16 then: until 16 a parent or carer makes the choice"})


def withdraw_objection(*, objection: Objection, on: date, by: User) -> Objection:
    """It no longer stands from a day on. Raises NotRight, NotPermitted."""
    permission = Permission.OBJECTION_RECORD
    with changing(objection.person, Kind.OBJECTION_WITHDRAWN, permission=permission, by=by) as (now, event):
        held = now.objections.select_for_update().get(pk=objection.pk)
        if held.withdrawn_on:
            repeated(event)
            return held
        close(held, on)
        return held


def answer_at_16(*, person: YoungPerson, keeps: bool, on: date, channel: str, by: User) -> Objection | None:
    """The young person says, at 16 or later, whether the objection a parent made still stands.

    The parent's ends; where they keep it, their own begins the same day. Closes the task that asks.
    Raises NotRight before their 16th birthday or where no parent's objection stands, NotPermitted.
    """
    with changing(person, Kind.OBJECTION_ANSWERED, permission=Permission.OBJECTION_RECORD, by=by) as (
        now,
        _event,
    ):
        refuse_wrong_voice(now, Objection.MadeBy.YOUNG_PERSON, on)
        parents = (
            now.objections.select_for_update().filter(made_by="parent", withdrawn_on__isnull=True).first()
        )
        if parents is None:
            raise NotRight({"": "No objection made by a parent stands"})
        close(parents, on)
        now.tasks.filter(kind=ASK_AT_16, done_at__isnull=True).update(
            done_at=clock.now(), done_by=by, outcome="The young person answered"
        )
        if not keeps:
            return None
        own, _ = Objection.objects.get_or_create(
            person=now,
            made_by=Objection.MadeBy.YOUNG_PERSON,
            withdrawn_on=None,
            defaults={"made_on": on, "channel": channel},
        )
        return own


def close(objection: Objection, on: date) -> None:
    if on < objection.made_on or on > clock.today():
        raise NotRight({"on": "The day must lie between the day it was made and today"})
    objection.withdrawn_on = on
    objection.save(update_fields=["withdrawn_on"])
