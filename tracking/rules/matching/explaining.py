"""Why two entries are taken for one person, field by field, in plain words."""

from dataclasses import dataclass

import numpy as np

from tracking.rules.matching.learning import field_shares
from tracking.rules.matching.levels import FIELDS, MISSING
from tracking.rules.matching.model import MatchingModel


@dataclass(frozen=True, slots=True)
class Reason:
    """One field's part: `weight` above nought speaks for one person, below nought against (powers of two)."""

    field: str
    words: str
    weight: float

    def __str__(self) -> str:
        return f"{self.field}: {self.words}"


def reasons(levels: list[int], model: MatchingModel) -> tuple[Reason, ...]:
    """A reason for every field given on both sides, in the order an officer reads them."""
    return tuple(
        Reason(field.label, field.levels[level].words, weight_of(field.name, level, model))
        for field, level in zip(FIELDS, levels, strict=True)
        if level != MISSING
    )


def weight_of(field: str, level: int, model: MatchingModel) -> float:
    """How many times likelier this level is for one person than for strangers, as a power of two."""
    same, *_, other = field_shares(field, model)
    return float(np.log2(same[level]) - np.log2(other[level]))


def in_words(levels: list[int], model: MatchingModel) -> str:
    """All reasons in one sentence: "First name: the same; date of birth: one digit differs"."""
    found = [str(reason) for reason in reasons(levels, model)]
    return "; ".join(text if place == 0 else text[0].lower() + text[1:] for place, text in enumerate(found))
