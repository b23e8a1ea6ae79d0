"""Recording what a young person does: a new activity, a correction, an end."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from schools.models import Establishment
from tracking.reference.queries import ruleset
from tracking.register.actions.facts import running
from tracking.register.actions.people import refuse_lost_update, rewritten
from tracking.register.actions.reach import changing, refuse_fields, repeated
from tracking.register.actions.upkeep import close_answered
from tracking.register.kinds import Kind
from tracking.register.models import Activity, Characteristic, YoungPerson
from tracking.register.models.activity import Source
from tracking.register.refusals import Conflict, NotRight
from tracking.register.rules.activities import (
    About,
    Told,
    first_known_on,
    not_known_code,
    not_known_codes,
    problems_of,
    verified_on,
)
from tracking.register.statements import Ending
from tracking.rules.academic_year import academic_year, ends_on
from tracking.rules.codes import Need
from tracking.rules.ruleset import RuleSet

DAY = timedelta(days=1)
ONE_AT_A_TIME = "activity_one_primary_at_a_time"
SAID = ("code", "starts_on", "predicted_end_on", "review_on", "course")
ANY = object()


def record_activity(*, person: YoungPerson, told: Told, by: User, seen_id: Any = ANY) -> Activity:
    """What they do since a day, with who said so and when they knew.

    What they did before ends the day before; a stretch of "not known" gives way; where something else began
    later, this lasts until the day before it. The same told twice is one activity. `seen_id` is the activity
    the page showed as the present one. Raises Conflict where it is another by now, NotRight, NotPermitted.
    """
    permission = Permission.ACTIVITY_RECORD
    with changing(person, Kind.ACTIVITY_RECORDED, permission=permission, by=by) as (now, event):
        if same := told_already(now, told):
            repeated(event)
            return same
        refuse_place(now, told, by)
        refuse_unseen(now, seen_id, told)
        made = insert_activity(now, told, ruleset(clock.today()), by)
        close_answered([now.pk], on=clock.today(), by=by)
        return made


def correct_activity(*, activity: Activity, told: Told, version: int, why: str, by: User) -> Activity:
    """What was recorded was wrong: the same row put right, for a stated reason. What adjoins it before moves
    with it.

    Confirmations stay. Raises Conflict where the row changed since the page was opened and the answers
    differ, NotRight (also where it would overlap another), NotPermitted.
    """
    if not why.strip():
        raise NotRight({"why": "Say why you are correcting it"})
    person = activity.person
    permission = Permission.ACTIVITY_RECORD
    with changing(person, Kind.ACTIVITY_CORRECTED, permission=permission, by=by, why=why) as (now, event):
        held = now.activities.select_for_update().get(pk=activity.pk)
        refuse_unfit(now, told, ruleset(clock.today()))
        asked = {**said(told), "ends_on": told.ends_on}
        differing = {name: value for name, value in asked.items() if getattr(held, name) != value}
        if not differing:
            repeated(event)
            return held
        refuse_lost_update(held, differing, version)
        if "starts_on" in differing:
            differing["ascertained_on"] = max(told.starts_on, held.ascertained_on or told.starts_on)
            move_what_adjoins(held, told.starts_on)
        with no_overlap():
            rewritten(held, differing)
        close_answered([now.pk], on=clock.today(), by=by)
        return held


def end_activity(*, activity: Activity, ending: Ending, version: int, by: User) -> Activity:
    """It ended on a day, itself included; from the day after stands what follows, or "not known" where
    nothing is told.

    Returns what follows. Raises Conflict, NotRight, NotPermitted.
    """
    person = activity.person
    rules = ruleset(clock.today())
    with changing(person, Kind.ACTIVITY_ENDED, permission=Permission.ACTIVITY_RECORD, by=by) as (now, event):
        held = now.activities.select_for_update().get(pk=activity.pk)
        if held.ends_on == ending.on and (after := following(now, ending.on)):
            repeated(event)
            return after
        refuse_lost_update(held, {"ends_on": ending.on}, version)
        if ending.on < held.starts_on:
            raise NotRight({"ends_on": "The day it ended must be on or after the day it started"})
        rewritten(held, {"ends_on": ending.on, "leaving_reason": ending.reason})
        after = what_follows(now, ending, rules, by)
        close_answered([now.pk], on=clock.today(), by=by)
        return after


def what_follows(person: YoungPerson, ending: Ending, rules: RuleSet, by: User) -> Activity:
    """What stands from the day after: what was told, what is recorded already, or that nobody knows."""
    after = following(person, ending.on)
    if ending.next is None and after and after.starts_on == ending.on + DAY:
        return after
    return insert_activity(person, ending.next or nobody_knows(person, ending.on + DAY, rules), rules, by)


def nobody_knows(person: YoungPerson, since: date, rules: RuleSet) -> Told:
    """What stands where somebody left and nothing further was said."""
    code = not_known_code(person.date_of_birth, since, rules)
    needs_end = code in rules.needing(Need.PREDICTED_END_DATE)
    return Told(
        code=code,
        starts_on=since,
        told_on=min(since, clock.today()),
        source=Source.AUTHORITY,
        predicted_end_on=ends_on(academic_year(since)) if needs_end else None,
    )


def primaries(person: YoungPerson) -> QuerySet[Activity]:
    return person.activities.filter(is_primary=True)


def following(person: YoungPerson, day: date) -> Activity | None:
    return primaries(person).filter(starts_on__gt=day).order_by("starts_on").first()


def present(person: YoungPerson, on: date) -> Activity | None:
    """The primary activity of a day."""
    under_way = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return primaries(person).filter(under_way, starts_on__lte=on).first()


def told_already(person: YoungPerson, told: Told) -> Activity | None:
    """The same activity from the same day, confirmed by the same source on the same day or later."""
    same = primaries(person).filter(
        code=told.code, starts_on=told.starts_on, establishment=told.establishment_id
    )
    if told.establishment_id is None:
        same = same.filter(establishment_name=told.place)
    known = same.filter(confirmations__source=told.source, confirmations__verified_on=told.told_on)
    return known.order_by("pk").first()


def refuse_unseen(person: YoungPerson, seen_id: Any, told: Told) -> None:
    """Raise Conflict where the present activity is not the one the page showed."""
    if seen_id is ANY:
        return
    stands = present(person, clock.today())
    if (stands.pk if stands else None) != seen_id:
        theirs = (
            {"code": stands.code, "starts_on": stands.starts_on}
            if stands
            else {"code": "", "starts_on": None}
        )
        raise Conflict(theirs=theirs, yours={"code": told.code, "starts_on": told.starts_on})


def refuse_place(person: YoungPerson, told: Told, by: User) -> None:
    """Whoever may not say where somebody is (contractors) says only what they do."""
    if told.establishment_id or told.place:
        refuse_fields(by, person, ["activity.establishment_name"])


def refuse_unfit(person: YoungPerson, told: Told, rules: RuleSet) -> None:
    held = frozenset(running(person, max(told.starts_on, clock.today())).values_list("code", flat=True))
    about = About(person.date_of_birth, held, Characteristic.EHCP in held)
    if problems := problems_of(told, about, rules, clock.today()):
        raise NotRight.because(problems)


def insert_activity(person: YoungPerson, told: Told, rules: RuleSet, by: User | None) -> Activity:
    """The row and its confirmation, with room made for it among the person's other primary activities."""
    refuse_unfit(person, told, rules)
    told = with_room_made(person, told, not_known_codes(rules))
    with no_overlap():
        made = Activity.objects.create(
            person=person,
            **said(told),
            ends_on=told.ends_on,
            ascertained_on=first_known_on(told),
            source=told.source,
            recorded_by=by,
        )
    made.confirmations.create(verified_on=verified_on(told), source=told.source, by=by)
    return made


