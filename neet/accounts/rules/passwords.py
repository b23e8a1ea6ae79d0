"""Which passwords are too easy to guess although they are long."""

import re

MIN_LENGTH = 12
OBVIOUS = {"password", "passwort", "letmein", "welcome", "qwerty", "iloveyou", "administrator", "changeme", "school",
           "college", "council", "participation", "academy", "connexions"}  # fmt: skip
LOOKALIKES = str.maketrans("013457@$!", "oleastasi")


def is_obvious(password: str, common: frozenset[str] | set[str], own: frozenset[str] = frozenset()) -> bool:
    """A common word or one of the house's own with digits or signs around it, the same piece over and over, or a run
    along the keyboard."""
    plain = password.lower()
    core = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
    spelt = re.sub(r"[^a-z]", "", plain.translate(LOOKALIKES))
    return (
        any(each in OBVIOUS or each in own or (len(each) >= 4 and each in common) for each in (core, spelt))
        or _repeats(plain)
        or _is_a_run(plain)
    )


def _repeats(text: str) -> bool:
    return bool(re.fullmatch(r"(.{1,6}?)\1{2,}.{0,3}", text)) or len(set(text)) <= 4


def _is_a_run(text: str) -> bool:
    rows = "abcdefghijklmnopqrstuvwxyz0123456789 1234567890qwertyuiopasdfghjklzxcvbnm"
    pieces = [text[at : at + 4] for at in range(len(text) - 3)]
    along = sum(piece in rows or piece[::-1] in rows for piece in pieces)
    return along > len(pieces) * 0.6
