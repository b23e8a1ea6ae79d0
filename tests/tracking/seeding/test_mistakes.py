"""Every slip can happen to everybody, also to somebody of whom little is known."""

import uuid
from random import Random
from types import SimpleNamespace

import pytest

from tracking.seeding.mistakes import SLIPS, Record


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip.__name__)
def test_a_slip_happens_to_somebody_of_whom_little_is_known(slip):
    bare = SimpleNamespace(
        ref=uuid.uuid4(), number="9990000000001", given="", family="", middle="", gender="", ethnicity="",
        line_1="", postcode="", upn="", uln="", level_of_need="", intended="", la_at_year_11="",
    )  # fmt: skip

    slip(Random(1), Record(bare, [], 740_000))  # raises nothing


def test_a_wrong_check_letter_is_put_only_on_a_pupil_number():
    (slip,) = [each for each in SLIPS if each.__name__ == "wrong_check_letter"]
    known, unknown = SimpleNamespace(upn="A123456789012"), SimpleNamespace(upn="")

    slip(Random(1), Record(known, [], 740_000))
    slip(Random(1), Record(unknown, [], 740_000))

    assert (known.upn[0] != "A", known.upn[1:]) == (True, "123456789012")
    assert unknown.upn == ""
