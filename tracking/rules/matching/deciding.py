"""Decides: linked, to be looked at by an officer, or nobody. Structure comes before weight.

Never linked unseen, whatever else agrees: different first names (tried crosswise), two sound numbers against each
other where little else speaks, several people who fit about as well, name and date of birth with nothing beside them
unless the file as a whole bears it out. A person of the register is linked to one who came in, once, unless the same
person came in twice.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from tracking.rules.matching.comparing import FREE, Comparison
from tracking.rules.matching.experience import NOTHING_YET, Experience
from tracking.rules.matching.learning import evidence
from tracking.rules.matching.model import Lines, MatchingModel
from tracking.rules.matching.people import Flags, Ints, Levels, Numbers
from tracking.rules.matching.weighing import Weighed, odds_of

ROUNDS = 5


class Decision(StrEnum):
    """What becomes of a pair."""

    AUTO = "auto"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decided:
    """Pairs worth writing down: the best of each who came in, and every other worth a look. `sure` runs from 0 to 1."""

    left: Ints
    right: Ints
    levels: Levels
    sure: Numbers
    decision: list[Decision]
    line: float


@dataclass(frozen=True, slots=True)
class Linked:
    """What was decided and the model as it was after learning from these files."""

    decided: Decided
    model: MatchingModel
    compared: int


def decide(
    weighed: Weighed,
    compared: Comparison,
    model: MatchingModel,
    experience: Experience = NOTHING_YET,
) -> Decided:
    """Decisions for all pairs together."""
    lines = model.lines
    weighed = replace(weighed, odds=_odds_of_the_rest(weighed, compared, model))
    sure = _sure(weighed)
    line = max(_line(weighed, compared, sure, model), _line_of_those_told_apart(experience, model))
    reaches = may_be_linked(weighed, families=model.families) & (weighed.odds >= line)
    reaches &= _stands_out(weighed, lines)
    reaches &= ~_loses_its_person(weighed, compared, reaches, model)
    reaches &= ~_is_somebody_elses(weighed, compared)
    auto = links_of(weighed, compared, reaches, model)
    review = ~auto & ((sure >= lines.worth_a_look) | (probability(weighed.odds) >= lines.worth_a_look))
    review &= ~np.isin(weighed.right, weighed.right[auto])
    kept = (
        auto
        | review
        | (_is_best(weighed.right, weighed.odds) & ~np.isin(weighed.right, weighed.right[auto | review]))
    )
    decision = np.where(auto, Decision.AUTO, np.where(review, Decision.REVIEW, Decision.NONE))[kept]
    return Decided(
        weighed.left[kept],
        weighed.right[kept],
        weighed.levels[kept],
        sure[kept],
        [Decision(each) for each in decision.tolist()],
        line,
    )


def links_of(weighed: Weighed, compared: Comparison, reaches: Flags, model: MatchingModel) -> Flags:
    """Of the pairs that reach the line those linked unseen."""
    lines, stands_for = model.lines, compared.part.stands_for[weighed.right]
    renamed = weighed.has("forename", "differ", "half")
    beside = weighed.beside >= lines.beside
    confirmed = reaches & beside & ~renamed
    links = float(stands_for[confirmed].sum())
    alone = reaches & ~beside & ~renamed
    if model.families:
        return confirmed | _few(_alone(weighed, alone, lines), stands_for, lines.alone_share * links)
    return (
        confirmed
        | _few(alone, stands_for, lines.alone_share * links)
        | _few(reaches & renamed, stands_for, lines.renamed_share * links)
    )


def surely_found(weighed: Weighed, model: MatchingModel) -> Flags:
    """Pairs beyond doubt, with more than name and birthday to show for it; what else those people resemble shows what
    mere likeness is."""
    lines = model.lines
    named = may_be_linked(weighed, families=model.families) & (weighed.beside >= lines.beside)
    if model.families:
        named &= ~weighed.has("forename", "differ", "half", "missing")
    return (_sure(weighed) >= lines.sure) & named & _is_best(weighed.right, weighed.odds)


def _odds_of_the_rest(weighed: Weighed, compared: Comparison, model: MatchingModel) -> Numbers:
    """Odds once those surely found are out of the way on both sides: among the rest a match may be more usual (nearly
    everybody else is found) or rarer (most of the rest are not on the register)."""
    odds, part = weighed.odds.copy(), compared.part
    found = surely_found(weighed, model)
    rest = ~np.isin(weighed.right, weighed.right[found]) & ~np.isin(weighed.left, weighed.left[found])
    gone = float(part.stands_for[np.unique(weighed.right[found])].sum())
    best = rest & _is_best(weighed.right, weighed.odds)
    every = max((part.register - gone) * (part.incoming - gone), 1.0)
    stands_for = part.stands_for[weighed.right]
    rate_before = max(float((probability(weighed.odds) * stands_for).sum()), 1.0)
    rate_before /= max(part.register * part.incoming, 1.0)
    for _ in range(ROUNDS):
        expected = float((probability(odds[best]) * stands_for[best]).sum()) + 0.5
        odds[rest] = weighed.odds[rest] + np.log(expected / every) - np.log(rate_before)
    return odds


def may_be_linked(weighed: Weighed, *, families: bool) -> Flags:
    """Pairs no rule but that of first names keeps from being linked unseen."""
    number = weighed.has("upn", "same") | weighed.has("uln", "same")
    hardly_named = weighed.has("forename", "initial") & ~number
    if families:
        hardly_named |= weighed.has("forename", "missing") & ~number
    both_numbers = weighed.has("upn", "contradict") & weighed.has("uln", "contradict")
    number_against = weighed.has("upn", "contradict") | weighed.has("uln", "contradict")
    name_or_day_off = ~(weighed.has("forename", "same") & weighed.has("born", "same"))
    name_or_day_off |= ~weighed.has("home", "home_01", "home_02", "home_10", "home_11", "home_12")
    another_gender = weighed.has("gender", "differ") & ~weighed.has("forename", "same")
    return ~(hardly_named | both_numbers | (number_against & name_or_day_off) | another_gender)


def probability(odds: Numbers) -> Numbers:
    """How sure a pair is by itself, from 0 to 1."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -60, 60))))


