"""Invented numbers have the form and the check digits of real ones."""

import random
import re

import pytest

from tracking.seeding import identifiers


def test_upn_has_the_published_check_letter() -> None:
    assert identifiers.upn("8012000", 2005, 1) == "B801200005001"


@pytest.mark.parametrize("serial", [100_000_000, 123_456_789, 299_999_999])
def test_uln_check_digit_completes_the_sum(serial: int) -> None:
    uln = identifiers.uln(serial)
    remainder = sum(int(digit) * weight for digit, weight in zip(uln, range(10, 1, -1), strict=False)) % 11

    assert re.fullmatch(r"[1-9]\d{9}", uln)
    assert int(uln[9]) == 10 - remainder


def test_postcodes_lie_where_the_post_never_goes() -> None:
    assert re.fullmatch(r"ZZ42 \d[A-Z]{2}", identifiers.postcode(random.Random(1), 42))


def test_numbers_are_of_the_ranges_kept_for_drama() -> None:
    dice = random.Random(1)

    assert identifiers.mobile(dice).startswith("07700 900")
    assert identifiers.telephone(dice).startswith("01632 960")
