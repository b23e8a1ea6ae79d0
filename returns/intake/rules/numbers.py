"""Numbers people are known and reached by: pupil and learner numbers, postcodes, telephones, e-mail.

What fails is asked about, and never stops a row: that somebody is enrolled is worth more than their telephone number.
What a spreadsheet lost (the first nought, O for nought) is put back and said.
"""

import re
from collections.abc import Iterator
from itertools import product

from returns.intake.layouts.columns import Column
from returns.intake.rules.context import NOTHING, Context, Read, plain, wrong
from returns.intake.rules.found import Trouble
from returns.intake.rules.texts import NO_WORDS
from tracking.rules.identifiers import (
    TEMPORARY_ULN,
    ULN,
    UPN,
    normal_postcode,
    uln_warning,
    upn_check_letter,
    upn_warning,
)

NOT_A_SIGN = re.compile(r"[^0-9A-Z]")
ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.I)
WHOLE = re.compile(r"(\d+)\.0+")
AS_DIGITS = str.maketrans("OQDILSZB", "00011528")
OTHERS = {"0": "O", "O": "0", "1": "I", "I": "1", "5": "S", "S": "5", "8": "B", "B": "8"}
PERSON_NUMBER = 13
SHORTEST_PERSON_NUMBER = 9
POSTCODE_AT_END = re.compile(r"^(.*?)(?:^|[,\s]+)([A-Z]{1,2}[0-9][0-9A-Z]?\s?[0-9][A-Z]{2})\s*$", re.I)
PHONE_BREAKS = re.compile(r"[/;,|]|\bor\b|\band\b", re.I)
PHONE_WORDS = re.compile(r"\([^)0-9]*\)|[a-z'’:]+\.?", re.I)
PHONE_SIGNS = re.compile(r"[\s().\-–]+")
UK_PHONE = re.compile(r"0[12378]\d{8,9}")
ABROAD = re.compile(r"\+[1-9]\d{7,14}")
EMAIL = re.compile(r"[^@\s,;:<>()\"]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
EMAIL_BREAKS = re.compile(r"[\s,;]+")


def read_upn(text: str, column: Column, context: Context) -> Read:
    """A unique pupil number."""
    signs = text if UPN.fullmatch(text) else NOT_A_SIGN.sub("", text.upper())
    if UPN.fullmatch(signs):
        warning = upn_warning(signs)
        if not warning:
            return plain(signs)
        return wrong(
            "upn_letter", warning, "Check it against your own system, or say that it is right.", signs
        )
    if _is_nothing(text, signs):
        return NOTHING
    likely = signs[:1] + signs[1:12].translate(AS_DIGITS) + signs[12:]
    if UPN.fullmatch(likely) and not upn_warning(likely):
        return wrong(
            "mended", f"Read as {likely}: a letter stood where a digit belongs.", f"Write {likely}.", likely
        )
    return wrong("upn_form", _upn_why(text, signs), _upn_fix(signs))


def _upn_why(text: str, signs: str) -> str:
    if ROUNDED.fullmatch(text):
        return "The spreadsheet has rounded this number; its last digits are gone."
    if len(signs) != 13:
        return f"A UPN has 13 characters, this has {len(signs)}. It is left out."
    return "A UPN has a letter, eleven digits and a last digit or letter. This is left out."


def _upn_fix(signs: str) -> str:
    if re.fullmatch(r"\d{11}[0-9A-HJ-NP-RT-Z]", signs):
        whole = upn_check_letter(f"A{signs}") + signs
        return f"If only its first letter is missing, it is {whole}."
    return "Copy it from your own system, or empty the cell."


def read_uln(text: str, column: Column, context: Context) -> Read:
    """A unique learner number."""
    if ULN.fullmatch(text) and not uln_warning(text):
        return plain(text)
    if ROUNDED.fullmatch(text):
        return wrong("number_rounded", *_rounded("ULN"))
    digits = _digits(text)
    if digits == TEMPORARY_ULN:
        return wrong("uln_stand_in", "This is the stand-in for learners without a number.", "Nothing to do.")
    if ULN.fullmatch(digits):
        warning = uln_warning(digits)
        if not warning:
            return plain(digits)
        return wrong(
            "uln_digit", warning, "Check it against your own system, or say that it is right.", digits
        )
    if _is_nothing(text, digits):
        return NOTHING
    why = f"A ULN has ten digits, the first is never 0; this has {len(digits)}. It is left out."
    return wrong("uln_form", why, "Copy it from your own system, or empty the cell.")


def read_person_number(text: str, column: Column, context: Context) -> Read:
    """The council's own number of 13 digits; a spreadsheet takes the noughts in front away."""
    if len(text) == PERSON_NUMBER and text.isdecimal() and text.isascii():
        return plain(text)
    if ROUNDED.fullmatch(text):
        return wrong("number_rounded", *_rounded("council's number"))
    digits = _digits(text)
    if len(digits) == PERSON_NUMBER:
        return plain(digits)
    if _is_nothing(text, digits):
        return NOTHING
    if SHORTEST_PERSON_NUMBER < len(digits) < PERSON_NUMBER:
        whole = digits.zfill(PERSON_NUMBER)
        return wrong("zeros", f"Read as {whole}: the noughts in front were lost.", "Nothing to do.", whole)
    fix = "Leave the cell empty; they are found by name and date of birth."
    return wrong("number_form", "Our numbers have 13 digits. This is left out.", fix)


def _rounded(words: str) -> tuple[str, str]:
    return (
        f"The spreadsheet has rounded this {words}: its last digits are gone.",
        "Format the column as text, type the number again, or empty the cell.",
    )


def _digits(text: str) -> str:
    text = WHOLE.sub(r"\1", text)
    return NOT_A_SIGN.sub("", text.upper())


def _is_nothing(text: str, signs: str) -> bool:
    return not signs or not signs.strip("0") or text.lower() in NO_WORDS or text.lower() == "temp"


# --- postcodes ------------------------------------------------------------------------------------------------


def read_postcode(text: str, column: Column, context: Context) -> Read:
    """A postcode as it is written; O and nought, I and one put in their places (DfE error 43)."""
    if _is_postcode(text, context):
        return plain(text)
    postcode = normal_postcode(NOT_A_SIGN.sub("", text.upper()))
    if _is_postcode(postcode, context):
        return plain(postcode)
    if _is_nothing(text, postcode):
        return NOTHING
    if likely := next((each for each in _one_sign_apart(postcode) if _is_postcode(each, context)), ""):
        return wrong(
            "mended", f"Read as {likely}: a letter and a digit look alike.", f"Write {likely}.", likely
        )
    return wrong(
        "postcode_form", "This is not written as a postcode. It is left out.", "Write it as CT1 2AB."
    )


def postcode_at_end(address: str, context: Context) -> tuple[str, str]:
    """An address without the postcode at its end, and the postcode; two empty texts where it has none."""
    found = POSTCODE_AT_END.match(address)
    if not found:
        return "", ""
    postcode = normal_postcode(found[2])
    return (found[1].rstrip(" ,"), postcode) if _is_postcode(postcode, context) else ("", "")


_SHAPE = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", "9" * 10 + "A" * 26)


def _is_postcode(postcode: str, context: Context) -> bool:
    return postcode.translate(_SHAPE) in context.ruleset.formats.get("postcode", ())


def _one_sign_apart(postcode: str) -> Iterator[str]:
    """The same with signs that look alike changed, fewest changes first."""
    signs = postcode.replace(" ", "")
    if not 5 <= len(signs) <= 7:
        return
    choices = [(sign, OTHERS[sign]) if sign in OTHERS else (sign,) for sign in signs]
    spelled = ("".join(each) for each in product(*choices))
    yield from map(normal_postcode, sorted(spelled, key=lambda each: sum(map(str.__ne__, each, signs))))


# --- telephone and e-mail -------------------------------------------------------------------------------------


def read_phone(text: str, column: Column, context: Context) -> Read:
    """A telephone number in groups, with the nought in front that a spreadsheet takes away."""
    digits = text.replace(" ", "")
    if UK_PHONE.fullmatch(digits) and digits[2:].strip(digits[2]):
        return plain(_in_groups(digits))
    if text.lower() in NO_WORDS:
        return NOTHING
    if ROUNDED.fullmatch(text):
        return wrong("number_rounded", *_rounded("number"))
    parts = [part for part in PHONE_BREAKS.split(WHOLE.sub(r"\1", text)) if any(map(str.isdigit, part))]
    if not parts:
        return wrong("phone_form", *_no_phone())
    number, had_lost = one_phone(parts[0])
    if not number:
        return NOTHING if not text.strip("0 ") else wrong("phone_form", *_no_phone())
    troubles = []
    if had_lost:
        troubles.append(
            Trouble("zeros", f"Read as {number}: the nought in front was lost.", "Nothing to do.")
        )
    if len(parts) > 1:
        troubles.append(
            Trouble("phone_two", "Only the first number is kept.", "Put the other in another column.")
        )
    return number, tuple(troubles)


def _no_phone() -> tuple[str, str]:
    return "This is not a telephone number. It is left out.", "Write it as 07700 900123, or empty the cell."


def one_phone(text: str) -> tuple[str, bool]:
    """The number in groups (empty where it is none) and whether it had lost its nought."""
    signs = PHONE_SIGNS.sub("", PHONE_WORDS.sub("", text.replace("(0)", "")))
    had_lost = False
    if signs.startswith(("+44", "0044")):
        signs = "0" + signs[signs.index("44") + 2 :].lstrip("0")
    elif signs.startswith("00"):
        signs = "+" + signs[2:]
    elif signs.startswith("44") and len(signs) == 12:
        signs = "0" + signs[2:]
    elif signs[:1] in {"1", "2", "3", "7", "8"} and len(signs) in {9, 10}:
        signs, had_lost = "0" + signs, True
    if ABROAD.fullmatch(signs):
        return signs, False
    if not UK_PHONE.fullmatch(signs) or len(set(signs[1:])) == 1:
        return "", False
    return _in_groups(signs), had_lost


def _in_groups(digits: str) -> str:
    if digits[1] == "7":
        return f"{digits[:5]} {digits[5:]}"
    if digits.startswith("02"):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if digits.startswith(("011", "03", "08")) or (digits[1], digits[3]) == ("1", "1"):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:5]} {digits[5:]}"


def read_email(text: str, column: Column, context: Context) -> Read:
    """An e-mail address."""
    if EMAIL.fullmatch(text) and len(text) <= column.length:
        return plain(_small_domain(text))
    if text.lower() in NO_WORDS:
        return NOTHING
    given = [part.removeprefix("mailto:").strip("<>()\"'") for part in EMAIL_BREAKS.split(text)]
    right = [part for part in given if EMAIL.fullmatch(part) and len(part) <= column.length]
    if not right:
        why = "This is not an e-mail address. It is left out."
        return wrong("email_form", why, "Write it as name@example.org, or empty the cell.")
    if len(right) > 1:
        return wrong(
            "email_two", "Only the first address is kept.", "Nothing to do.", _small_domain(right[0])
        )
    return plain(_small_domain(right[0]))


def _small_domain(address: str) -> str:
    name, _, domain = address.rpartition("@")
    return f"{name}@{domain.lower()}"
