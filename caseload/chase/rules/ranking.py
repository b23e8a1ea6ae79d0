"""Whom to call first: the chance to reach somebody, times the chance that they can tell, times what knowing is worth
this month, times need. For lists too long to read, sql/rank.sql says the same; a test holds them together.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from caseload.chase.rules.hours import BANDS, House, band_of, blended, usual
from tracking.rules.chase import HUNDRED, ChaseWeight, Rung, Weighs, Weights

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
    from; `since` is when they became what they are; `due_on` is when they should have been spoken to, `is_first` for
    the first time; `promised_at` is when they asked to be rung back; `in_vain` counts tries since somebody was
    reached; `sought` names the list of another piece of work they stand on."""

    person_id: int
    kind: Kind
    code: str
    is_measured: bool
    since: date | None = None
    need: str = ""
    vulnerable: bool = False
    due_on: date | None = None
    is_first: bool = False
    tries: int = 0
    in_vain: int = 0
    tried_at: datetime | None = None
    outcome: str = ""
    again_at: datetime | None = None
    promised_at: datetime | None = None
    sought: str = ""
    numbers: tuple[Number, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """What holds at a moment, put together once for a whole list. `now` is local."""

    weights: Weights
    now: datetime
    band: int
    usual: Mapping[str, Sequence[float]]
    knows: Mapping[str, float]
    month: ChaseWeight | None
    needs: Mapping[str, ChaseWeight]
    activities: Mapping[str, ChaseWeight]
    strength: int

    @classmethod
    def of(cls, weights: Weights, ladder: Mapping[str, Rung], house: House, now: datetime) -> "Moment":
        guess = weights.limit("strength_of_house")
        return cls(
            weights=weights,
            now=now,
            band=band_of(now),
            usual=usual(weights, house),
            knows={
                code: blended(rung.knows / HUNDRED, guess, house.told.get(code, (0, 0)))
                for code, rung in ladder.items()
            },
            month=weights.month(now.date()),
            needs=weights.by(Weighs.NEED),
            activities=weights.by(Weighs.ACTIVITY),
            strength=weights.limit("strength_of_prior"),
        )


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with what a call now is worth, and the number to ring."""

    who: Candidate
    score: float
    number: Number | None


def ranked(candidates: Iterable[Candidate], at: Moment) -> list[Ranked]:
    """Those who may be called now, best first; whoever is to be tried later is left out (R70)."""
    found = [valued(each, at) for each in candidates if is_due(each, at)]
    return sorted(found, key=lambda each: (-each.score, each.who.person_id))


def is_due(who: Candidate, at: Moment) -> bool:
    """Whether somebody may be tried now: at the time they asked for or after the days their last outcome gives; and no
    number twice a day."""
    later = who.promised_at or who.again_at
    if later and later > at.now:
        return False
    today = at.now.date()
    return not who.numbers or any(each.tried_on != today for each in who.numbers)


def valued(who: Candidate, at: Moment) -> Ranked:
    """What a call now is worth: chance to reach x chance to learn x month x need, and the number to ring."""
    number, worth = number_now(who, at)
    worth *= at.weights.share(KIND_ROWS[who.kind])
    if who.is_measured and at.month:
        worth *= at.month.value / HUNDRED
    if who.vulnerable:
        worth *= at.weights.share("need_vulnerable")
    if who.need in at.needs:
        worth *= at.needs[who.need].value / HUNDRED
    if who.code in at.activities:
        worth *= at.activities[who.code].value / HUNDRED
    if is_overdue(who, at):
        worth *= at.weights.share("overdue")
    if who.promised_at:
        worth *= at.weights.share("called_back")
    if who.sought:
        worth *= at.weights.share("sought")
    return Ranked(who, worth, number)


KIND_ROWS: Mapping[Kind, str] = {
    Kind.NOT_KNOWN: "kind_not_known",
    Kind.LAPSING: "kind_running_out",
    Kind.NEET: "kind_protocol",
}


def is_overdue(who: Candidate, at: Moment) -> bool:
    return who.due_on is not None and who.due_on < at.now.date()


def number_now(who: Candidate, at: Moment) -> tuple[Number | None, float]:
    """The number to ring now, and the chance that somebody answers who can tell. A kind of owner that the table does
    not know is passed over."""
    today, best, chance = at.now.date(), None, -1.0
    for number in who.numbers:
        if number.tried_on != today and number.whose in at.usual:
            here = answers(number, at.band, at) * at.knows.get(number.whose, 0.0)
            if here > chance:
                best, chance = number, here
    return (best, chance) if best else (None, at.weights.share("reach_nobody"))


def answers(number: Number, band: int, at: Moment) -> float:
    """The chance that a number is answered in these hours: the mean of a Beta whose prior is what is usual."""
    tried, answered = number.tried, number.answered
    usual, own = at.usual[number.whose][band], 1 - OTHER_HOURS
    return (usual * at.strength + OTHER_HOURS * sum(answered) + own * answered[band]) / (
        at.strength + OTHER_HOURS * sum(tried) + own * tried[band]
    )


def best_band(number: Number, at: Moment) -> int:
    """The hours in which it is answered most likely."""
    return max(BANDS, key=lambda band: (answers(number, band, at), -band))
