"""How much speaks for a pair being one person: the weights of its levels, and how common just these names are."""

from dataclasses import dataclass

import numpy as np

from tracking.rules.matching.comparing import Comparison
from tracking.rules.matching.learning import KINDS, evidence, field_shares
from tracking.rules.matching.levels import BORN, FIELDS, FORENAME, HOME, HOMES, PLACE, SURNAME
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Flags, Ints, Numbers, People

STRANGER = KINDS.index("stranger")
# So many bearers of a last name are believed to have first names as everybody else does.
USUAL_FIRST_NAMES = 5.0
# What counts as evidence beside name and date of birth. Not the school: two of one name and birthday may share it, and
# where nothing else is known that is all there is.
BESIDE = ("home", "upn", "uln")


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How common names, dates of birth and postcodes are on the register; a person does not count themselves."""

    people: int
    surname: Ints
    forename: Ints
    full_name: Ints
    full_names: Ints
    days: Ints
    born: Ints
    postcode: Ints

    @classmethod
    def of(cls, register: People, names: int, postcodes: int) -> "Frequencies":
        """Counted once over the whole register."""
        full_name, full_names = np.unique(register.surname * names + register.forename, return_counts=True)
        days, born = np.unique(register.born, return_counts=True)
        return cls(
            people=max(len(register), 1),
            surname=np.bincount(register.surname, minlength=names),
            forename=np.bincount(register.forename, minlength=names),
            full_name=full_name,
            full_names=full_names,
            days=days,
            born=born,
            postcode=np.bincount(register.postcode, minlength=postcodes),
        )

    def share_of_surname(self, one: People) -> Numbers:
        """How many others of 1 bear this last name, believed to be at least half a person."""
        return np.maximum(self.surname[one.surname] - 1, 0.5) / self.people

    def share_of_forename(self, one: People) -> Numbers:
        """How many others of 1 with this last name bear this first name."""
        common = np.maximum(self.forename[one.forename] - 1, 0.5) / self.people
        of_surname = np.maximum(self.surname[one.surname] - 1, 0)
        both = np.maximum(self._bearers(one) - 1, 0)
        return (both + USUAL_FIRST_NAMES * common) / (of_surname + USUAL_FIRST_NAMES)

    def share_of_day(self, one: People) -> Numbers:
        """How many others of 1 are born that day."""
        place = np.minimum(np.searchsorted(self.days, one.born), len(self.days) - 1)
        return np.maximum(self.born[place] - 1, 0.5) / self.people

    def share_of_postcode(self, one: People) -> Numbers:
        """How many others of 1 live in this postcode."""
        return np.maximum(self.postcode[one.postcode] - 1, 0.5) / self.people

    def namesakes(self, one: People) -> Numbers:
        """How many others of this name and day of birth there may be by chance in a register of this size."""
        return self.people * self.share_of_surname(one) * self.share_of_forename(one) * self.share_of_day(one)

    def _bearers(self, one: People) -> Ints:
        if not len(self.full_name):
            return np.zeros(len(one), dtype=np.int64)
        wanted = one.surname * len(self.surname) + one.forename
        place = np.minimum(np.searchsorted(self.full_name, wanted), len(self.full_name) - 1)
        return np.where(self.full_name[place] == wanted, self.full_names[place], 0)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs with their levels and what speaks for each. `odds` is the natural logarithm of one person against
    everybody else, before rivals are heard; `beside` is what speaks for it beside name and date of birth."""

    left: Ints
    right: Ints
    levels: Ints
    odds: Numbers
    beside: Numbers
    namesakes: Numbers

    def has(self, field: str, *names: str) -> Flags:
        """Which pairs have one of these levels."""
        wanted = [FIELDS[PLACE[field]][name] for name in names]
        return np.isin(self.levels[:, PLACE[field]], wanted)


def weigh(
    compared: Comparison, left: Ints, right: Ints, levels: Ints, model: MatchingModel, often: Frequencies
) -> Weighed:
    """Odds of every pair under this model; equal names and days count by how rare they are."""
    logs = evidence(levels, model)
    logs += np.log([model.rates[kind] for kind in KINDS])
    one = compared.register.take(left)
    rare = _rarities(one, levels, model, often)
    logs[:, KINDS.index("twin")] += rare["forename"]
    logs[:, KINDS.index("sibling")] += rare["forename"] + rare["born"]
    logs[:, STRANGER] += sum(rare.values())
    others = np.logaddexp.reduce(logs[:, 1:], axis=1)
    return Weighed(left, right, levels, logs[:, 0] - others, _beside(levels, model), often.namesakes(one))


def _rarities(one: People, levels: Ints, model: MatchingModel, often: Frequencies) -> dict[str, Numbers]:
    """For agreeing values the logarithm of how common just this value is, against the share all agreeing have."""
    home = levels[:, PLACE["home"]]
    asked = {
        "forename": (levels[:, PLACE["forename"]] == FORENAME["same"], often.share_of_forename(one), None),
        "surname": (levels[:, PLACE["surname"]] == SURNAME["same"], often.share_of_surname(one), None),
        "born": (levels[:, PLACE["born"]] == BORN["same"], often.share_of_day(one), None),
        "home": (
            home // HOMES == 1,
            often.share_of_postcode(one),
            sum(model.other["home"][HOMES : 2 * HOMES]),
        ),
    }
    found = {}
    for name, (agrees, share, usual) in asked.items():
        common = usual if usual is not None else model.other[name][1]
        found[name] = np.where(agrees, np.log(share) - np.log(common), 0.0)
    return found


def _beside(levels: Ints, model: MatchingModel) -> Numbers:
    found = np.zeros(len(levels))
    for name in BESIDE:
        same, *_, other = field_shares(name, model)
        speaks = np.log(same) - np.log(other)
        if name == "home":
            speaks[HOME["home_13"]] = min(
                speaks[HOME["home_13"]], 0.0
            )  # another door of one street is another home
        found += speaks[levels[:, PLACE[name]]]
    return found
