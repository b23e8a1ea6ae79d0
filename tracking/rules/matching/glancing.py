"""Which pairs of a large register are worth comparing in full: a glance at names, days and numbers, and the best that
the rest could say.

Addresses and numbers take most of the time of a comparison and mostly say nothing new: of pairs that could not be one
person even at one address they are not read.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from tracking.rules.identifiers import uln_warning, upn_warning
from tracking.rules.matching.blocking import Keyed
from tracking.rules.matching.comparing import Comparison
from tracking.rules.matching.learning import field_shares
from tracking.rules.matching.levels import HOME, HOMES, MISSING, UPN
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Flags, Ints, Numbers, Texts, only
from tracking.rules.matching.weighing import odds_under

NAMED = ("surname", "forename", "middle", "born", "gender", "postcode", "establishment", "year_group")
NOT_GIVEN, THE_SAME, NOT_THE_SAME = (0,), (1,), (2, 3)


@dataclass(frozen=True, slots=True)
class Number:
    """A number everybody has one of: the same figure for the same number, 0 for none, and whether it can be right."""

    figure: Ints
    is_sound: Flags

    def level(self, left: Ints, right: Ints, best: int) -> Ints:
        """How far two agree; `best` where they differ and one of them cannot be right."""
        one, other = self.figure[left], self.figure[right]
        both = self.is_sound[left] & self.is_sound[right]
        level = np.where(both, UPN["contradict"], best)
        level[one == other] = UPN["same"]
        level[(one == 0) | (other == 0)] = MISSING
        return level


@dataclass(frozen=True, slots=True)
class Glance:
    """One file as far as a glance goes."""

    compared: Comparison
    model: MatchingModel
    upn: Number
    uln: Number

    def odds(self, left: Ints, right: Ints) -> Numbers:
        """The highest odds each pair could have (natural logarithm), whatever their addresses say."""
        one, other = self.compared.register.take(left), self.compared.incoming.take(right)
        levels = self.compared.levels_of(
            one,
            other,
            self._home(one.postcode, other.postcode),
            self.upn.level(left, right, _best("upn", self.model)),
            self.uln.level(left, right, _best("uln", self.model)),
        )
        return odds_under(self.model, one, levels, self.compared.often)

    def _home(self, one: Ints, other: Ints) -> Ints:
        speaks = _speaks("home", self.model)
        best = {
            postcodes: max(
                (postcode * HOMES + address for postcode in postcodes for address in range(HOMES)),
                key=speaks.__getitem__,
            )
            for postcodes in (NOT_GIVEN, THE_SAME, NOT_THE_SAME)
        }
        level = np.where(one == other, best[THE_SAME], best[NOT_THE_SAME])
        level[(one == 0) | (other == 0)] = best[NOT_GIVEN]
        return level


def glance_of(compared: Comparison, keys: Keyed, model: MatchingModel) -> Glance:
    """A file beside itself, as this model judges it."""
    people = compared.register
    bare = only(len(people), {name: getattr(people, name) for name in NAMED})
    numbers = {
        name: Number(keys.columns[name], _are_sound(getattr(people, name), warning))
        for name, warning in (("upn", upn_warning), ("uln", uln_warning))
    }
    return Glance(replace(compared, register=bare, incoming=bare), model, **numbers)


def _are_sound(numbers: Texts, warning: Callable[[str], str]) -> Flags:
    return np.fromiter((bool(number) and not warning(number) for number in numbers), bool, len(numbers))


def _speaks(field: str, model: MatchingModel) -> Numbers:
    same, *_, other = field_shares(field, model)
    return np.asarray(np.log(same) - np.log(other))


def _best(number: str, model: MatchingModel) -> int:
    return max((UPN["slip"], UPN["unsound"]), key=_speaks(number, model).__getitem__)


assert len(HOME.levels) == HOMES * HOMES
