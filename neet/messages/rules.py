"""Which telephone numbers take a text, and how many texts a long one is charged as."""

import re

# What one part of a text may be made of (GSM 03.38); those of the second row take two places.
PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("^{}\\[~]|€")
ONE_PLAIN, EACH_PLAIN = 160, 153
ONE_OTHER, EACH_OTHER = 70, 67
# United Kingdom mobiles: 07, without personal numbers (070) and pagers (076, the Isle of Man's 07624 apart).
BRITISH = re.compile(r"\+447(?!0|6(?!24))\d{9}")
ABROAD = re.compile(r"\+(?!44)[1-9]\d{7,14}")
BETWEEN = re.compile(r"[\s().\-\u2010-\u2015/]+")


def mobile(written: str) -> str:
    """A number as the networks write it (+447700900123); empty where no text can go to it."""
    digits = BETWEEN.sub("", written.replace("(0)", ""))
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif digits.startswith("0"):
        digits = "+44" + digits[1:]
    elif digits.startswith("447"):
        digits = "+" + digits
    return digits if BRITISH.fullmatch(digits) or ABROAD.fullmatch(digits) else ""


def parts(text: str) -> int:
    """How many texts the networks make of it: one up to 160 plain letters, or 70 where a letter is not plain."""
    if set(text) <= PLAIN | DOUBLE:
        places = sum(2 if letter in DOUBLE else 1 for letter in text)
        return 1 if places <= ONE_PLAIN else -(-places // EACH_PLAIN)
    places = len(text.encode("utf-16-le")) // 2
    return 1 if places <= ONE_OTHER else -(-places // EACH_OTHER)
