"""Invented numbers that have the right form and the right check digits, and belong to nobody."""

from random import Random

from tracking.seeding.chance import between, one_of

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
POSTCODE_LETTERS = tuple("ABDEFGHJLNPQRSTUWXYZ")


def upn(establishment_number: str, year: int, serial: int) -> str:
    """A unique pupil number: check letter, authority and school, year of admission, serial number."""
    digits = f"{establishment_number}{year % 100:02d}{serial % 1000:03d}"
    total = sum(int(digit) * weight for weight, digit in enumerate(digits, start=2))
    return UPN_LETTERS[total % 23] + digits


def uln(serial: int) -> str:
    """A unique learner number; those whose remainder would be nought do not exist, so the next one is taken."""
    while True:
        digits = f"{serial:09d}"
        remainder = sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
        if remainder:
            return f"{digits}{10 - remainder}"
        serial += 300_000_000


def postcode(rng: Random, area: int) -> str:
    """A postcode in an area of the alphabet the post never gave out."""
    return f"ZZ{area} {between(rng, 1, 9)}{one_of(rng, POSTCODE_LETTERS)}{one_of(rng, POSTCODE_LETTERS)}"


def mobile(rng: Random) -> str:
    """A mobile number of the range kept for drama."""
    return f"07700 900{between(rng, 0, 999):03d}"


def telephone(rng: Random) -> str:
    """A telephone number of the range kept for drama."""
    return f"01632 960{between(rng, 0, 999):03d}"
