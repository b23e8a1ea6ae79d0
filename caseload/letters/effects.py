"""What a change of the rules of letters would do: who would be due one that is not due now, and who no longer."""

from collections.abc import Iterable
from datetime import date

from caseload.letters.queries.due import due_people
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.reference.effects import Effect, Move, Touched, Trial
from tracking.reference.queries import rows_of
from tracking.register.models import YoungPerson
from tracking.rules.letters import LetterSeries, series_of
from tracking.rules.ruleset import RuleSet

SHOWN = 10
DUE, NOT_DUE = "Due the letter", "Not due it"
Due = dict[tuple[str, int], str]


def series(trial: Trial) -> Effect:
    """On the day the change begins to hold, among those this user sees. Letters that were made stay as they are."""
    before = _due(trial.user, trial.on)
    trial.apply()
    after = _due(trial.user, trial.on)
    begins, ends = after.keys() - before.keys(), before.keys() - after.keys()
    moves = [Move(NOT_DUE, DUE, len(begins)), Move(DUE, NOT_DUE, len(ends))]
    touched = {person: (NOT_DUE, DUE) for _, person in sorted(begins)}
    touched |= {person: (DUE, NOT_DUE) for _, person in sorted(ends)}
    sample = _sample(touched)
    return Effect(
        words=_sentence(len(begins), len(ends)),
        total=len(touched),
        moves=tuple(each for each in moves if each.count),
        sample=tuple(each for _, each in sample),
        sample_ids=tuple(pk for pk, _ in sample),
    )


def effect_of_wording(trial: Trial) -> Effect:
    """Nobody moves: only letters made from then on read otherwise."""
    trial.apply()
    return Effect("Files of letters made from then on say this. Letters that were sent stay as they were.")


def _due(user: User, on: date) -> Due:
    """Everybody due a letter, by its short name, as the rules stand in this transaction."""
    rules = RuleSet.from_rows(on, rows_of(on)).letter_series.values()
    found: Due = {}
    for authority in Authority.objects.filter(pk__in=scope_of(user).authority_ids).order_by("pk"):
        for each in _in_season(rules, authority, on):
            people = due_people(user, authority, each, on).values_list("pk", flat=True)
            found |= {(each.code, pk): each.words for pk in people}
    return found


def _in_season(rules: Iterable[LetterSeries], authority: Authority, on: date) -> list[LetterSeries]:
    return [each for each in series_of(rules, authority.code) if each.audience.in_season(on)]


def _sample(touched: dict[int, tuple[str, str]]) -> list[tuple[int, Touched]]:
    """Some of them, by name; all of them are visible already."""
    people = YoungPerson.objects.filter(pk__in=list(touched)).order_by("family_name", "given_name", "pk")
    rows = people.values_list("pk", "ref", "given_name", "family_name")[:SHOWN]
    return [(pk, Touched(str(ref), f"{given} {family}", *touched[pk])) for pk, ref, given, family in rows]


def _sentence(begins: int, ends: int) -> str:
    if not begins and not ends:
        return "Nobody would be due another letter than now."
    more = "One more letter" if begins == 1 else f"{begins:,} more letters"
    return f"{more} would be due, and {'one' if ends == 1 else f'{ends:,}'} no longer."
