"""How far two people's entries agree, field by field: the levels, their words, and what is expected of each.

`same` is how often the level is seen where both entries are one person's, `other` where they are two people's. They
are what is believed before any file is read (shares of 1 within a field, missing entries left out); `learning` moves
them to what the files at hand show.
"""

from dataclasses import dataclass

import numpy as np

from tracking.rules.matching.people import Numbers

MISSING = 0


@dataclass(frozen=True, slots=True)
class Level:
    """One degree of agreement."""

    name: str
    words: str
    same: float
    other: float


@dataclass(frozen=True, slots=True)
class Field:
    """One comparison; level 0 is a missing entry and says nothing."""

    name: str
    label: str
    levels: tuple[Level, ...]

    def __getitem__(self, name: str) -> int:
        return next(number for number, level in enumerate(self.levels) if level.name == name)

    def same(self) -> Numbers:
        """Shares among entries of one person."""
        return np.array([level.same for level in self.levels])

    def other(self) -> Numbers:
        """Shares among entries of two people."""
        return np.array([level.other for level in self.levels])


NOT_GIVEN = Level("missing", "not given on both sides", 0, 0)

FORENAME = Field("forename", "First name", (
    NOT_GIVEN,
    Level("same", "the same", 0.90, 0.006),
    Level("form", "another form of the same name", 0.02, 0.002),
    Level("part", "one is a part of the other", 0.01, 0.001),
    Level("middle", "one goes by the other's middle name", 0.004, 0.003),
    Level("slip", "one or two letters differ", 0.04, 0.003),
    Level("initial", "only an initial, which fits", 0.005, 0.003),
    Level("similar", "similar", 0.01, 0.02),
    Level("swapped", "first and last name have changed places", 0.01, 0.00001),
    Level("half", "one of the names stands as the other's first or last name", 0.001, 0.001),
    Level("differ", "different", 0.001, 0.96),
))  # fmt: skip
SURNAME = Field("surname", "Last name", (
    NOT_GIVEN,
    Level("same", "the same", 0.92, 0.002),
    Level("part", "one is a part of the other", 0.015, 0.0005),
    Level("slip", "one or two letters differ", 0.035, 0.001),
    Level("similar", "sounds or looks similar", 0.01, 0.01),
    Level("swapped", "first and last name have changed places", 0.01, 0.00001),
    Level("differ", "different", 0.01, 0.985),
))  # fmt: skip
BORN = Field("born", "Date of birth", (
    NOT_GIVEN,
    Level("same", "the same", 0.95, 0.0003),
    Level("slip", "one digit differs, or two neighbours have changed places", 0.025, 0.006),
    Level("turned", "day and month have changed places", 0.01, 0.0002),
    Level("two_parts", "two of day, month and year are the same", 0.008, 0.035),
    Level("differ", "different", 0.007, 0.96),
))  # fmt: skip

POSTCODE_WORDS = ("", "postcode the same", "postcode nearly the same", "postcode different")
ADDRESS_WORDS = ("", "address the same", "address similar", "address different")
POSTCODE_SAME, POSTCODE_OTHER = (0.05, 0.80, 0.05, 0.10), (0.05, 0.0003, 0.005, 0.945)
ADDRESS_SAME = (
    (0.1, 0.6, 0.15, 0.15),
    (0.08, 0.76, 0.13, 0.03),
    (0.1, 0.65, 0.2, 0.05),
    (0.1, 0.05, 0.05, 0.8),
)
ADDRESS_OTHER = (
    (0.1, 1e-5, 0.01, 0.89),
    (0.1, 0.02, 0.1, 0.78),
    (0.1, 0.001, 0.02, 0.88),
    (0.1, 1e-5, 0.01, 0.89),
)
HOMES = 4


def _home_levels() -> tuple[Level, ...]:
    """Every pair of a postcode's and an address's agreement, as the two depend on each other."""
    found = [NOT_GIVEN]
    for cell in range(1, HOMES * HOMES):
        postcode, address = divmod(cell, HOMES)
        words = "; ".join(filter(None, (POSTCODE_WORDS[postcode], ADDRESS_WORDS[address])))
        same = POSTCODE_SAME[postcode] * ADDRESS_SAME[postcode][address]
        other = POSTCODE_OTHER[postcode] * ADDRESS_OTHER[postcode][address]
        found.append(Level(f"home_{postcode}{address}", words, same, other))
    return tuple(found)


HOME = Field("home", "Home", _home_levels())


def _number(name: str, label: str) -> Field:
    return Field(name, label, (
        NOT_GIVEN,
        Level("same", "the same", 0.955, 0.000002),
        Level("slip", "one sign differs, or two neighbours have changed places", 0.02, 0.00002),
        Level("unsound", "different, and one of them cannot be right", 0.015, 0.05),
        Level("contradict", "different", 0.01, 0.95),
    ))  # fmt: skip


UPN, ULN = _number("upn", "Unique pupil number"), _number("uln", "Unique learner number")
MIDDLE = Field("middle", "Middle names", (
    NOT_GIVEN,
    Level("same", "the same", 0.85, 0.01),
    Level("like", "an initial or a part that fits", 0.12, 0.06),
    Level("differ", "different", 0.03, 0.93),
))  # fmt: skip
GENDER = Field("gender", "Gender", (
    NOT_GIVEN,
    Level("same", "the same", 0.995, 0.5),
    Level("differ", "different", 0.005, 0.5),
))  # fmt: skip
ESTABLISHMENT = Field("establishment", "School or college", (
    NOT_GIVEN,
    Level("same", "the same", 0.6, 0.02),
    Level("differ", "different", 0.4, 0.98),
))  # fmt: skip
YEAR_GROUP = Field("year_group", "Year group", (
    NOT_GIVEN,
    Level("same", "the same", 0.9, 0.15),
    Level("next", "one year apart", 0.08, 0.25),
    Level("differ", "different", 0.02, 0.6),
))  # fmt: skip
FIELDS = (FORENAME, SURNAME, BORN, HOME, UPN, ULN, MIDDLE, GENDER, ESTABLISHMENT, YEAR_GROUP)
PLACE = {field.name: place for place, field in enumerate(FIELDS)}