def said(told: Told) -> dict[str, Any]:
    """The columns that a statement fills, the place's numbers taken from the establishment chosen."""
    where: dict[str, Any] = {
        "establishment_id": None,
        "establishment_number": "",
        "establishment_name": told.place,
    }
    ukprn = ""
    if told.establishment_id:
        chosen = Establishment.objects.get(pk=told.establishment_id)
        where = {
            "establishment_id": chosen.pk,
            "establishment_number": chosen.number,
            "establishment_name": chosen.name,
        }
        ukprn = chosen.ukprn
    return {**{name: getattr(told, name) for name in SAID}, **where, "ukprn": ukprn}


def with_room_made(person: YoungPerson, told: Told, gives_way: frozenset[str]) -> Told:
    """Ends what runs into the new activity, takes away "not known" stretches it fills, and ends it before
    what is known to come after. Raises NotRight where something known began the same day.
    """
    later = list(
        primaries(person).select_for_update().filter(starts_on__gte=told.starts_on).order_by("starts_on")
    )
    is_known = told.code not in gives_way
    kept = next((each for each in later if not is_known or each.code not in gives_way), None)
    if kept and kept.starts_on == told.starts_on:
        raise NotRight({"starts_on": "Something is recorded from that day already: correct it instead"})
    take_away([each.pk for each in later if kept is None or each.starts_on < kept.starts_on])
    end_what_runs_into(person, told.starts_on)
    return replace(told, ends_on=kept.starts_on - DAY) if kept else told


def end_what_runs_into(person: YoungPerson, starts_on: date) -> None:
    for before in (
        primaries(person)
        .select_for_update()
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on), starts_on__lt=starts_on)
    ):
        rewritten(before, {"ends_on": starts_on - DAY})


def take_away(activity_ids: list[int]) -> None:
    """Remove stretches that turned out to be something. Their versions stay in the history; in plain SQL,
    since the database itself moves the situation on, which this role may not write.
    """
    if activity_ids:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM tracking_activity WHERE id = ANY(%s)", [activity_ids])


def move_what_adjoins(held: Activity, starts_on: date) -> None:
    """Where the activity before ended the day before this one began, its end moves along."""
    before = primaries(held.person).filter(ends_on=held.starts_on - DAY).exclude(pk=held.pk).first()
    if before and before.starts_on < starts_on:
        rewritten(before, {"ends_on": starts_on - DAY})


@contextmanager
def no_overlap() -> Iterator[None]:
    """Inside, "one primary activity at a time" is asked at once instead of at commit: NotRight where it is
    broken.
    """
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute(f"SET CONSTRAINTS {ONE_AT_A_TIME} IMMEDIATE")
                cursor.execute(f"SET CONSTRAINTS {ONE_AT_A_TIME} DEFERRED")
    except IntegrityError as broken:
        if ONE_AT_A_TIME not in str(broken):
            raise
        raise NotRight({"starts_on": "It would overlap something else that is recorded"}) from broken
