"""Everything that can be wrong with a return: one list of kinds, how grave each is, and why anybody asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

LONGEST_VALUE, LONGEST_WORDS = 200, 300


class Severity(StrEnum):
    """ERROR: the row waits until it is changed. QUERY: change it or say why it is right. NOTE: good to know."""

    ERROR = "error"
    QUERY = "query"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One kind of problem: `words` group its rows (“{column}” is the column's name), `intent` is why we ask."""

    name: str
    severity: Severity
    words: str
    intent: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with one value, before it is known where the value stands."""

    kind: str
    why: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One problem of a return: the row as its sender sees it (0: the whole file), what stands there, why, how to mend.

    `column` is a column's name, or empty where the row as a whole is meant.
    """

    number: int
    column: str
    kind: str
    severity: Severity
    value: str
    why: str
    fix: str


def found(number: int, column: str, value: str, trouble: Trouble) -> Found:
    """A trouble in its place, cut to what a problem has room for."""
    return Found(
        number,
        column,
        trouble.kind,
        PROBLEMS[trouble.kind].severity,
        value[:LONGEST_VALUE],
        trouble.why[:LONGEST_WORDS],
        trouble.fix[:LONGEST_WORDS],
    )


def group_words(kind: str, column_words: str = "") -> str:
    """What a group of equal problems is called: “Postcode is missing”."""
    words = PROBLEMS[kind].words.format(column=column_words or "The cell")
    return words[0].upper() + words[1:]


NEEDED = "Without it nobody can be found on the register, or be reached."
WHO = "A name that can be read is how a young person is found and spoken to; the DfE refuses signs in names."
WHEN = "A date read wrongly puts somebody in the wrong year group, or finds somebody else."
NUMBERS = "A right number finds the right person at once; a wrong one may find another."
REACH = "We call and write to those who leave."
BELONGS = "The return counts those who are with you on its day, each of them once."
LAW = "What somebody objected to may be passed on no further."
NEWER = "Whoever knew it last and at first hand is believed."
SAFE = "What a spreadsheet computes may differ from what you see."

