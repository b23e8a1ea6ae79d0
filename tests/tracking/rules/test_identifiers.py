from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.rules.identifiers import (
    UPN_LETTERS,
    laestab_warning,
    normal_postcode,
    postcode_warning,
    ukprn_warning,
    uln_warning,
    upn_check_letter,
    upn_warning,
    urn_warning,
)
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 10, 31))
digits = st.text("0123456789", min_size=11, max_size=11)


@pytest.mark.parametrize("upn", ["", "B801200005001"])
def test_upn_that_adds_up_has_no_warning(upn):
    assert upn_warning(upn) == ""


@pytest.mark.parametrize(
    ("upn", "words"),
    [
        ("A801200005001", "first letter"),
        ("B80120000500", "eleven digits"),
        ("b801200005001", "eleven digits"),
        ("B801200005O01", "eleven digits"),
        ("B80120000500I", "never ends"),
    ],
)
def test_upn_warning_says_what_looks_wrong(upn, words):
    assert words in upn_warning(upn)


@given(digits, st.sampled_from("0123456789" + UPN_LETTERS))
def test_upn_has_exactly_one_letter_that_fits(middle, last):
    fitting = [letter for letter in UPN_LETTERS if not upn_warning(letter + middle + last)]

    assert fitting == [upn_check_letter("?" + middle + last)]


@given(digits, st.sampled_from("0123456789"), st.integers(0, 10), st.sampled_from("0123456789"))
def test_upn_notices_one_mistyped_digit(middle, last, at, typed):
    upn = upn_check_letter("?" + middle + last) + middle + last
    mistyped = upn[: at + 1] + typed + upn[at + 2 :]

    assert bool(upn_warning(mistyped)) == (mistyped != upn)


@pytest.mark.parametrize("uln", ["", "1000000027", "1000000035"])
def test_uln_that_adds_up_has_no_warning(uln):
    assert uln_warning(uln) == ""


@pytest.mark.parametrize(
    ("uln", "words"),
    [
        ("1000000028", "last digit"),
        ("0000000027", "ten digits"),
        ("100000002", "ten digits"),
        ("9999999999", "stand-in"),
    ],
)
def test_uln_warning_says_what_looks_wrong(uln, words):
    assert words in uln_warning(uln)


@given(st.integers(100_000_000, 999_999_999))
def test_uln_has_at_most_one_last_digit_that_fits(start):
    fitting = [last for last in range(10) if not uln_warning(f"{start}{last}")]

    remainder = (
        sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), str(start), strict=True)) % 11
    )
    assert fitting == ([10 - remainder] if remainder else [])


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("me14 1xx", "ME14 1XX"), (" ME141XX ", "ME14 1XX"), ("M 1 1AE", "M1 1AE"), ("1AE", "1AE"), ("", "")],
)
def test_postcode_is_written_in_one_way(text, postcode):
    assert normal_postcode(text) == postcode


@given(st.text(max_size=10))
def test_postcode_written_twice_stays_the_same(text):
    assert normal_postcode(normal_postcode(text)) == normal_postcode(text)


@pytest.mark.parametrize(
    "text", ["", "M1 1AE", "me141xx", "W1A 0AX", "EC1A 1BB", "B33 8TH", "CR2 6XH", "ZZ99 9ZZ"]
)
def test_postcode_of_a_known_format_has_no_warning(text):
    assert postcode_warning(text, RULES) == ""


@pytest.mark.parametrize("text", ["M1", "ME144 1XX", "ME14 XX1", "TBC"])
def test_postcode_of_no_format_is_warned_of(text):
    assert "postcode" in postcode_warning(text, RULES)


@pytest.mark.parametrize(("number", "words"), [("886400", "seven digits"), ("0014001", "no council's")])
def test_laestab_warning_says_what_looks_wrong(number, words):
    assert words in laestab_warning(number, RULES)


@pytest.mark.parametrize("number", ["", "8864001", "8869999"])
def test_laestab_of_a_council_has_no_warning(number):
    assert laestab_warning(number, RULES) == ""


@pytest.mark.parametrize(
    ("number", "is_warned"), [("", False), ("10001234", False), ("20001234", True), ("1", True)]
)
def test_ukprn_has_eight_digits_and_begins_with_1(number, is_warned):
    assert bool(ukprn_warning(number)) is is_warned


@pytest.mark.parametrize(("number", "is_warned"), [("", False), ("118001", False), ("11800A", True)])
def test_urn_has_five_or_six_digits(number, is_warned):
    assert bool(urn_warning(number)) is is_warned
