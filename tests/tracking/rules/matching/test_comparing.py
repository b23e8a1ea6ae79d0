"""What is said of two entries, field by field, as an officer would say it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracking.rules.matching.comparing import comparison
from tracking.rules.matching.levels import FIELDS, PLACE
from tracking.rules.matching.people import HEADINGS, Vocabulary, day_number, people

ELLA = {
    "id": "1", "surname": "Ashcroft-Wood", "forename": "Ella", "middle_name": "Rose", "date_of_birth": "2009-03-12",
    "gender": "F", "postcode": "ZZ10 1AB", "address": "12 Mill Lane, Northbury", "upn": "B801200005001",
    "uln": "1000000043", "establishment": "8014001", "year_group": "12",
}  # fmt: skip


def said(one: dict[str, str], other: dict[str, str], field: str, *, also: tuple[str, ...] = ()) -> str:
    """The level between two entries; `also` are first names everybody bears."""
    words = Vocabulary()
    crowd = [{"id": str(number), "forename": name} for name in also for number in range(5)]
    register, incoming = people([one, *crowd], words), people([other], words)
    levels = comparison(register, incoming, words).levels(np.array([0]), np.array([0]))
    return FIELDS[PLACE[field]].levels[int(levels[0, PLACE[field]])].name


@pytest.mark.parametrize(
    ("field", "heading", "written", "level"),
    [
        ("forename", "forename", "ELLA ", "same"),
        ("forename", "forename", "Élla", "same"),
        ("forename", "forename", "Eleanor", "form"),
        ("forename", "forename", "Ella-Mae", "part"),
        ("forename", "forename", "Elwa", "slip"),
        ("forename", "forename", "E", "initial"),
        ("forename", "forename", "Rose", "middle"),
        ("forename", "forename", "Harriet", "differ"),
        ("forename", "forename", "", "missing"),
        ("surname", "surname", "Ashcroft Wood", "same"),
        ("surname", "surname", "Ashcroftwood", "same"),
        ("surname", "surname", "Wood", "part"),
        ("surname", "surname", "Ashcroft-Woods", "slip"),
        ("surname", "surname", "Ashcrofft-Wod", "slip"),
        ("surname", "surname", "Bennett", "differ"),
        ("born", "date_of_birth", "2009-03-12", "same"),
        ("born", "date_of_birth", "12/03/2009", "same"),
        ("born", "date_of_birth", "2009-12-03", "turned"),
        ("born", "date_of_birth", "2009-03-13", "slip"),
        ("born", "date_of_birth", "2009-03-21", "slip"),
        ("born", "date_of_birth", "2009-03-30", "two_parts"),
        ("born", "date_of_birth", "2007-11-30", "differ"),
        ("born", "date_of_birth", "last spring", "missing"),
        ("home", "postcode", "zz101ab", "home_11"),
        ("home", "postcode", "ZZ10 1AC", "home_21"),
        ("home", "postcode", "ZZ42 9XX", "home_31"),
        ("home", "postcode", "", "home_01"),
        ("home", "address", "12 Mill Ln, Northbury", "home_11"),
        ("home", "address", "14 Mill Lane, Northbury", "home_12"),
        ("home", "address", "3 The Crescent, Elsewhere", "home_13"),
        ("upn", "upn", "B801200005001", "same"),
        ("upn", "upn", "B801200005002", "slip"),
        ("upn", "upn", "Z801400109007", "contradict"),
        ("upn", "upn", "", "missing"),
        ("middle", "middle_name", "R", "like"),
        ("middle", "middle_name", "May", "differ"),
        ("gender", "gender", "Female", "same"),
        ("gender", "gender", "M", "differ"),
        ("gender", "gender", "W", "missing"),
        ("establishment", "establishment", "8014002", "differ"),
        ("year_group", "year_group", "13", "missing"),
    ],
)
def test_levels_read_as_an_officer_would_say(field: str, heading: str, written: str, level: str) -> None:
    assert said(ELLA, ELLA | {heading: written}, field) == level


def test_two_known_names_one_letter_apart_are_two_names() -> None:
    tia, mia = ELLA | {"forename": "Tia"}, ELLA | {"forename": "Mia"}

    assert said(tia, mia, "forename", also=("Tia", "Mia")) == "differ"
    assert said(tia, mia, "forename", also=("Tia",)) == "slip"


def test_first_and_last_name_that_changed_places_are_seen() -> None:
    turned = ELLA | {"forename": "Ashcroft Wood", "surname": "Ella"}

    assert said(ELLA, turned, "forename") == "swapped"
    assert said(ELLA, turned, "surname") == "swapped"


def test_year_group_counts_where_a_birthday_is_missing() -> None:
    assert said(ELLA, ELLA | {"date_of_birth": "", "year_group": "13"}, "year_group") == "next"


@pytest.mark.parametrize(
    ("written", "number"),
    [("2009-02-29", 20090229), ("20090831", 20090831), ("31/08/2009", 20090831), ("soon", 0), ("", 0)],
)
def test_day_number_reads_days_even_impossible_ones(written: str, number: int) -> None:
    assert day_number(written) == number


TEXT = st.text(alphabet="abcdeéłO'- 0123456789", max_size=12)
DAY = st.dates().map(str) | st.just("")
ROW = st.fixed_dictionaries({name: DAY if name == "date_of_birth" else TEXT for name in HEADINGS})


@settings(max_examples=60, deadline=None)
@given(ROW, ROW)
def test_which_of_the_two_is_on_the_register_makes_no_difference(
    one: dict[str, str], other: dict[str, str]
) -> None:
    words = Vocabulary()
    left, right = people([one], words), people([other], words)
    first = np.array([0])

    there = comparison(left, right, words).levels(first, first)
    back = comparison(right, left, words).levels(first, first)

    assert there.tolist() == back.tolist()
