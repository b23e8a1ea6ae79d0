"""Cells that choose from a list: yes or no, gender, year group, what somebody is doing, or a list of the column's."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from neet.files.rules.headings import folded
from returns.intake.layouts.columns import Column
from returns.intake.rules.activities import activity_words
from returns.intake.rules.context import NOTHING, Context, Read, plain, wrong
from returns.intake.rules.texts import NO_WORDS
from tracking.rules.codes import Status

YES, NO = "Y", "N"
YES_WORDS = frozenset({"y", "yes", "true", "t", "1", "✓", "✔", "x", "agreed", "given", "ye"})
NO_WORDS_SAID = frozenset({"n", "no", "false", "f", "0", "refused", "not agreed", "withheld", "none"})
NOT_ASKED = (
    frozenset({"uns", "unsought", "snr", "sought, no reply", "sought no reply", "not asked", "u"}) | NO_WORDS
)
FEMALE, MALE = ("f", "female", "girl", "woman", "fem", "2"), ("m", "male", "boy", "man", "1")
UNKNOWN = ("u", "unknown", "not known", "0", "9", "unsure", "indeterminate")
WITHHELD = ("w", "withheld", "prefer not to say", "prefers not to say", "not stated", "not disclosed", "n")
GENDERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(FEMALE, "F"),
        **dict.fromkeys(MALE, "M"),
        **dict.fromkeys(UNKNOWN, "U"),
        **dict.fromkeys(WITHHELD, "W"),
    }
)
YEAR = re.compile(
    r"(?:national curriculum |nc |school )?(?:year|yr|y)?\s*-?\s*0?(\d{1,2})(?:\.0)?\s*[a-z+]?", re.I
)
SIXTH = re.compile(r"(lower|l|upper|u|third|3rd)\W*(?:6(?:th)?|sixth|vi)(?:\W*form)?", re.I)
SIXTH_YEARS = {"l": "12", "u": "13", "t": "14", "3": "14"}
HIGHEST_YEAR = 20  # of somebody aged 24, the oldest with a plan
CHOICE_WORDS = Path(__file__).resolve().parent.parent / "layouts" / "choice_words.csv"
PARTED = re.compile(r"\s*[;|]\s*")
CODE = re.compile(r"(\d{3})(?:\.0)?(?:\D.*)?", re.DOTALL)


def read_yes_no(text: str, column: Column, context: Context) -> Read:
    """Y, N or nothing. What somebody said about sharing is never guessed."""
    said = text.lower().rstrip(".")
    if said in YES_WORDS:
        return plain(YES)
    if said in NO_WORDS_SAID:
        return plain(NO)
    if said in NOT_ASKED:
        return NOTHING
    kind = "objection_unclear" if column.name in {"objection", "assent"} else "yes_no"
    return wrong(kind, "This is neither Yes nor No.", "Write Yes or No.")


def read_gender(text: str, column: Column, context: Context) -> Read:
    """A code of the DfE's list on the day."""
    code = GENDERS.get(text.lower(), "")
    if code in context.ruleset.genders:
        return plain(code)
    if text.lower() in NO_WORDS:
        return NOTHING
    words = " or ".join(f"“{each.plain_words}”" for each in context.ruleset.genders.values())
    return wrong("gender", f"The DfE's list has {words}.", "Choose one of them, or leave it empty.")


def read_year_group(text: str, column: Column, context: Context) -> Read:
    """A school year as its number: Year 12, Y12, 12A and Lower Sixth are 12."""
    if found := YEAR.fullmatch(text):
        if int(found[1]) <= HIGHEST_YEAR:
            return plain(str(int(found[1])))
    elif found := SIXTH.fullmatch(text):
        return plain(SIXTH_YEARS[found[1][0].lower()])
    elif text.lower() in NO_WORDS:
        return NOTHING
    return wrong("year_group", "This is not a year group.", "Write 12, 13 or 14.")


# --- what they are doing ----------------------------------------------------------------------------------------


def read_activity(text: str, column: Column, context: Context) -> Read:
    """The DfE's activity code for a code or words; full time here where nothing special is said."""
    if text.lower() in NO_WORDS:
        return plain(context.full_time_here)
    code = _activity_code(text, context)
    if not code:
        here = activity_words(context.full_time_here, context.ruleset)
        why = f"This is not on the list. It was taken as “{here}”."
        return wrong("activity", why, "Choose from the list of the template.", context.full_time_here)
    activity = context.ruleset.activities[code]
    if activity.status is not Status.EET:
        why = f"“{activity.plain_words}” is nothing an enrolled learner does."
        return wrong("activity_not_here", why, "Take the row off, or say what they are doing with you.")
    return plain(code)


def _activity_code(text: str, context: Context) -> str:
    """The code of words, or of a code with words behind it; empty for what nobody knows."""
    found = CODE.fullmatch(text)
    if found and found[1] in context.ruleset.activities:
        return found[1]
    code = context.codes_by_words.get(folded(text))
    return code or ("" if code is None else context.full_time_here)


# --- lists of a column's own --------------------------------------------------------------------------------------


def read_choice(text: str, column: Column, context: Context) -> Read:
    """What the list calls it; several, where a column may hold them, parted by semicolons and each once. A word that
    says nothing elsewhere ("unknown") may be one of the list."""
    values = column.list_on(context.ruleset)
    known = {said: value for said, value in choice_words().get(column.name, {}).items() if value in values}
    known |= {folded(words): value for value, words in values.items()}
    if text.lower() in NO_WORDS and folded(text) not in known:
        return NOTHING
    parts = [part for part in PARTED.split(text) if part] if column.several else [text]
    found = dict.fromkeys(known.get(folded(part)) or (part if part in values else "") for part in parts)
    value = ";".join(each for each in found if each)
    if "" in found:
        strange = next(part for part in parts if folded(part) not in known and part not in values)
        kind = "choice_needed" if column.required else "choice"
        return wrong(
            kind, f"“{strange[:60]}” is not on the list.", "Choose from the list of the template.", value
        )
    return plain(value)


@cache
def choice_words() -> Mapping[str, Mapping[str, str]]:
    """What schools and colleges write for what a list calls otherwise: by column, folded words and what they mean."""
    found: dict[str, dict[str, str]] = {}
    with CHOICE_WORDS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found.setdefault(row["column"], {})[folded(row["words"])] = row["value"]
    return found
