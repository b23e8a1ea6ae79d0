"""The mistakes every register has: what the department's checks find, a few of each kind."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tracking.seeding import identifiers
from tracking.seeding.lives import NEET, REVIEWED, Spell
from tracking.seeding.people import Person


@dataclass(slots=True)
class Record:
    """A young person and what they do, where a slip may happen; `on` is the day's ordinal."""

    person: Person
    spells: list[Spell]
    on: int

    @property
    def latest(self) -> Spell | None:
        return self.spells[-1] if self.spells else None


Slip = Callable[[Random, Record], None]


def no_postcode(rng: Random, record: Record) -> None:
    """Error 32."""
    record.person.postcode = ""


def odd_postcode(rng: Random, record: Record) -> None:
    """Error 43."""
    record.person.postcode = record.person.postcode.replace(" ", "") + "0"


def no_address(rng: Random, record: Record) -> None:
    """Error 31."""
    record.person.line_1 = ""


def no_ethnicity(rng: Random, record: Record) -> None:
    """Error 6."""
    record.person.ethnicity = ""


def old_ethnicity(rng: Random, record: Record) -> None:
    """Error 7: a code of the school census the return does not know."""
    record.person.ethnicity = "WIRT"


def no_gender(rng: Random, record: Record) -> None:
    """Error 4."""
    record.person.gender = ""


def short_upn(rng: Random, record: Record) -> None:
    """Error 38."""
    record.person.upn = record.person.upn[:-1]


def wrong_check_letter(rng: Random, record: Record) -> None:
    """A mistyped UPN: right in form, wrong by its check letter. Somebody without one keeps none."""
    upn = record.person.upn
    letters = identifiers.UPN_LETTERS
    if upn:
        record.person.upn = letters[letters.index(upn[0]) - 1] + upn[1:]


def bad_uln(rng: Random, record: Record) -> None:
    """Error 30."""
    record.person.uln = "0" + record.person.uln[1:]


def digit_in_name(rng: Random, record: Record) -> None:
    """Error 44."""
    record.person.given += "1"


def bracket_in_name(rng: Random, record: Record) -> None:
    """Error 45."""
    record.person.family += " (S)"


def no_area_at_year_11(rng: Random, record: Record) -> None:
    """Errors 24 and 25."""
    record.person.la_at_year_11 = "999"


def no_level_of_need(rng: Random, record: Record) -> None:
    """Error 100."""
    record.person.level_of_need = ""


def two_kinds_of_support(rng: Random, record: Record) -> None:
    """Error 306."""
    record.person.has_plan = record.person.has_support = True


def short_number(rng: Random, record: Record) -> None:
    """Error 1."""
    record.person.number = record.person.number[:-2]


def no_expected_end(rng: Random, record: Record) -> None:
    """Error 259."""
    if record.latest:
        record.latest.expected_end = None


def told_before_it_began(rng: Random, record: Record) -> None:
    """Error 242."""
    if record.latest:
        record.latest.known = record.latest.starts - 9


def no_review(rng: Random, record: Record) -> None:
    """Error 262."""
    if record.latest and record.latest.code in REVIEWED:
        record.latest.review = None


def neet_later_than_activity(rng: Random, record: Record) -> None:
    """Error 225."""
    if record.latest and record.latest.code in NEET:
        record.latest.neet_since = record.latest.starts + 6


def code_that_is_no_more(rng: Random, record: Record) -> None:
    """Error 201."""
    if record.latest and record.latest.code in NEET:
        record.latest.code, record.latest.neet_since = "720", None


def odd_destination(rng: Random, record: Record) -> None:
    """Error 302."""
    record.person.intended = "130"


def no_birth_date(rng: Random, record: Record) -> None:
    """Error 8."""
    record.person.birth_is_known = False


def moved_nobody_knows_where(rng: Random, record: Record) -> None:
    """Error 13."""
    record.person.cohort_status, record.person.cohort_status_on = "T", record.on - 12
    record.person.transferred_to = ""


def same_school_age_code(rng: Random, record: Record) -> None:
    """Error 230: nobody said what came after Year 11."""
    if record.latest and record.latest.code == "230":
        record.latest.code = "110"


SLIPS: tuple[Slip, ...] = (
    no_postcode, odd_postcode, no_address, no_ethnicity, old_ethnicity, no_gender, short_upn, wrong_check_letter,
    bad_uln, digit_in_name, bracket_in_name, no_area_at_year_11, no_level_of_need, two_kinds_of_support, short_number,
    no_expected_end, told_before_it_began, no_review, neet_later_than_activity, code_that_is_no_more, odd_destination,
    same_school_age_code, no_birth_date, moved_nobody_knows_where,
)  # fmt: skip
ONE_IN = 17


def slip(rng: Random, record: Record) -> None:
    """Every seventeenth record has its slip, each kind in turn, so that even a small register has all of them."""
    turn, left = divmod(record.person.serial, ONE_IN)
    if left == 0:
        SLIPS[turn % len(SLIPS)](rng, record)
