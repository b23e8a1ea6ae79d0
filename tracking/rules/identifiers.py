"""Numbers people are known by: checks that warn in plain words and never refuse; how a postcode is written.

A number that fails is kept as it came: the DfE itself checks little more than lengths, and a wrong number
that was really given is worth more than an empty field.
"""

import re
from operator import mul

from tracking.rules.ruleset import RuleSet

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # I, O and S are left out, as they look like digits
UPN_PLACES = range(2, 14)
UPN_VALUES = {str(digit): digit for digit in range(10)} | {each: at for at, each in enumerate(UPN_LETTERS)}
UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
ULN_WEIGHTS = range(10, 1, -1)
ULN = re.compile(r"[1-9][0-9]{9}")
LAESTAB = re.compile(r"[0-9]{7}")
UKPRN = re.compile(r"1[0-9]{7}")
URN = re.compile(r"[0-9]{5,6}")
TEMPORARY_ULN = "9999999999"
INWARD = 3
SPACES = re.compile(r"\s+")


def upn_warning(upn: str) -> str:
    """What looks wrong about a unique pupil number; empty when nothing does (check letter, modulo 23)."""
    if not upn:
        return ""
    if not UPN.fullmatch(upn):
        return "A unique pupil number has a letter, eleven digits and a last digit or letter."
    if upn[-1].isalpha() and upn[-1] not in UPN_LETTERS:
        return "A temporary unique pupil number never ends in I, O or S."
    if upn[0] != upn_check_letter(upn):
        return "The first letter does not fit the rest of the unique pupil number: a digit may be mistyped."
    return ""


def upn_check_letter(upn: str) -> str:
    """The letter that belongs in front of places 2 to 13 of a unique pupil number."""
    return UPN_LETTERS[sum(map(mul, UPN_PLACES, map(UPN_VALUES.__getitem__, upn[1:]))) % len(UPN_LETTERS)]


def uln_warning(uln: str) -> str:
    """What looks wrong about a unique learner number; empty when nothing does (check digit, modulo 11)."""
    if not uln:
        return ""
    if not ULN.fullmatch(uln):
        return "A unique learner number has ten digits and does not begin with nought."
    if uln == TEMPORARY_ULN:
        return "This is the stand-in used before a learner has a number of their own."
    if not _uln_adds_up(uln):
        return "The last digit does not fit the rest of the unique learner number: a digit may be mistyped."
    return ""


def _uln_adds_up(uln: str) -> bool:
    rest: int = sum(map(mul, ULN_WEIGHTS, map(int, uln[:9]))) % 11
    return rest != 0 and int(uln[9]) == 10 - rest


def normal_postcode(text: str) -> str:
    """A postcode in capitals with one space before its last three characters; a shorter text has none."""
    signs = SPACES.sub("", text).upper()
    return f"{signs[:-INWARD]} {signs[-INWARD:]}" if len(signs) > INWARD else signs


def postcode_warning(text: str, ruleset: RuleSet) -> str:
    """What looks wrong about a postcode, however it is spaced; empty when nothing does (DfE error 43)."""
    if not text:
        return ""
    shape = re.sub("[A-Z]", "A", re.sub("[0-9]", "9", normal_postcode(text)))
    if shape in ruleset.formats.get("postcode", ()):
        return ""
    return "This is not written as a postcode. Check its letters and digits."


def laestab_warning(number: str, ruleset: RuleSet) -> str:
    """What looks wrong about a school's DfE number; empty when nothing does (DfE error 228)."""
    if not number:
        return ""
    if not LAESTAB.fullmatch(number):
        return "A school's DfE number has seven digits: three for the council and four for the school."
    if number[:3] not in ruleset.authorities:
        return "The first three digits of the DfE number are no council's."
    return ""


def ukprn_warning(number: str) -> str:
    """What looks wrong about a provider's UKPRN; empty when nothing does (DfE error 39)."""
    if not number or UKPRN.fullmatch(number):
        return ""
    return "A UKPRN has eight digits and begins with 1."


def urn_warning(number: str) -> str:
    """What looks wrong about a school's unique reference number; empty when nothing does."""
    if not number or URN.fullmatch(number):
        return ""
    return "A school's unique reference number has five or six digits."
