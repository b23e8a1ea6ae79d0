"""Learns from the two files at hand, without anybody saying who is who, how often entries agree.

Pairs drawn at random show how often strangers agree. The pairs worth comparing are then a mixture of four kinds, and
expectation-maximisation (Fellegi and Sunter's model) finds how common each kind is and how often the entries of one
person agree: the same person, that person's twin, a brother or sister, a stranger. Twins and siblings share home and
last name as one person's entries do and the first name as strangers do, so that a shared home is no proof of who it is.
"""

from dataclasses import replace
from types import MappingProxyType

import numpy as np

from tracking.rules.matching.comparing import Comparison, Part
from tracking.rules.matching.experience import NOTHING_YET, Experience
from tracking.rules.matching.levels import FIELDS, FORENAME, HOME, HOMES, MISSING, PLACE, SURNAME, UPN
from tracking.rules.matching.model import MatchingModel, Shares
from tracking.rules.matching.people import Flags, Ints, Levels, Numbers

KINDS = ("person", "twin", "sibling", "stranger")
# Where whole files are compared, and at least so many where a part stands for the whole.
RANDOM_PAIRS, ENOUGH_STRANGERS = 100_000, 10_000
ROUNDS = 60
STILL = 1e-7
# What is believed counts like so many pairs seen.
BELIEF_SAME, BELIEF_OTHER = 40.0, 400.0
# Where brothers and sisters are about, first names that differ must not be learned to be usual.
MOST_DIFFERING = 0.002
# Fewer than this share of those surely found, of so many at least, have a relative at home on the register: these
# files are not about families, and there is nobody to be taken for a twin.
FAMILIES_FROM, ENOUGH_TO_TELL = 0.001, 1_000
NOBODY = 1e-3
# Of those who came in, how many are believed to be on the register, to have a twin or a sibling there; each counts as
# little as one pair.
EXPECTED = {"person": 0.8, "twin": 0.002, "sibling": 0.02}
SIBLINGS_NUMBER = 0.01
SAME_HOME = (HOME["home_11"], HOME["home_12"], HOME["home_10"], HOME["home_01"])
NO_SAME_POSTCODE, GIVEN_ADDRESS = (0, 3), (1, 2, 3)
FULL = 1  # the level of full agreement in every field but the home
CHANGE_PLACES = {"forename": FORENAME["swapped"], "surname": SURNAME["swapped"]}
# Rows of levels, each once, and how many pairs show it.
Patterns = tuple[Levels, Numbers]
SHARED_BY_TWINS = frozenset({"surname", "born", "home", "year_group"})
SHARED_BY_SIBLINGS = frozenset({"surname", "home"})


def learn(
    compared: Comparison,
    right: Ints,
    levels: Levels,
    model: MatchingModel,
    experience: Experience = NOTHING_YET,
) -> MatchingModel:
    """The model with shares and rates as these files show them; what is believed, and what earlier files and officers
    taught, counts where these say little."""
    model = replace(model, other=strangers(compared, len(levels), model))
    seen = patterns_of(levels, compared.part.stands_for[right])
    return settled(seen, compared.part, model, experience)


def settled(
    seen: Patterns, part: Part, model: MatchingModel, experience: Experience = NOTHING_YET
) -> MatchingModel:
    """The same from patterns counted before, with the shares among strangers as the model has them."""
    patterns, counts = seen
    pairs = max(part.register * part.incoming, 1.0)
    people_in = float(min(part.register, part.incoming) or 1)
    begin = np.array([EXPECTED[kind] * people_in for kind in KINDS[:3]])
    model = replace(model, rates=_rates(begin, pairs, families=model.families))
    for _ in range(ROUNDS):
        before = model
        found = shares_of_kinds(patterns, model) * counts[:, None]
        model = _moved(model, patterns, found, pairs, experience)
        if _distance(model, before) < STILL:
            break
    persons = float(shares_of_kinds(patterns, model)[:, 0] @ counts)
    return replace(model, learned_from=int(counts.sum()), found=round(persons), taught=experience.decided)


