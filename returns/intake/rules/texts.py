"""Names and other words: what is taken off without a question, and what is asked about."""

import re
import unicodedata

from neet.files.rules.cells import tidied
from returns.intake.layouts.columns import Column
from returns.intake.rules.context import NOTHING, Context, Read, plain, wrong
from returns.intake.rules.found import Trouble

SPREADSHEET_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#GETTING_DATA"}
)
MEANS_NOTHING = frozenset(
    {"-", "--", "---", ".", "..", "?", "??", "n/a", "n.a.", "not known", "not applicable", "not given",
     "not available", "unknown", "tbc", "tba", "(blank)", "blank", "nil", "xxx"}
)  # fmt: skip
NO_NAMES = MEANS_NOTHING - {"nil"}  # Nil is somebody's name; None, Null and Na are surnames
NO_WORDS = MEANS_NOTHING | {"none", "null", "na", "nan"}
UNIFORM = str.maketrans(
    {
        "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'",
        "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-",
        "\u202f": " ", "\u2009": " ", "\u3000": " ", "\t": " ", "\n": " ", "\r": " ",
    }
)  # fmt: skip
UNSEEN = frozenset({"Cf", "Cc", "Co", "Cn"})
COMPUTES = ("=", "@", "\uff1d", "\uff20", "+cmd", "-cmd")
SMALL_WORDS = frozenset(
    {"de", "da", "di", "la", "le", "van", "von", "der", "den", "del", "bin", "ibn", "al", "el"}
)
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
MC = re.compile(r"^(Mc)([a-z])")


def tidy(text: str) -> str:
    """A value as somebody meant it: one kind of space, apostrophe and hyphen, composed letters, nothing unseen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    seen = unicodedata.normalize("NFC", tidied(text).translate(UNIFORM))
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign) not in UNSEEN).split())


def read_text(text: str, column: Column, context: Context) -> Read:
    """Words that are kept as they are."""
    if text.lower() in NO_WORDS:
        return NOTHING
    if len(text) > column.length:
        return wrong("too_long", *_too_long(text, column))
    if text.startswith(COMPUTES):
        return wrong(
            "formula", "This begins like a formula. It is kept as words.", "Type what it should say.", text
        )
    return plain(text)


def read_name(text: str, column: Column, context: Context) -> Read:
    """A name: letters, spaces, hyphens and apostrophes (DfE errors 44 to 46)."""
    if text.lower() in NO_NAMES:
        return NOTHING
    if len(text) > column.length:
        return wrong("too_long", *_too_long(text, column))
    refused = refused_signs(text, context)
    if refused:
        why = f"The DfE refuses {_listed(refused)} in a name."
        return wrong("name_signs", why, _without(text, refused))
    if not text.isascii() and (strange := _not_latin(text)):
        why = f"“{strange}” is not a letter of the Latin alphabet."
        fix = "Write the name as on the passport or the school's roll in Latin letters."
        return wrong("name_letters", why, fix, text)
    return text, _case(text)


def read_whole_name(text: str, column: Column, context: Context) -> Read:
    """Last name, comma, first name."""
    value, troubles = read_name(text, column, context)
    last, comma, first = (part.strip() for part in value.partition(","))
    if value and not (comma and last and first):
        fix = "Write it as Last name, First name."
        return wrong("names_together", "It cannot be told which part is the last name.", fix)
    return f"{last}, {first}" if value else "", troubles


def refused_signs(name: str, context: Context) -> str:
    """The signs of a name that the DfE refuses, each once, in their order."""
    illegal = "".join(context.ruleset.formats.get("illegal_in_names", ()))
    if name.isalpha():
        return ""
    return "".join(dict.fromkeys(sign for sign in name if sign in illegal))


def usual_case(name: str) -> str:
    """A name of capitals or small letters only as it is usually written: O'DOWD-LARK is O'Dowd-Lark."""
    words = [
        word if at and word in SMALL_WORDS else WORD.sub(lambda part: part[0].capitalize(), word)
        for at, word in enumerate(name.lower().split(" "))
    ]
    return " ".join(MC.sub(lambda mc: mc[1] + mc[2].upper(), word).replace("'S ", "'s ") for word in words)


def _case(name: str) -> tuple[Trouble, ...]:
    if len(name) < 3 or not (name.isupper() or name.islower()):
        return ()
    return (
        Trouble("name_capitals", "This name is all in one size of letters.", f"Write “{usual_case(name)}”."),
    )


def _too_long(text: str, column: Column) -> tuple[str, str]:
    return (
        f"This has {len(text)} characters; there is room for {column.length}.",
        f"Shorten it to {column.length} characters or fewer.",
    )


def _listed(signs: str) -> str:
    if any(sign.isdigit() for sign in signs):
        others = [sign for sign in signs if not sign.isdigit()]
        return " and ".join(["digits", *others])
    return " and ".join(signs)


def _without(text: str, refused: str) -> str:
    left = " ".join(re.sub(r"\([^)]*\)|\[[^]]*\]", " ", text).split())
    left = " ".join("".join(sign for sign in left if sign not in refused).split())
    return f"Write “{left}”, if that is the name." if left else "Write the name in letters."


def _not_latin(text: str) -> str:
    strange = (
        sign for sign in text if sign.isalpha() and not unicodedata.name(sign, "LATIN").startswith("LATIN")
    )
    return next(strange, "")
