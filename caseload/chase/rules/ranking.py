"""Whom to call first: the chance to reach somebody, times the chance that they can tell, times what knowing is worth
this month, times need. Every line says why it stands where it stands.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caseload.chase.rules.hours import BANDS, NOBODY, WORDS, House, band_of, blended, usual
from tracking.rules.chase import ChaseWeight, ContactOutcome, Rung, Weighs, Weights

NEVER = (0, 0, 0, 0)
OTHER_HOURS = 0.5  # what was met with at other hours says half as much


class Kind(StrEnum):
    """Why somebody is on the list at all."""

    NOT_KNOWN = "not_known"
    LAPSING = "lapsing"
    NEET = "neet_protocol"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that may be rung: how often it was, and answered, in each of the hours of a day."""

    pk: int
    whose: str
    tried: Sequence[int] = NEVER
    answered: Sequence[int] = NEVER
    tried_on: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be called: all that the order depends on. `is_measured` are of the ages the figures are made
    from; `since` is when they became what they are; `due_on` is when they should have been spoken to."""

    person_id: int
    kind: Kind
    code: str
    is_measured: bool
    since: date | None = None
    need: str = ""
    vulnerable: bool = False
    due_on: date | None = None
    tries: int = 0
    tried_at: datetime | None = None
    outcome: str = ""
    again_at: datetime | None = None
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """The numbers of a day, put together once for a whole list."""

    weights: Weights
    outcomes: Mapping[str, ContactOutcome]
    now: datetime
    band: int
    usual: Mapping[str, Sequence[float]]
    knows: Mapping[str, float]
    month: ChaseWeight | None

    @classmethod
    def of(
        cls,
        weights: Weights,
        ladder: Mapping[str, Rung],
        outcomes: Mapping[str, ContactOutcome],
        house: House,
        now: datetime,
    ) -> "Told":
        """What holds at a local moment."""
        strength = weights.limit("strength_of_house")
        knows = {
            code: blended(rung.knows / 100, strength, house.told.get(code, (0, 0)))
            for code, rung in ladder.items()
        }
        usually = usual(weights, house)
        return cls(weights, outcomes, now, band_of(now), usually, knows, weights.month(now.date()))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what a call now is worth, and the number to ring."""

    who: Candidate
    score: float
    number: Number | None
    is_kept: bool = False


def ranked(candidates: Iterable[Candidate], told: Told) -> list[Ranked]:
    """Those who may be called now, best first; whoever is to be tried later is left out (R70)."""
    found = [_valued(each, told) for each in candidates if is_due(each, told)]
    return sorted(found, key=lambda each: (-each.score, each.who.person_id))


def is_due(who: Candidate, told: Told) -> bool:
    """Whether somebody may be tried now: not before the moment agreed or advised, and no number twice a day."""
    if who.again_at and who.again_at > told.now:
        return False
    today = told.now.date()
    return not who.numbers or any(each.tried_on != today for each in who.numbers)


def answers(number: Number, band: int, told: Told) -> float:
    """The chance that a number is answered in these hours."""
    prior, strength = told.usual[number.whose][band], told.weights.limit("strength_of_prior")
    tried, answered = number.tried, number.answered
    weight = 1 - OTHER_HOURS
    return (prior * strength + OTHER_HOURS * sum(answered) + weight * answered[band]) / (
        strength + OTHER_HOURS * sum(tried) + weight * tried[band]
    )


def best_band(number: Number, told: Told) -> int:
    """The hours in which it is answered most likely."""
    return max(BANDS, key=lambda band: (answers(number, band, told), -band))


def number_now(who: Candidate, told: Told) -> tuple[Number | None, float]:
    """The number to ring now, and the chance that somebody answers who can tell."""
    today, best, chance = told.now.date(), None, -1.0
    for number in who.numbers:
        if number.tried_on != today:
            here = answers(number, told.band, told) * told.knows.get(number.whose, 0.0)
            if here > chance:
                best, chance = number, here
    if best is None:
        return None, told.weights.share("reach_nobody")
    return best, chance


def factors(who: Candidate, told: Told) -> list[tuple[float, str]]:
    """What knowing of them is worth beside the chance, each with its reason."""
    weights, found = told.weights, []
    if who.is_measured and told.month:
        found.append((told.month.value / 100, told.month.words))
    if who.vulnerable:
        found.append(_said(weights, "need_vulnerable"))
    if level := weights.by(Weighs.NEED).get(who.need):
        found.append((level.value / 100, level.words))
    if activity := weights.by(Weighs.ACTIVITY).get(who.code):
        found.append((activity.value / 100, activity.words))
    if who.due_on and who.due_on < told.now.date():
        found.append(_said(weights, "overdue"))
    if _asked_to_be_rung(who, told):
        found.append(_said(weights, "called_back"))
    return found


def reasons(line: Ranked, told: Told) -> tuple[str, ...]:
    """Why a line stands where it stands, the weightiest reason first."""
    found = [each for each in factors(line.who, told) if each[0] > 1]
    found.append(_of_number(line, told))
    weighty = sorted(found, key=lambda each: -each[0])
    held_back = [words for factor, words in factors(line.who, told) if factor < 1]
    return (*(words for _, words in weighty if words), *held_back)


def best_time(line: Ranked, told: Told) -> str:
    """When they are reached most likely; nothing where no number is on the record."""
    if line.number is None:
        return ""
    return WORDS[best_band(line.number, told)]


def _valued(who: Candidate, told: Told) -> Ranked:
    number, score = number_now(who, told)
    score *= told.weights.share(KIND_ROWS[who.kind])
    for factor, _ in factors(who, told):
        score *= factor
    return Ranked(who, score, number)


KIND_ROWS: Mapping[Kind, str] = {
    Kind.NOT_KNOWN: "kind_not_known",
    Kind.LAPSING: "kind_running_out",
    Kind.NEET: "kind_neet",
}


def _asked_to_be_rung(who: Candidate, told: Told) -> bool:
    """They said when, and that moment has come."""
    outcome = told.outcomes.get(who.outcome)
    return bool(outcome and outcome.asks_for_time and who.again_at and who.again_at <= told.now)


def _said(weights: Weights, code: str) -> tuple[float, str]:
    row = weights.rows.get(code)
    return (row.value / 100, row.words) if row else (1.0, "")


def _of_number(line: Ranked, told: Told) -> tuple[float, str]:
    """What is known of the number: answered so often, rung in vain, or never rung."""
    number = line.number
    if number is None:
        return 1.0, told.weights.rows["reach_nobody"].words
    tried, came = sum(number.tried), sum(number.answered)
    factor = answers(number, told.band, told) / told.usual[NOBODY][0] if NOBODY in told.usual else 1.0
    if came:
        return max(1.0, factor), f"answered {came} of {tried} call{'' if tried == 1 else 's'}"
    if tried:
        return 1.0, f"rung {tried} time{'' if tried == 1 else 's'} on this number, no answer yet"
    return 1.0, "this number was not rung yet"