def _sure(weighed: Weighed) -> Numbers:
    """How sure a pair is beside its rivals: others on the register for the same one who came in share the belief."""
    odds = np.exp(np.clip(weighed.odds, -60, 60))
    rivals = np.bincount(weighed.right, weights=odds)
    return np.asarray(odds / (1 + rivals[weighed.right]))


def _is_best(group: Ints, odds: Numbers) -> Flags:
    """The pair with the highest odds of each group; the first where several are equal."""
    order = np.lexsort((np.arange(len(odds)), -odds, group))
    best = np.zeros(len(odds), dtype=bool)
    if len(order):
        best[order[np.concatenate([[True], group[order][1:] != group[order][:-1]])]] = True
    return best


def _stands_out(weighed: Weighed, lines: Lines) -> Flags:
    """Pairs with no rival on the register for the same one who came in that fits nearly as well."""
    best = _is_best(weighed.right, weighed.odds)
    second = np.full(int(weighed.right.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(second, weighed.right[~best], weighed.odds[~best])
    return np.asarray(best & (weighed.odds - second[weighed.right] >= lines.margin))


def _loses_its_person(weighed: Weighed, compared: Comparison, allowed: Flags, model: MatchingModel) -> Flags:
    """Where two who came in both want one of the register: the better keeps it, unless the other is the same person
    come twice, or comes near enough to doubt both."""
    asked = np.flatnonzero(allowed & (weighed.odds > 0))
    best = asked[_is_best(weighed.left[asked], weighed.odds[asked])]
    best_of = np.full(len(compared.register), -1)
    best_of[weighed.left[best]] = best
    others = asked[best_of[weighed.left[asked]] != asked]
    firsts = best_of[weighed.left[others]]
    twice = _same_person_twice(compared, weighed.right[firsts], weighed.right[others], model)
    lost = np.zeros(len(allowed), dtype=bool)
    lost[others[~twice]] = True
    close = ~twice & (weighed.odds[firsts] - weighed.odds[others] < model.lines.margin)
    lost[firsts[close]] = True
    return lost


def _same_person_twice(compared: Comparison, one: Ints, other: Ints, model: MatchingModel) -> Flags:
    """Whether two who came in may well be one person: nothing in name, day of birth or number is against it."""
    levels = replace(compared, register=compared.incoming).levels(one, other)
    pairs = Weighed(one, other, levels, np.zeros(len(one)), np.zeros(len(one)), np.zeros(len(one)))
    if not model.families:
        return np.ones(len(one), dtype=bool)
    against = pairs.has("forename", "differ") | pairs.has("born", "differ") | pairs.has("gender", "differ")
    numbers = pairs.has("upn", "contradict") | pairs.has("uln", "contradict")
    return ~(against | numbers)


def _line_of_those_told_apart(experience: Experience, model: MatchingModel) -> float:
    """Odds above nearly all pairs that officers told apart: as many may lie higher as links may be wrong, and one that
    may be a slip of theirs."""
    apart = experience.told_apart()
    slips = max(1, int(model.lines.wrong_at_most * experience.found))
    if len(apart) <= slips:
        return -np.inf
    odds = np.sort(odds_of(evidence(apart, model), model))[::-1]
    return float(odds[slips]) + 1e-9


def _is_somebody_elses(weighed: Weighed, compared: Comparison) -> Flags:
    """Pairs whose person was found beyond doubt for another who came in: that is for an officer to look at."""
    held = compared.part.held_by[weighed.left]
    return np.asarray((held != FREE) & (held != weighed.right))


def _line(weighed: Weighed, compared: Comparison, sure: Numbers, model: MatchingModel) -> float:
    """The lowest odds that make a link. Who is surely found has others who merely resemble them: how high those come
    shows how often somebody who is not on the register would be taken for one who is. Where too few are surely found
    to tell, the model's own belief has to do."""
    lines = model.lines
    found = np.unique(weighed.right[surely_found(weighed, model)])
    if len(found) < lines.enough_to_tell:
        return float(np.log(lines.surest / (1 - lines.surest)))
    alike = _merely_alike(weighed, sure, found, model)
    merely_alike = weighed.odds[alike & ~_stands_twice(weighed, compared, alike)]
    found_in_all = float(compared.part.stands_for[found].sum())
    others = max(compared.part.incoming - found_in_all, 1.0)
    # One more is counted than was seen.
    allowed_alike = int(lines.wrong_at_most * found_in_all * len(found) / others) - 1
    lowest = float(np.log(lines.lowest / (1 - lines.lowest)))
    highest = np.sort(merely_alike)[::-1]
    if allowed_alike < 0:
        return float(np.log(lines.surest / (1 - lines.surest)))
    return max(lowest, float(highest[allowed_alike]) + 1e-9 if allowed_alike < len(highest) else lowest)


def _merely_alike(weighed: Weighed, sure: Numbers, found: Ints, model: MatchingModel) -> Flags:
    """Others on the register for those surely found, where no rule keeps them from being linked."""
    alike = (sure < model.lines.sure) & np.isin(weighed.right, found)
    if model.families:
        alike &= ~weighed.has("forename", "differ", "half")
    return np.asarray(alike & may_be_linked(weighed, families=model.families))


def _stands_twice(weighed: Weighed, compared: Comparison, alike: Flags) -> Flags:
    """Pairs whose person is the one found for the same row, standing on the register twice: no mere likeness."""
    best_of = np.full(int(weighed.right.max(initial=-1)) + 1, -1)
    best = np.flatnonzero(_is_best(weighed.right, weighed.odds))
    best_of[weighed.right[best]] = weighed.left[best]
    asked = np.flatnonzero(alike)
    one, other = best_of[weighed.right[asked]], weighed.left[asked]
    levels = replace(compared, incoming=compared.register).levels(one, other)
    nothing = np.zeros(len(asked))
    pairs = Weighed(one, other, levels, nothing, nothing, nothing)
    same = ~(
        pairs.has("forename", "differ", "half") | pairs.has("born", "differ") | pairs.has("gender", "differ")
    )
    near = (
        pairs.has("home", "home_11", "home_10", "home_01")
        | pairs.has("upn", "same")
        | pairs.has("uln", "same")
    )
    twice = np.zeros(len(alike), dtype=bool)
    twice[asked[same & near]] = True
    return twice


def _few(found: Flags, stands_for: Numbers, at_most: float) -> Flags:
    """These where they are few, else none of them: people move house, but not most of a school at once."""
    return np.asarray(found & (stands_for[found].sum() <= at_most))


def _alone(weighed: Weighed, asked: Flags, lines: Lines) -> Flags:
    """Name and date of birth with nothing beside them: only where rare and all but one of the three exactly the same,
    with nothing against them but another home or school."""
    off = [
        weighed.has("forename", "form", "part", "slip", "swapped"),
        weighed.has("surname", "part", "slip"),
        weighed.has("born", "slip", "turned"),
    ]
    exact = (
        weighed.has("forename", "same"),
        weighed.has("surname", "same", "swapped"),
        weighed.has("born", "same"),
    )
    known = np.all([same | near for same, near in zip(exact, off, strict=True)], axis=0)
    against = weighed.has("gender", "differ") | weighed.has("middle", "differ") | (np.sum(off, axis=0) > 1)
    for number in ("upn", "uln"):
        against |= weighed.has(number, "unsound", "contradict")
    return np.asarray(asked & known & ~against & (weighed.namesakes <= lines.alone_namesakes))
