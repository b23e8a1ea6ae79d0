"""Which tables of a frozen month are shown to everybody, and what of them: so that no table tells on another.

Each table counts the same young people, by one thing and by how they stand. Tables share only the council's own line,
which is shown whole or there are no tables at all; so whatever fits one of them fits all of them at once, and each is
protected for itself (R22, R92, R107). That is why nothing lies inside anything else here: no wards inside districts, no
services, no two things at once, and no joiners and leavers by part, which would tie two months together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from tracking.rules.suppression import LEAST, Cell, Counted, held_back, primary

METHOD = 1  # goes up with every change to what is held back, so that a stored table says how it was made
NEET, NOT_KNOWN, OTHER = "neet", "not_known", "other"
KINDS: Mapping[str, str] = MappingProxyType(
    {NEET: "NEET", NOT_KNOWN: "Not known", OTHER: "Known and not NEET", "": "Years 12 and 13"}
)
TELLING = frozenset({NEET, NOT_KNOWN})
COUNCIL = "council"
# What the tables are by, in the order of the page.
TABLES: Mapping[str, str] = MappingProxyType(
    {
        "district": "District",
        "year": "Year group",
        "gender": "Gender",
        "need": "Special educational needs",
        "vulnerable": "Vulnerable group",
        "ethnicity": "Ethnic group",
        "school": "School or college, now or last",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a table with its counts, as they are."""

    part: str
    words: str
    cohort: int
    neet: int
    not_known: int

    @property
    def by_kind(self) -> dict[str, int]:
        """The people of the part, each in one kind."""
        return {NEET: self.neet, NOT_KNOWN: self.not_known, OTHER: self.cohort - self.neet - self.not_known}


def counted(lines: Sequence[Line]) -> Counted:
    """A table of these lines, for the rule of what is held back."""
    counts = {(line.part, kind): count for line in lines for kind, count in line.by_kind.items()}
    return Counted(
        [line.part for line in lines], tuple(kind for kind in KINDS if kind), counts, telling=TELLING
    )


def council_may_be_shown(council: Line, least: int = LEAST) -> bool:
    """Whether the council's own line says nothing of few people, nor the same of all; else there are no tables."""
    return council.cohort > 0 and not primary(counted([council]), least)


def hidden(lines: Sequence[Line], least: int = LEAST) -> set[Cell]:
    """The cells of a table that are held back where the council's line is shown, as it is in every table.

    Where the table cannot be protected with that line standing, of all its parts nothing is shown: every number is
    then anything up to the council's own.
    """
    table = counted(lines)
    found = held_back(table, least)
    if any(part is None for part, _ in found):
        return {cell for cell in table.cells if cell[0] is not None}
    return found