E, Q, N = Severity.ERROR, Severity.QUERY, Severity.NOTE
_KINDS = (
    ("missing", E, "{column} is missing", NEEDED),
    ("wanted", Q, "{column} is missing", NEEDED),
    ("too_long", E, "{column} is too long", "The register has no room for it."),
    ("spreadsheet_error", E, "{column} shows a spreadsheet error", SAFE),
    ("formula", N, "{column} holds a formula, kept as text", SAFE),
    ("name_signs", E, "{column} holds digits or signs the DfE refuses", WHO),
    ("name_letters", Q, "{column} is not in the Latin alphabet", WHO),
    ("name_capitals", N, "{column} is in capitals or small letters only", WHO),
    ("names_together", E, "Both names stand in one cell", WHO),
    ("not_a_day", E, "{column} is not a date", WHEN),
    ("no_such_day", E, "{column} is a day that never was", WHEN),
    ("day_order", Q, "{column} may have day and month swapped", WHEN),
    ("birth_not_possible", E, "{column} cannot be right", WHEN),
    ("outside_age", E, "Too young or too old for this return", BELONGS),
    ("age_without_plan", Q, "20 or over without an EHC plan", BELONGS),
    ("outside_years", E, "Outside the year groups of this return", BELONGS),
    ("year_and_age", Q, "Year group and date of birth do not agree", WHEN),
    ("starts_later", E, "Starts after the day of the return", BELONGS),
    ("start_moved", N, "{column} is the day they joined the school", WHEN),
    ("leaves_later", E, "Leaves after the day of the return", BELONGS),
    ("left_before_start", E, "Left before they joined", WHEN),
    ("neither", E, "Neither joined nor left", BELONGS),
    ("never_here", E, "Left, and was never with you by our register", BELONGS),
    ("begins_too_late", N, "{column} is too late to count as an offer", BELONGS),
    ("ends_before_start", E, "Ends before it starts", WHEN),
    ("over_already", Q, "{column} lies before the day of the return", BELONGS),
    ("has_left", E, "Has left already", BELONGS),
    ("not_here", N, "{column} is not needed on this return", BELONGS),
    ("upn_form", Q, "{column} is not written as a UPN", NUMBERS),
    ("upn_letter", Q, "{column} may be mistyped", NUMBERS),
    ("uln_form", Q, "{column} is not written as a ULN", NUMBERS),
    ("uln_digit", Q, "{column} may be mistyped", NUMBERS),
    ("uln_stand_in", N, "{column} is a stand-in, left out", NUMBERS),
    ("number_form", Q, "{column} is not one of our numbers", NUMBERS),
    ("number_rounded", Q, "{column} was rounded by the spreadsheet", NUMBERS),
    ("mended", N, "{column} was read with a sign put right", NUMBERS),
    ("zeros", N, "{column} had lost its first nought", NUMBERS),
    ("postcode_form", Q, "{column} is not a postcode", REACH),
    ("postcode_from_address", N, "{column} was read from the address", REACH),
    ("phone_form", Q, "{column} is not a telephone number", REACH),
    ("phone_two", N, "{column} holds more than one number", REACH),
    ("email_form", Q, "{column} is not an e-mail address", REACH),
    ("email_two", N, "{column} holds more than one address", REACH),
    ("yes_no", Q, "{column} is neither Yes nor No", BELONGS),
    ("objection_unclear", E, "{column} is neither Yes nor No", LAW),
    ("objection_kept", N, "Objected: extra details left out", LAW),
    ("gender", Q, "{column} is not on the DfE's list", "The DfE's monthly file has room for its own list only."),
    ("year_group", Q, "{column} is not a year group", BELONGS),
    ("activity", Q, "{column} is not on the list", BELONGS),
    ("activity_not_here", E, "{column} is nothing an enrolled learner does", BELONGS),
    ("choice", Q, "{column} is not on the list", BELONGS),
    ("choice_needed", E, "{column} is not on the list", BELONGS),
    ("twice", E, "The same learner on more than one row", BELONGS),
    ("shared_number", E, "{column} stands beside two names", NUMBERS),
    ("same_name", Q, "Two learners with one name and date of birth", BELONGS),
    ("number_elsewhere", Q, "{column} belongs to somebody else on the register", NUMBERS),
    ("other_school", E, "Rows of another school or college", BELONGS),
    ("unknown_place", E, "{column} is no school, college or provider we know", BELONGS),
    ("no_consent", E, "Did not agree that we are told", LAW),
    ("below_the_years", N, "Not old enough for the register: left out", BELONGS),
    ("other_age", Q, "Not of the age this list is about", BELONGS),
    ("plan_not_listed", Q, "EHC plan: not on the council's list of plans", BELONGS),
    ("outgrown", N, "Too old to be followed by the council", BELONGS),
    ("differs_greatly", Q, "Many more or fewer rows than last time", BELONGS),
    ("objection", N, "Objected: extra details not kept", LAW),
    ("register_keeps", N, "{column}: the council has something else and keeps it", NEWER),
    ("apply_twice", N, "Not taken: the same learner stands on an earlier row", BELONGS),
    ("apply_gone", N, "Not taken: moved away, by the council's register", NEWER),
    ("apply_no_activity", N, "Not taken: it does not say what they are doing", BELONGS),
    ("apply_not_of_that_age", N, "Not taken: past school age", BELONGS),
    ("apply_starts_later", N, "Not taken: starts after the day of the return", BELONGS),
    ("apply_before_birth", N, "Not taken: starts before the date of birth", WHEN),
    ("apply_leaves_later", N, "Not taken: the leaving date has not come yet", BELONGS),
    ("apply_left_before_start", N, "Not taken: left before they started", WHEN),
    ("apply_kept", N, "Not taken: the council has something else and keeps it", NEWER),
    ("apply_same_day", N, "Not taken: another place has the same start date", NEWER),
    ("apply_something_since", N, "Not taken: they started something else since", NEWER),
    ("apply_known_by_now", N, "Not taken: somebody like them came onto the register just now", NEWER),
    ("wrong_file", Q, "Hardly anybody we expect is on this file", BELONGS),
    ("no_column", Q, "The file has no column for this", BELONGS),
    ("swapped_columns", Q, "First and last names may have changed places", WHO),
    ("file_authority", Q, "The file's name has another council's number", BELONGS),
    ("file_unknown_school", Q, "The file's name has a number no school has", BELONGS),
    ("file_other_school", Q, "The file is named for another school or college", BELONGS),
    ("file_year", Q, "The file is named for another year", BELONGS),
    ("file_month", Q, "The file is named for another month", BELONGS),
    ("file_type", Q, "The file is named as another return", BELONGS),
)  # fmt: skip
PROBLEMS: Mapping[str, ProblemKind] = MappingProxyType({kind[0]: ProblemKind(*kind) for kind in _KINDS})
UNEXPLAINED_STOPS = frozenset({"wrong_file"})  # queries without whose answer a return is not sent
