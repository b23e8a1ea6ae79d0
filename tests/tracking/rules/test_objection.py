"""Whose word counts on a day."""

from datetime import date

import pytest

from tracking.rules.objection import ObjectionFacts, awaits_answer, decides_from, is_in_force

BORN = date(2009, 3, 10)
SIXTEEN = date(2025, 3, 10)


def parent(made_on, withdrawn_on=None):
    return ObjectionFacts(True, made_on, withdrawn_on)


def own(made_on, withdrawn_on=None):
    return ObjectionFacts(False, made_on, withdrawn_on)


BEFORE = parent(date(2024, 5, 1))
CASES = [
    ("nobody objected", [], date(2025, 1, 1), False, False),
    ("a parent before 16, before it was made", [BEFORE], date(2024, 4, 30), False, False),
    ("a parent before 16, on the day it was made", [BEFORE], date(2024, 5, 1), True, False),
    ("a parent before 16, the day before the birthday", [BEFORE], date(2025, 3, 9), True, False),
    ("a parent before 16, on the birthday", [BEFORE], SIXTEEN, True, True),
    ("a parent before 16, long after", [BEFORE], date(2027, 1, 1), True, True),
    ("withdrawn by the parent", [parent(date(2024, 5, 1), date(2024, 9, 1))], date(2024, 9, 1), False, False),
    (
        "the day before it was withdrawn",
        [parent(date(2024, 5, 1), date(2024, 9, 1))],
        date(2024, 8, 31),
        True,
        False,
    ),
    (
        "withdrawn when the young person said so",
        [parent(date(2024, 5, 1), date(2025, 6, 1))],
        date(2025, 6, 1),
        False,
        False,
    ),
    ("a parent's on the birthday itself", [parent(SIXTEEN)], SIXTEEN, False, False),
    ("a parent's from 16 on", [parent(date(2025, 4, 1))], date(2025, 5, 1), False, False),
    ("one's own from 16 on", [own(date(2025, 4, 1))], date(2025, 4, 1), True, False),
    ("one's own before 16, not yet", [own(date(2024, 5, 1))], date(2025, 3, 9), False, False),
    ("one's own before 16, from the birthday", [own(date(2024, 5, 1))], SIXTEEN, True, False),
    ("answered by one's own", [BEFORE, own(date(2025, 4, 1))], date(2025, 5, 1), True, False),
    (
        "answered, then taken back",
        [BEFORE, own(date(2025, 4, 1), date(2025, 6, 1))],
        date(2025, 7, 1),
        False,
        False,
    ),
    ("answered later than the day", [BEFORE, own(date(2025, 4, 1))], date(2025, 3, 31), True, True),
]


@pytest.mark.parametrize(
    ("about", "objections", "on", "masked", "asked"), CASES, ids=[case[0] for case in CASES]
)
def test_an_objection_is_in_force_as_the_law_says(about, objections, on, masked, asked):
    assert is_in_force(objections, BORN, on) is masked
    assert awaits_answer(objections, BORN, on) is asked


def test_born_on_29_february_decides_on_29_february():
    assert decides_from(date(2008, 2, 29)) == date(2024, 2, 29)


@pytest.mark.parametrize(("on", "counts"), [(date(2024, 2, 28), True), (date(2024, 2, 29), False)])
def test_a_parents_word_for_somebody_born_on_29_february_counts_to_the_day_before(on, counts):
    assert is_in_force([parent(on)], date(2008, 2, 29), on) is counts


def test_without_a_date_of_birth_every_open_objection_counts():
    assert is_in_force([own(date(2024, 1, 1))], None, date(2024, 1, 1))
    assert not is_in_force([own(date(2024, 1, 1), date(2024, 2, 1))], None, date(2024, 2, 1))
