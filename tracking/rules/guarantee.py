"""The September Guarantee (R49, R108): whose September it is, who is in the cohort and why, who leads, how they stand.

Everybody who finishes Year 11 or Year 12 is owed a suitable offer by the end of September. The council leads for
16-year-olds educated in its area and for 17-year-olds who live there.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracking.rules.academic_year import reporting_year, starts_on, year_group

GROUPS = frozenset({11, 12})
YEAR_11, YEAR_12 = 11, 12


class Included(StrEnum):
    """Why somebody is in the cohort of a September."""

    EDUCATED_HERE = "educated_here"
    EDUCATED_ELSEWHERE = "educated_elsewhere"
    TAUGHT_AT_HOME = "taught_at_home"
    ON_NO_ROLL = "on_no_roll"
    LIVES_HERE = "lives_here"

    @property
    def words(self) -> str:
        """The reason as a page says it."""
        return WORDS[self]


WORDS = {
    Included.EDUCATED_HERE: "Year 11 at a school in this area",
    Included.EDUCATED_ELSEWHERE: "Year 11, lives here, at school in another area",
    Included.TAUGHT_AT_HOME: "Year 11, lives here, taught at home",
    Included.ON_NO_ROLL: "Year 11, lives here, at no school we know of",
    Included.LIVES_HERE: "Year 12, lives here",
}


class Stand(StrEnum):
    """How somebody stands towards the guarantee, as the board counts it (R108)."""

    OFFER = "offer"
    NO_OFFER = "no_offer"
    NOT_ASKED = "not_asked"
    REFUSED = "refused"
    NOT_SUITABLE = "not_suitable"

    @property
    def words(self) -> str:
        """The column as a page says it."""
        return STANDS[self]


STANDS = {
    Stand.OFFER: "Offer made",
    Stand.NO_OFFER: "No offer",
    Stand.NOT_ASKED: "Not yet asked",
    Stand.REFUSED: "Refused or not applied",
    Stand.NOT_SUITABLE: "Offer not appropriate",
}
OF_FAMILY = {
    "offer made": Stand.OFFER,
    "offer not appropriate": Stand.NOT_SUITABLE,
    "no offer": Stand.NO_OFFER,
    "not recorded": Stand.NOT_ASKED,
}


def stand_of(family: str, column: str = "") -> Stand:
    """Where a status of this family is counted; a column the table names wins over its family. What no table knows
    was not asked."""
    return Stand(column) if column else OF_FAMILY.get(family, Stand.NOT_ASKED)


def grace_ends(year: int, grace_days: int) -> date:
    """The last day on which a status still belongs to the September of this year: so many days from 1 September on,
    the 1st counted; none: 31 August."""
    return starts_on(year) + timedelta(days=grace_days - 1)


def guarantee_year_of(on: date, grace_days: int) -> int:
    """The year of the September a status recorded on this day belongs to: until the days of grace are over, the
    September just past; from then on, the next."""
    return on.year if on <= grace_ends(on.year, grace_days) else on.year + 1


def september_worked_on(on: date) -> int:
    """The year of the September a council works on: its cohort is looked through from April, and the file speaks of
    it until the March after (month logic of errors 905 and 906)."""
    return reporting_year(on)


def guarantee_group(born_on: date | None, year: int) -> int | None:
    """The year group whose end the September of this year follows, 11 or 12; None for everybody else."""
    if born_on is None:
        return None
    group = year_group(born_on, starts_on(year) - timedelta(days=1))
    return group if group in GROUPS else None


def group_recorded_for(born_on: date | None, on: date, grace_days: int) -> int | None:
    """The year group a status recorded on this day is for: in the days of grace the one just finished."""
    return guarantee_group(born_on, guarantee_year_of(on, grace_days))


@dataclass(frozen=True, slots=True)
class Lived:
    """What decides why somebody is in and who leads: councils by DfE number, empty where nothing is known."""

    year_group: int
    own: str
    school: str = ""
    at_home: bool = False
    la_at_year_11: str = ""
    educated_la: str = ""


def included(lived: Lived) -> Included:
    """Why somebody of the register's cohort is in the cohort of the September."""
    if lived.year_group == YEAR_12:
        return Included.LIVES_HERE
    if lived.school:
        return Included.EDUCATED_HERE if lived.school == lived.own else Included.EDUCATED_ELSEWHERE
    return Included.TAUGHT_AT_HOME if lived.at_home else Included.ON_NO_ROLL


def led_by(lived: Lived, councils: frozenset[str]) -> str:
    """Which council leads: for Year 12 where they live; for Year 11 where they are educated, by what their record
    says (error 25) before where their school stands; numbers that are no council's count as unknown (error 261)."""
    if lived.year_group == YEAR_12:
        return lived.own
    said = (lived.la_at_year_11, lived.educated_la, lived.school)
    return next((code for code in said if code in councils), lived.own)


def share(part: int, whole: int) -> float | None:
    """Per cent to one place; None of nobody. Above 100 where more were added after the freeze than it held."""
    return round(100 * part / whole, 1) if whole else None
