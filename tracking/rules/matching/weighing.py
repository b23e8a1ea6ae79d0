"""How much speaks for a pair being one person: the weights of its levels, and how common just these names are."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from tracking.rules.matching.comparing import Comparison
from tracking.rules.matching.frequencies import Frequencies
from tracking.rules.matching.learning import CHANGE_PLACES, KINDS, evidence, field_shares
from tracking.rules.matching.levels import BORN, FIELDS, FORENAME, HOME, HOMES, PLACE, SURNAME
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Flags, Ints, Levels, Numbers, People

# So many pairs are weighed at a time: what is worked out on the way takes ten times the room of what comes of it.
AT_A_TIME = 500_000
STRANGER = KINDS.index("stranger")
# What counts as evidence beside name and date of birth. Not the school: two of one name and birthday may share it, and
# where nothing else is known that is all there is.
BESIDE = ("home", "upn", "uln")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs with their levels and what speaks for each. `odds` is the natural logarithm of one person against
    everybody else, before rivals are heard; `beside` is what speaks for it beside name and date of birth."""

    left: Ints
    right: Ints
    levels: Levels
    odds: Numbers
    beside: Numbers
    namesakes: Numbers

    def those(self, which: Flags) -> "Weighed":
        """These pairs of them."""
        return Weighed(*(getattr(self, part.name)[which] for part in fields(self)))

    def has(self, field: str, *names: str) -> Flags:
        """Which pairs have one of these levels."""
        wanted = [FIELDS[PLACE[field]][name] for name in names]
        return np.isin(self.levels[:, PLACE[field]], wanted)


def weigh(compared: Comparison, left: Ints, right: Ints, levels: Levels, model: MatchingModel) -> Weighed:
    """Odds of every pair under this model; equal names and days count by how rare they are."""
    if len(left) > AT_A_TIME:
        slices = [slice(begin, begin + AT_A_TIME) for begin in range(0, len(left), AT_A_TIME)]
        return _behind([weigh(compared, left[part], right[part], levels[part], model) for part in slices])
    one = compared.register.take(left)
    odds = odds_under(model, one, levels, compared.often)
    return Weighed(left, right, levels, odds, _beside(levels, model), compared.often.namesakes(one))


def _behind(parts: Sequence[Weighed]) -> Weighed:
    return Weighed(
        *(np.concatenate([getattr(each, part.name) for each in parts]) for part in fields(Weighed))
    )


def odds_under(model: MatchingModel, one: People, levels: Levels, often: Frequencies) -> Numbers:
    """The odds alone of pairs of which these are the one half."""
    logs = evidence(levels, model)
    rare = _rarities(one, levels, model, often)
    logs[:, KINDS.index("twin")] += rare["forename"]
    logs[:, KINDS.index("sibling")] += rare["forename"] + rare["born"]
    logs[:, STRANGER] += sum(rare.values())
    return odds_of(logs, model)


def odds_of(logs: Numbers, model: MatchingModel) -> Numbers:
    """The odds of one person against everybody else, from the evidence for each kind of pair."""
    weighted = logs + np.log([model.rates[kind] for kind in KINDS])
    return np.asarray(weighted[:, 0] - np.logaddexp.reduce(weighted[:, 1:], axis=1))


def _rarities(one: People, levels: Levels, model: MatchingModel, often: Frequencies) -> dict[str, Numbers]:
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
    return {name: rare + _turned(name, one, levels, model, often) for name, rare in found.items()}


def _turned(name: str, one: People, levels: Levels, model: MatchingModel, often: Frequencies) -> Numbers:
    """First and last name that changed places are as rare as the names are, in the order more people bear: to have
    been turned round says nothing about whose names they are."""
    if name not in CHANGE_PLACES:
        return np.zeros(len(levels))
    turned = replace(one, surname=one.forename, forename=one.surname)
    share_of = often.share_of_forename if name == "forename" else often.share_of_surname
    share = np.maximum(share_of(one), share_of(turned))
    place = CHANGE_PLACES[name]
    rare = np.log(share) + np.log(model.same[name][place]) - np.log(model.other[name][place])
    return np.asarray(np.where(levels[:, PLACE[name]] == place, rare, 0.0))


def _beside(levels: Levels, model: MatchingModel) -> Numbers:
    found = np.zeros(len(levels))
    for name in BESIDE:
        same, *_, other = field_shares(name, model)
        speaks = np.log(same) - np.log(other)
        if name == "home":
            speaks[HOME["home_13"]] = min(
                speaks[HOME["home_13"]], 0.0
            )  # another door of one street is another home
        else:
            speaks = np.maximum(speaks, 0.0)  # numbers against each other have a rule of their own
        found += speaks[levels[:, PLACE[name]]]
    return found
