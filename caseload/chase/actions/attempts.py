"""Writing down that somebody was tried, and what came of it."""

from datetime import datetime, time, timedelta

from caseload.chase.kinds import Kind
from caseload.chase.models import Attempt, Hold
from caseload.chase.queries.ladder import numbers_of_person
from caseload.chase.told import Tried
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.clock import LONDON
from neet.working_days import working_days_after
from tracking.models import ContactPoint, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.actions.contact import found_wrong
from tracking.register.actions.reach import locked, repeated
from tracking.register.refusals import NotRight
from tracking.rules.chase import ContactOutcome

TWICE = timedelta(minutes=2)
BEGINS = time(8)


def record_attempt(*, person: YoungPerson, tried: Tried, by: User) -> Attempt:
    """Somebody was tried, in a way, by a number or without one, and this came of it (R70, R78).

    A number that turned out to be wrong is not used any more. When to try again is what was agreed, else what the table
    of outcomes says. The same twice within two minutes is one. The line is free again for colleagues. Raises NotRight,
    NotPermitted.
    """
    outcome = refuse_unfit(tried)
    with recorded(
        Kind.ATTEMPT_RECORDED, by=by, authority_id=person.authority_id, subjects=[person.pk]
    ) as event:
        now = locked(person, by=by, permission=Permission.CHASE)
        Hold.objects.filter(person=now, user=by).delete()
        if same := told_already(now, tried, by):
            repeated(event)
            return same
        number = number_used(now, tried, by)
        made = written_down(now, tried, outcome, by)
        event.counts["attempt"] = made.pk
        if outcome.bad_number and number:
            found_wrong(point=number, by=by)
        return made


def refuse_unfit(tried: Tried) -> ContactOutcome:
    """What came of it, where all that was said of it fits together."""
    rules = ruleset(clock.today())
    outcome = rules.contact_outcomes.get(tried.outcome)
    if outcome is None:
        raise NotRight({"outcome": "Select what came of it"})
    if tried.channel not in Attempt.Channel.values or not outcome.may_come_of(tried.channel):
        raise NotRight({"outcome": "That does not come of this way to try"})
    if tried.asked not in rules.source_ladder:
        raise NotRight({"asked": "Select whom you asked"})
    if outcome.asks_for_time and tried.again_at is None:
        raise NotRight({"again_on": "Enter when to try again"})
    if tried.again_at and tried.again_at <= clock.now():
        raise NotRight({"again_on": "The time to try again must be in the future"})
    return outcome


def number_used(person: YoungPerson, tried: Tried, by: User) -> ContactPoint | None:
    """The number on the record, one this user is shown and may use."""
    if tried.number is None:
        return None
    usable = numbers_of_person(person, by, clock.today())
    found = next((each for each in usable if each.pk == tried.number), None)
    if found is None:
        raise NotRight({"asked": "Select one of the numbers on the record"})
    return found


def told_already(person: YoungPerson, tried: Tried, by: User) -> Attempt | None:
    """The same by the same person a moment ago: a button pressed twice."""
    same = Attempt.objects.filter(
        person=person, tried_by=by, channel=tried.channel, asked=tried.asked, outcome=tried.outcome,
        contact_point=tried.number, words=tried.words.strip(),
    )  # fmt: skip
    return same.filter(recorded_at__gte=clock.now() - TWICE).first()


def written_down(person: YoungPerson, tried: Tried, outcome: ContactOutcome, by: User) -> Attempt:
    places = scope_of(by).where(Permission.CHASE)
    services = (each.service_id for each in places if each.authority_id == person.authority_id)
    return Attempt.objects.create(
        person=person,
        channel=tried.channel,
        asked=tried.asked,
        contact_point_id=tried.number,
        outcome=tried.outcome,
        reached=outcome.reached,
        learned=outcome.learned,
        words=tried.words.strip(),
        service_id=next((each for each in services if each), None),
        cause=tried.cause,
        tried_by=by,
        again_at=tried.again_at or again_at(outcome),
    )


def again_at(outcome: ContactOutcome) -> datetime | None:
    """The beginning of the working day on which the table has somebody tried again."""
    if not outcome.again_days:
        return None
    return datetime.combine(working_days_after(clock.today(), outcome.again_days), BEGINS, LONDON)
