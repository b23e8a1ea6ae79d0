"""What a change of the rules of letters would do: who would be due one that is not due now, and who no longer."""

from collections.abc import Iterable
from datetime import date

from caseload.letters.documents import example
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.queries.contents import headed
from caseload.letters.queries.due import due_people
from neet.accounts.models import User
from neet.accounts.scope import scope_of
from neet.ui.words import many
from schools.models import Authority
from tracking.reference.effects import Effect, Move, Touched, Trial
from tracking.reference.queries import rows_of
from tracking.register.models import YoungPerson
from tracking.rules.letters import LetterSeries, LetterWording, series_of
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
    """Nobody moves: how many are due a letter that would say this, which of them wait to be made anew, and how it reads
    to somebody invented."""
    code, _, language = trial.key.partition(" ")
    trial.apply()
    rules = RuleSet.from_rows(trial.on, rows_of(trial.on))
    letters = [each for each in rules.letter_series.values() if each.wording == code]
    mine = Authority.objects.filter(pk__in=scope_of(trial.user).authority_ids).order_by("pk")
    due = sum(
        due_people(trial.user, authority, each, trial.on).count()
        for authority in mine
        for each in _in_season(letters, authority, trial.on)
    )
    waiting = Letter.objects.filter(
        batch__authority__in=mine,
        batch__series__in=[each.code for each in letters],
        batch__state__in=(LetterBatch.State.DRAFT, LetterBatch.State.PRINTED),
        batch__due_on__gte=trial.on,
        state=Letter.State.TO_SEND,
    ).count()
    return Effect(
        _said_by(due, waiting), notes=_reads(rules.letter_wordings.get((code, language)), mine.first())
    )


def _said_by(due: int, waiting: int) -> str:
    begin = f"{many(due, 'young person is,young people are')} due a letter that would say this."
    again = f" {many(waiting, 'letter,letters')} made since would say it once made anew."
    end = " Letters that were sent stay as they were."
    return f"{begin if due else 'Nobody is due this letter on that day.'}{again if waiting else ''}{end}"


def _reads(wording: LetterWording | None, authority: Authority | None) -> tuple[str, ...]:
    """The letter to somebody invented, paragraph by paragraph."""
    head = headed(authority) if authority else None
    if wording is None or head is None:
        return ()
    letter = example(head, wording, None)
    return (letter.heading, *(" ".join(block.lines) for block in letter.blocks))


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
