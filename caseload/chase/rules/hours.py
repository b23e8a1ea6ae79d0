"""The hours of a day in which somebody is rung, and what a council's own calls say about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracking.rules.chase import HUNDRED, Weighs, Weights

# A call before noon, before 3pm, before 5pm, or later. SQL counts by the same bounds.
BOUNDS = (12, 15, 17)
BANDS = range(len(BOUNDS) + 1)
WORDS = ("in the morning", "around midday", "between 3pm and 5pm", "after 5pm")

Counted = tuple[int, int]
"""How often it was tried, and how often it came to something."""


def band_of(moment: datetime) -> int:
    """The hours a local moment lies in."""
    return sum(moment.hour >= bound for bound in BOUNDS)


@dataclass(frozen=True, slots=True)
class House:
    """What this council's own calls came to lately: answered, by whose number and in which hours; told, by who was
    reached."""

    answered: Mapping[tuple[str, int], Counted] = field(default_factory=dict)
    told: Mapping[str, Counted] = field(default_factory=dict)


def blended(prior: float, strength: float, counted: Counted) -> float:
    """A chance after some tries: what was usual before counts as so many tries of its own (the mean of a Beta)."""
    tried, came = counted
    return (prior * strength + came) / (strength + tried)


def usual(weights: Weights, house: House) -> Mapping[str, Sequence[float]]:
    """The chance that a number is answered, by whose it is and in which hours, before it was ever rung."""
    hours, strength = weights.by(Weighs.HOUR), weights.limit("strength_of_house")
    found = {}
    for whose, row in weights.by(Weighs.NUMBER).items():
        shares = [hours[str(band)].value / HUNDRED if str(band) in hours else 1.0 for band in BANDS]
        found[whose] = tuple(
            blended(
                min(1.0, row.value / HUNDRED * share), strength, house.answered.get((whose, band), (0, 0))
            )
            for band, share in zip(BANDS, shares, strict=True)
        )
    return found