def holds_families(right: Ints, levels: Levels, sure: Flags) -> bool:
    """Whether brothers, sisters and twins are about: somebody of the same home and last name and another first name
    beside those who are surely found. Where too few are found to tell, they are."""
    found = np.unique(right[sure])
    relatives = (levels[:, PLACE["surname"]] == SURNAME["same"]) & np.isin(
        levels[:, PLACE["home"]], SAME_HOME
    )
    relatives &= levels[:, PLACE["forename"]] == FORENAME["differ"]
    having = np.intersect1d(found, right[relatives])
    return len(found) < ENOUGH_TO_TELL or len(having) >= FAMILIES_FROM * len(found)


def patterns_of(levels: Levels, stands_for: Numbers) -> Patterns:
    """The different rows of levels and how often each is seen."""
    codes, size = np.zeros(len(levels), dtype=np.int64), 1
    for place, field in enumerate(FIELDS):
        codes += levels[:, place] * np.int64(size)
        size *= len(field.levels)
    _, first, which = np.unique(codes, return_index=True, return_inverse=True)
    seen = np.bincount(which, weights=stands_for, minlength=len(first))
    return levels[first], np.asarray(seen, dtype=np.float64)


def strangers(compared: Comparison, pairs: int, model: MatchingModel) -> Shares:
    """How often strangers agree, from pairs drawn at random; always the same ones for the same files."""
    sizes = len(compared.register), len(compared.incoming)
    if not all(sizes):
        return model.other
    dice = np.random.default_rng(sizes)
    enough = RANDOM_PAIRS if compared.part.is_whole else max(ENOUGH_STRANGERS, pairs // 2)
    drawn = min(enough, sizes[0] * sizes[1])
    levels = compared.levels(dice.integers(sizes[0], size=drawn), dice.integers(sizes[1], size=drawn))
    levels = levels[_agreeing(levels, ("forename", "surname", "born")) < 2]  # else it is hardly a stranger
    shares = {}
    for place, field in enumerate(FIELDS):
        seen = np.bincount(levels[:, place], minlength=len(field.levels)).astype(np.float64)
        if field is HOME:
            seen = _evened(seen)
        shares[field.name] = _mixed(seen, field.other(), BELIEF_OTHER)
    return MappingProxyType(shares)


def _evened(homes: Numbers) -> Numbers:
    """Of strangers who do not share a postcode, how alike the addresses are does not depend on whether one is given:
    counted together, as few are seen of each."""
    cells = homes.reshape(HOMES, HOMES).copy()
    apart = cells[np.ix_(NO_SAME_POSTCODE, GIVEN_ADDRESS)]
    if apart.sum():
        cells[np.ix_(NO_SAME_POSTCODE, GIVEN_ADDRESS)] = (
            np.outer(apart.sum(axis=1), apart.sum(axis=0)) / apart.sum()
        )
    return cells.reshape(-1)


def _agreeing(levels: Levels, names: tuple[str, ...]) -> Ints:
    """In how many of these fields the two are the same."""
    same = [levels[:, PLACE[name]] == FIELDS[PLACE[name]]["same"] for name in names]
    return np.asarray(np.sum(same, axis=0), dtype=np.int64)


def _mixed(seen: Numbers | Ints, believed: Numbers, weight: float) -> tuple[float, ...]:
    """Shares of what was seen and what is believed, missing entries apart."""
    counted = seen.astype(np.float64)
    counted[MISSING] = 0
    mixed = counted + weight * believed / believed.sum()
    return tuple((mixed / mixed.sum()).tolist())


def _rates(numbers: Numbers, pairs: float, *, families: bool) -> MappingProxyType[str, float]:
    if not families:
        numbers = np.where(np.arange(len(numbers)) == 0, numbers, NOBODY)
    rates = dict(zip(KINDS, (numbers / pairs).tolist(), strict=False))
    rates["stranger"] = max(1.0 - sum(rates.values()), 0.5)
    return MappingProxyType(rates)


def _moved(
    model: MatchingModel, patterns: Levels, found: Numbers, pairs: float, experience: Experience
) -> MatchingModel:
    """One round: shares and rates as the kinds found so far make them."""
    same = {}
    for place, field in enumerate(FIELDS):
        seen = np.bincount(patterns[:, place], weights=found[:, 0], minlength=len(field.levels))
        same[field.name] = _mixed(seen + experience.seen(field.name), field.same(), BELIEF_SAME)
    if model.families:
        same[FORENAME.name] = _few_differ(same[FORENAME.name])
    numbers = found[:, :3].sum(axis=0) + np.array([EXPECTED[kind] for kind in KINDS[:3]])
    return replace(model, same=MappingProxyType(same), rates=_rates(numbers, pairs, families=model.families))


def _few_differ(shares: tuple[float, ...]) -> tuple[float, ...]:
    places = FORENAME["differ"], FORENAME["half"]
    capped = {place: min(shares[place], MOST_DIFFERING) for place in places}
    rest = (1 - sum(capped.values())) / (1 - sum(shares[place] for place in places))
    return tuple(capped.get(level, value * rest) for level, value in enumerate(shares))


def _distance(model: MatchingModel, before: MatchingModel) -> float:
    shares = [
        abs(a - b) for name in model.same for a, b in zip(model.same[name], before.same[name], strict=True)
    ]
    return max(shares, default=0.0)


def evidence(levels: Levels | Ints, model: MatchingModel) -> Numbers:
    """For each row and kind of pair the logarithm of how likely this row is; missing entries say nothing."""
    found = np.zeros((len(levels), len(KINDS)))
    for place, field in enumerate(FIELDS):
        for kind, shares in enumerate(field_shares(field.name, model)):
            found[:, kind] += np.log(shares)[levels[:, place]]
    return found


def field_shares(name: str, model: MatchingModel) -> tuple[Numbers, ...]:
    """Shares of one field's levels for each kind of pair; 1 for a missing entry."""
    same, other = np.array(model.same[name]), np.array(model.other[name])
    other = _no_more_telling_than_full(name, same, other)
    related = _siblings_number(same, other) if name in ("upn", "uln") else other
    if name == "establishment":
        related = (same + other) / 2
    twin = same if name in SHARED_BY_TWINS else related
    sibling = same if name in SHARED_BY_SIBLINGS else related
    shares = tuple(np.maximum(each, 1e-12) for each in (same, twin, sibling, other))
    for each in shares:
        each[MISSING] = 1.0
    return shares


def _no_more_telling_than_full(name: str, same: Numbers, other: Numbers) -> Numbers:
    """Less agreement never speaks more for one person than full agreement does, however few strangers had it by chance.
    Names that changed places agree both at once, which tells more."""
    full = HOME["home_11"] if name == HOME.name else FULL
    least = same * other[full] / max(same[full], 1e-12)
    if name in CHANGE_PLACES:
        least[CHANGE_PLACES[name]] = 0
    return np.asarray(np.maximum(other, least))


def _siblings_number(same: Numbers, other: Numbers) -> Numbers:
    """Now and then a brother's or sister's number is typed in, with slips like any other."""
    found = other * (1 - SIBLINGS_NUMBER)
    typed = [UPN["same"], UPN["slip"]]
    found[typed] += SIBLINGS_NUMBER * same[typed] / same[typed].sum()
    return np.asarray(found)


def shares_of_kinds(levels: Levels, model: MatchingModel) -> Numbers:
    """For each row the probability of each kind of pair, judged by itself."""
    logs = evidence(levels, model) + np.log([model.rates[kind] for kind in KINDS])
    logs -= logs.max(axis=1, keepdims=True)
    weights = np.exp(logs)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


assert set(PLACE) >= SHARED_BY_TWINS | SHARED_BY_SIBLINGS
