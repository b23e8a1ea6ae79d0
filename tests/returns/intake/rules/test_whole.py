"""What only shows when all rows of a file are looked at together."""

from hypothesis import given
from hypothesis import strategies as st

from returns.intake.rules.found import Found
from returns.intake.rules.whole import find, not_there
from tests.returns.intake.rules._reading import CONTEXT, LAYOUT, a_row, at_a

ADA = {"family_name": "Ambler", "given_name": "Ada", "date_of_birth": "2010-03-14"}
BEN = {"family_name": "Bower", "given_name": "Ben", "date_of_birth": "2009-11-02"}
UPN, ULN, NUMBER = "N886120000220", "1000000078", "8860000000123"


def found_in(*rows: dict[str, str]) -> list[tuple[int, str, str]]:
    """(row, column, kind) of each problem; rows begin at 2."""
    return [(each.number, each.column, each.kind) for each in problems(*rows)]


def problems(*rows: dict[str, str]) -> list[Found]:
    return find(enumerate(rows, start=2))


def test_different_learners_are_no_problem() -> None:
    assert found_in({**ADA, "upn": UPN}, {**BEN, "upn": "Z886120000220"}) == []


def test_the_same_learner_twice_names_the_other_row_on_both() -> None:
    one, other = problems(ADA, {**ADA, "family_name": "AMBLÉR"})

    assert (one.number, one.kind, one.why) == (
        2,
        "twice",
        "Row 3 is the same learner; a return has one line for each.",
    )
    assert (other.number, other.why) == (3, "Row 2 is the same learner; a return has one line for each.")


def test_three_lines_of_one_learner_are_each_said_once() -> None:
    assert found_in(ADA, ADA, ADA) == [(2, "", "twice"), (3, "", "twice"), (4, "", "twice")]


def test_one_number_and_one_more_fact_are_the_same_learner() -> None:
    assert found_in({**ADA, "upn": UPN}, {**ADA, "upn": UPN, "given_name": "Adaline"}) == [
        (2, "", "twice"),
        (3, "", "twice"),
    ]
    assert found_in({**ADA, "uln": ULN}, {**ADA, "uln": ULN, "date_of_birth": "2010-04-13"}) == [
        (2, "", "twice"),
        (3, "", "twice"),
    ]


def test_one_number_beside_two_names_is_said_on_both() -> None:
    assert found_in({**ADA, "upn": UPN}, {**BEN, "upn": UPN}) == [
        (2, "upn", "shared_number"),
        (3, "upn", "shared_number"),
    ]


def test_twins_with_one_number_are_two_learners() -> None:
    twin = {**ADA, "given_name": "Beth"}

    assert found_in({**ADA, "upn": UPN}, {**twin, "upn": UPN}) == [
        (2, "upn", "shared_number"),
        (3, "upn", "shared_number"),
    ]


def test_one_name_and_birth_date_with_other_numbers_is_a_question() -> None:
    assert found_in({**ADA, "upn": UPN}, {**ADA, "upn": "Z886120000220"}) == [
        (2, "", "same_name"),
        (3, "", "same_name"),
    ]


def test_nobody_without_a_birth_date_is_taken_for_another() -> None:
    half = {"family_name": "Ambler", "given_name": "Ada"}

    assert found_in(half, half) == []


FIRST, LAST = ("Ada", "Ben", "Chloe", "Daniel", "Emily", "Freya", "George", "Hannah", "Isaac", "Jack"), (
    "Ambler", "Bower", "Carrick", "Dunnett", "Eastwell", "Fennimore", "Garside", "Holtby", "Ingleby", "Jowett"
)  # fmt: skip


def test_first_and_last_names_that_changed_places_are_asked_about_once() -> None:
    right = [a_row(given_name=first, family_name=last) for first, last in zip(FIRST, LAST, strict=True)]
    swapped = [{**row, "given_name": row["family_name"], "family_name": row["given_name"]} for row in right]

    assert [each.kind for each in problems(*right) if each.number == 0] == []
    assert [each.kind for each in problems(*swapped) if each.number == 0] == ["swapped_columns"]


def test_a_college_whose_file_has_no_core_aim_is_asked_once() -> None:
    (question,) = not_there(LAYOUT, {"family_name", "given_name"}, at_a("college"))

    assert (question.number, question.column, question.kind) == (0, "course", "no_column")
    assert not_there(LAYOUT, {"family_name", "given_name"}, CONTEXT) == []
    assert not_there(LAYOUT, {"course"}, at_a("college")) == []


people = st.fixed_dictionaries(
    {},
    optional={
        "family_name": st.sampled_from(["Ambler", "Bower"]),
        "given_name": st.sampled_from(["Ada", "Ben", "Adam"]),
        "date_of_birth": st.sampled_from(["2010-03-14", "2009-11-02"]),
        "upn": st.sampled_from([UPN, "Z886120000220"]),
        "uln": st.sampled_from([ULN, "1000000140"]),
    },
)


@given(st.lists(people, max_size=12))
def test_whoever_is_said_to_be_twice_is_named_by_the_other_row_too(rows: list[dict[str, str]]) -> None:
    twice = {each.number for each in problems(*rows) if each.kind == "twice"}

    assert len(twice) != 1
    assert all(2 <= number < len(rows) + 2 for number in twice)
