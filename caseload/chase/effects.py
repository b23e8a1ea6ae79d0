"""What a change of the tables of the chase would do: who is called first, and who should have been spoken to by now."""

from collections.abc import Callable
from datetime import date

from caseload.chase.queries.order import Day, in_order
from caseload.chase.queries.protocol import followed, late
from caseload.chase.queries.whom import to_call
from caseload.chase.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.clock import LONDON
from tracking.reference.effects import Effect, Trial
from tracking.reference.queries import rows_of
from tracking.rules.ruleset import RuleSet

FIRST = 100
Found = set[int]


def order_of_calls(trial: Trial) -> Effect:
    """How many of the first hundred calls would be others, of those this user sees."""
    before, after = _before_and_after(trial, _first)
    if not before and not after:
        return Effect("Nobody is to be called at your council now, so nobody’s place changes.")
    new = len(after - before)
    if not new:
        return Effect(f"The first {len(before)} calls would be to the same young people.")
    who = "One young person" if new == 1 else f"{new} young people"
    return Effect(f"{who} would be among the first {len(after)} to be called who are not now.", total=new)


def protocol(trial: Trial) -> Effect:
    """How many more or fewer should have been spoken to by now, of those this user sees."""
    before, after = _before_and_after(trial, _late)
    more, fewer = len(after - before), len(before - after)
    words = f"{len(after)} should have been spoken to by now; without the change it is {len(before)}."
    if not more and not fewer:
        words = "As many as now should have been spoken to already."
    return Effect(words, total=more + fewer)


def _before_and_after(trial: Trial, find: Callable[[User, date, RuleSet], Found]) -> tuple[Found, Found]:
    """By the rules of the trial's day, as they are and as they would be; the people as they stand today."""
    today = clock.today()
    before = find(trial.user, today, _rules(trial.on))
    trial.apply()
    return before, find(trial.user, today, _rules(trial.on))


def _rules(on: date) -> RuleSet:
    """As they stand in this transaction; a request otherwise goes on with those it began with."""
    return RuleSet.from_rows(on, rows_of(on))


def _first(user: User, on: date, rules: RuleSet) -> Found:
    at = Day.by(rules, user, on, clock.now().astimezone(LONDON))
    order = in_order(to_call(user, Wanted("all"), on), at)
    return {each.person_id for each in order[:FIRST]}


def _late(user: User, on: date, rules: RuleSet) -> Found:
    return {each.who.person_id for each in late(followed(user, on), user, on, rules)}
