"""Which heading holds which column, on exports as school and college systems write them."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from returns.intake.rules.contents import is_a_row
from returns.intake.rules.guessing import Guess, guess
from tests.returns.intake.rules._reading import DAY, LAYOUT
from tests.returns.intake.rules.test_whole import FIRST, LAST
from tracking.rules.identifiers import upn_check_letter


def values_of(column: str, number: int) -> str:
    """A likely value of a column for a learner."""
    rest = f"88612{number:06d}0"
    born = date(2008, 9, 1) + timedelta(days=13 * number % 720)
    return {
        "young_person_id": f"886{number:010d}",
        "family_name": LAST[number * 7 % 10],
        "given_name": FIRST[number % 10],
        "whole_name": f"{LAST[number * 7 % 10]}, {FIRST[number % 10]}",
        "date_of_birth": f"{born:%d/%m/%Y}",
        "gender": "MF"[number % 2],
        "upn": upn_check_letter("A" + rest) + rest,
        "uln": ("1000000078", "1000000140", "1000000213", "1000000280")[number % 4],
        "line_1": f"{number + 1} High Street",
        "town": ("Norchester", "Ashby")[number % 2],
        "postcode": f"CT{number % 9 + 1} 2AB",
        "telephone": f"01227 {number:06d}",
        "mobile": f"07700 9{number:05d}",
        "email": f"pupil{number}@example.org",
        "parent_name": f"Mrs {LAST[number % 10]}",
        "parent_telephone": f"07700 8{number:05d}",
        "parent_email": f"parent{number}@example.org",
        "year_group": ("12", "13")[number % 2],
        "activity": "Full time",
        "course": ("Mathematics, Physics and Art", "Business Level 3")[number % 2],
        "starts_on": ("04/09/2026", "05/09/2025")[number % 2],
        "predicted_end_on": ("31/07/2028", "31/07/2027")[number % 2],
        "left_on": "",
        "has_plan": "No",
        "objection": "No",
        "assent": "Yes",
        "": str(1000 + number),
    }[column]


def rows_of(headings: Mapping[str, str], count: int = 30) -> list[dict[str, str]]:
    """Rows of a file whose headings hold these columns."""
    return [
        {heading: values_of(column, number) for heading, column in headings.items()}
        for number in range(count)
    ]


def guessed(headings: Mapping[str, str], order: Sequence[str] = ()) -> list[Guess]:
    return guess(LAYOUT, list(order or headings), rows_of(headings), None, DAY)


SIMS = {
    "Adno": "", "Legal Surname": "family_name", "Legal Forename": "given_name", "Preferred Forename": "",
    "DOB": "date_of_birth", "Gender": "gender", "UPN": "upn", "Year": "year_group", "Reg": "", "Date of admission":
    "starts_on", "Post Code": "postcode", "Street": "line_1", "Town": "town", "Student's Home Telephone": "telephone",
    "Ethnicity": "", "Priority 1 Contact Mobile": "parent_telephone",
}  # fmt: skip
ARBOR = {
    "Arbor Student ID": "", "Legal First Name": "given_name", "Legal Last Name": "family_name", "Date of birth":
    "date_of_birth", "Sex": "gender", "UPN": "upn", "ULN": "uln", "Year group": "year_group", "Registration form": "",
    "Address (Line 1)": "line_1", "Address postcode": "postcode", "Mobile phone": "mobile", "Email address": "email",
    "Primary Guardian": "parent_name", "Guardian phone": "parent_telephone", "Leaving date": "left_on",
}  # fmt: skip
BROMCOM = {
    "Student ID": "", "Surname": "family_name", "Forename": "given_name", "BirthDt": "date_of_birth", "M/F": "gender",
    "UPN": "upn", "NC year": "year_group", "Youth Support Services Agreement": "assent", "Parent/Carer Email":
    "parent_email", "PCode": "postcode", "Addr1": "line_1", "Post town": "town",
}  # fmt: skip
PROSOLUTION = {
    "LearnRefNumber": "", "ULN": "uln", "Surname": "family_name", "FirstName": "given_name", "DateOfBirth":
    "date_of_birth", "Sex": "gender", "Address1": "line_1", "PostCode": "postcode", "Tel": "telephone", "MobileTel":
    "mobile", "Course Title": "course", "StartDate": "starts_on", "ExpEndDate": "predicted_end_on", "EHCP": "has_plan",
    "Mode of attendance": "activity",
}  # fmt: skip
EBS = {
    "Person Code": "", "Learner surname": "family_name", "Learner forename": "given_name", "Learner DOB":
    "date_of_birth", "Learner ULN": "uln", "Learning aim title": "course", "Learning start date": "starts_on",
    "Learning planned end date": "predicted_end_on", "Home postcode": "postcode", "Personal email": "email",
}  # fmt: skip
CENSUS = {
    "Estab": "", "UPN": "upn", "Surname": "family_name", "Forename": "given_name", "PreferredSurname": "", "DoB":
    "date_of_birth", "NCyearActual": "year_group", "UniqueLearnerNumber": "uln", "EntryDate": "starts_on", "Postcode":
    "postcode", "AddressLine1": "line_1", "Youth Services Support Assent": "assent",
}  # fmt: skip


@pytest.mark.parametrize("export", [SIMS, ARBOR, BROMCOM, PROSOLUTION, EBS, CENSUS])
def test_the_exports_of_usual_systems_need_no_help(export: dict[str, str]) -> None:
    made = guessed(export)

    assert {each.heading: each.column for each in made} == export
    assert [each.heading for each in made] == list(export)
    assert [each.heading for each in made if not each.sure and each.column] == []


def test_a_birth_date_without_a_telling_heading_is_asked_about() -> None:
    made = {
        each.heading: each for each in guessed({"Name": "whole_name", "Date1": "date_of_birth", "XX": ""})
    }

    assert (made["Date1"].column, made["Date1"].sure) == ("date_of_birth", False)
    assert (made["Name"].sure, made["XX"].sure) == (True, True)


def test_an_unused_heading_that_looks_like_a_column_we_lack_is_asked_about() -> None:
    held = {"Surname": "family_name", "Forename": "given_name", "DOB": "date_of_birth", "Date2": "starts_on"}

    made = {each.heading: each for each in guessed(held)}

    assert (made["Date2"].column, made["Date2"].sure) == ("", False)
    assert made["Date2"].why == (
        "What stands below looks like first days of courses. Choose what it is, or leave it unused."
    )


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("House", "town"),
        ("Tutor", "whole_name"),
        ("Locker", ""),
        ("Emergency contact", "mobile"),
        ("FSM", "has_plan"),
    ],
)
def test_an_unused_heading_of_no_use_asks_nobody(heading: str, kind: str) -> None:
    held = {"Surname": "family_name", "Forename": "given_name", "DOB": "date_of_birth", heading: kind}

    assert [each.heading for each in guessed(held) if not each.sure] == []


WITHOUT_HEADINGS = (
    "young_person_id", "family_name", "given_name", "date_of_birth", "gender", "upn", "postcode", "line_1", "mobile",
    "email", "year_group", "starts_on", "predicted_end_on",
)  # fmt: skip


def test_contents_alone_tell_where_headings_say_nothing() -> None:
    headings = {f"Column {chr(65 + at)}": column for at, column in enumerate(WITHOUT_HEADINGS)}

    made = {each.heading: each for each in guessed(headings)}

    assert {heading: each.column for heading, each in made.items()} == headings
    assert made["Column D"].why == "What stands below looks like dates of birth."
    assert not any(each.sure for each in made.values()), "what only the contents tell is for a person to say"


def test_a_birth_date_is_told_from_a_first_day_whatever_their_order() -> None:
    headings = {"Column A": "starts_on", "Column B": "date_of_birth", "Column C": "predicted_end_on"}

    assert {each.heading: each.column for each in guessed(headings)} == headings


def test_a_heading_that_its_contents_deny_is_asked_about() -> None:
    rows = [{"DOB": "04/09/2026", "Surname": "Ambler", "Forename": "Ada"} for _ in range(10)]

    made = {each.heading: each for each in guess(LAYOUT, ["DOB", "Surname", "Forename"], rows, None, DAY)}

    assert made["DOB"].column == "date_of_birth"
    assert not made["DOB"].sure
    assert made["DOB"].why == "The heading says so, but what stands below does not look like dates of birth."


def test_year_groups_of_older_learners_ask_nobody() -> None:
    rows = [{"Year group": year} for year in ("14", "15", "17", "20", "16")]

    (made,) = guess(LAYOUT, ["Year group"], rows, None, DAY)

    assert (made.column, made.sure) == ("year_group", True)


def test_of_two_headings_alike_one_is_taken_and_asked_about() -> None:
    headings = {"Mobile": "mobile", "Mobile (F)": ""}
    rows = [
        {"Mobile": values_of("mobile", at), "Mobile (F)": values_of("mobile", at + 9)} for at in range(10)
    ]

    made = {each.heading: each for each in guess(LAYOUT, list(headings), rows, None, DAY)}

    assert made["Mobile"].column == "mobile"
    assert made["Mobile (F)"].column == ""


def test_the_legal_name_comes_before_the_one_somebody_goes_by() -> None:
    headings = {
        "Preferred surname": "",
        "Legal surname": "family_name",
        "Known as": "",
        "Forename": "given_name",
    }

    assert {each.heading: each.column for each in guessed(headings)} == headings


def test_whole_names_in_one_column_are_found() -> None:
    made = guessed({"Student": "whole_name", "Date of birth": "date_of_birth"})

    assert [each.column for each in made] == ["whole_name", "date_of_birth"]


@pytest.mark.parametrize(
    "heading",
    ["Mother's e-mail", "Emergency contact mobile", "Social worker", "School email", "Former surname"],
)
def test_what_is_somebody_elses_is_not_taken_for_the_learners(heading: str) -> None:
    kind = "email" if "mail" in heading else "mobile" if "mobile" in heading else "family_name"
    (made,) = guessed({heading: kind})

    assert made.column in {"", "parent_email", "parent_telephone"}


def test_what_a_person_confirmed_wins_where_all_its_headings_are_there() -> None:
    remembered = {"family_name": "Forename", "given_name": "Surname"}

    made = guess(LAYOUT, ["Surname", "Forename", "DOB"], [], remembered, DAY)

    assert [(each.column, each.sure) for each in made] == [
        ("given_name", True),
        ("family_name", True),
        ("", True),
    ]


def test_what_a_person_confirmed_does_not_count_where_a_heading_is_gone() -> None:
    made = guess(LAYOUT, ["Surname", "Forename"], [], {"family_name": "Forename", "upn": "Pupil no"}, DAY)

    assert [each.column for each in made] == ["family_name", "given_name"]


def test_without_a_day_and_without_rows_headings_still_count() -> None:
    made = guess(LAYOUT, ["Surname", "Forename", "DOB", "Start date"], [])

    assert [each.column for each in made] == ["family_name", "given_name", "date_of_birth", "starts_on"]
    assert all(each.sure for each in made)


@pytest.mark.parametrize(
    ("headings", "is_one"),
    [
        (["Ambler", "Ada", "14/03/2010", "CT1 2AB"], True),
        (["Surname", "Forename", "DOB", "Postcode"], False),
        (["Surname", "Forename", "As on 30/09/2026"], False),
    ],
)
def test_a_first_row_that_is_somebody_is_no_row_of_headings(headings: list[str], is_one: bool) -> None:
    assert is_a_row(headings) is is_one


@given(st.permutations(list(SIMS)), st.sampled_from([SIMS]))
@settings(max_examples=20)
def test_the_order_of_the_columns_changes_nothing(order: list[str], export: dict[str, str]) -> None:
    assert {each.heading: each.column for each in guessed(export, order)} == export


words = st.one_of(st.text(max_size=20), st.sampled_from([*SIMS, *EBS, "Column A", "", "Column B"]))


@given(st.lists(words, max_size=12, unique=True), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_each_column_is_given_once_whatever_the_file(headings: list[str], chance: Random) -> None:
    kinds = cycle(WITHOUT_HEADINGS)
    held = {heading: next(kinds) for heading in headings}
    chance.shuffle(headings)

    made = guess(LAYOUT, headings, rows_of(held, 8), None, DAY)

    columns = [each.column for each in made if each.column]
    assert len(columns) == len(set(columns))
    assert [each.heading for each in made] == headings
    assert all(each.why for each in made)
