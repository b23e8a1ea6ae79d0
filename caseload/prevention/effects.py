"""What a change of the points would do: who would have more or fewer, of those at one's council."""

from collections import Counter

from caseload.prevention.queries.points import points_of
from neet import clock
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.reference.effects import Effect, Move, Trial
from tracking.reference.queries import rows_of
from tracking.rules.ruleset import RuleSet

POINTS = ("no points", "1 point", "{} points")


def points(trial: Trial) -> Effect:
    """How many would have other points than today. Points are no status, so nobody's status changes."""
    before = _points(trial)
    trial.apply()
    after = _points(trial)
    people = before.keys() | after.keys()
    moved = Counter(
        (_words(before.get(each, 0)), _words(after.get(each, 0)))
        for each in people
        if before.get(each, 0) != after.get(each, 0)
    )
    total = moved.total()
    who = "One young person" if total == 1 else f"{total:,} young people"
    words = (
        f"{who} would have other points. Nobody's status changes."
        if total
        else "Nobody would have other points."
    )
    return Effect(words, total, tuple(Move(*pair, count) for pair, count in moved.most_common()))


def _points(trial: Trial) -> dict[int, int]:
    """By the rules as they stand in this transaction; a request otherwise goes on with those it began with."""
    today = clock.today()
    rules = RuleSet.from_rows(trial.on, rows_of(trial.on))
    here = Authority.objects.filter(pk__in=scope_of(trial.user).authority_ids).order_by("pk")
    return {
        each.person: each.points for authority in here for each in points_of(authority, today, rules=rules)
    }


def _words(number: int) -> str:
    return POINTS[min(number, 2)].format(number)
