"""Who is linked unseen, and how well: figures that do not depend on the machine."""

import random

import pytest

from tests.tracking.rules.matching._returns import ON, Returned, council, hard_pairs, returned, row_of
from tracking.rules.matching.deciding import Decision, Linked
from tracking.rules.matching.explaining import in_words, reasons
from tracking.rules.matching.levels import FIELDS
from tracking.rules.matching.linking import link
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import People, Vocabulary, people
from tracking.seeding.people import Numbering
from tracking.seeding.people import people as invented

ELLA = {
    "id": "ella", "surname": "Ashcroft", "forename": "Ella", "date_of_birth": "2009-03-12", "gender": "F",
    "postcode": "ZZ10 1AB", "address": "12 Mill Lane, Northbury",
}  # fmt: skip


def run(register: list[dict[str, str]], incoming: list[dict[str, str]]) -> tuple[People, People, Linked]:
    words = Vocabulary()
    left, right = people(register, words), people(incoming, words)
    return left, right, link(left, right, words)


def autos(register: list[dict[str, str]], incoming: list[dict[str, str]]) -> set[tuple[str, str]]:
    left, right, linked = run(register, incoming)
    decided = linked.decided
    return {
        (left.ids[decided.left[row]], right.ids[decided.right[row]])
        for row, decision in enumerate(decided.decision)
        if decision is Decision.AUTO
    }


@pytest.fixture(scope="module")
def crowd() -> list[dict[str, str]]:
    """A register in which a handful of people do not stand out."""
    dice = random.Random(5)
    return [row_of(dice, each) for each in invented(dice, council(5), 3_000, Numbering(1, 0, ON)) if each.uln]


def came_in(crowd: list[dict[str, str]], *more: dict[str, str]) -> list[dict[str, str]]:
    """A return: most of it plain, so that there is something to learn from, and the rows in question."""
    return [row | {"id": f"in{row['id']}", "upn": "", "uln": ""} for row in crowd[::2]] + list(more)


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("nothing differs", {}),
        ("short form", {"forename": "Eleanor"}),
        ("slip in the last name", {"surname": "Ashcrotf"}),
        ("day and month turned", {"date_of_birth": "2009-12-03"}),
        ("names turned", {"forename": "Ashcroft", "surname": "Ella"}),
        ("double name", {"surname": "Ashcroft-Wood"}),
        ("moved", {"postcode": "ZZ42 9XX", "address": "3 The Crescent, Elsewhere"}),
    ],
)
def test_one_person_is_found_again(crowd: list[dict[str, str]], what: str, change: dict[str, str]) -> None:
    assert ("ella", "x") in autos([*crowd, ELLA], came_in(crowd, ELLA | {"id": "x"} | change)), what


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("twin", {"forename": "Harriet"}),
        ("twin with a first name nearly the same", {"forename": "Esme"}),
        ("brother", {"forename": "Owen", "gender": "M", "date_of_birth": "2010-10-01"}),
        ("only an initial", {"forename": "E"}),
        ("no first name", {"forename": ""}),
        ("half turned", {"forename": "Poppy", "surname": "Ella"}),
        (
            "cousin of one name",
            {"date_of_birth": "2007-11-30", "postcode": "ZZ42 9XX", "address": "3 Elm Road"},
        ),
    ],
)
def test_others_are_never_linked_unseen(
    crowd: list[dict[str, str]], what: str, change: dict[str, str]
) -> None:
    links = autos([*crowd, ELLA], came_in(crowd, ELLA | {"id": "x"} | change))

    assert ("ella", "x") not in links, what


def test_a_siblings_number_does_not_make_a_person(crowd: list[dict[str, str]]) -> None:
    ella = ELLA | {"upn": "B801200005001"}
    owen = ella | {"id": "x", "forename": "Owen", "gender": "M", "date_of_birth": "2010-10-01"}

    assert ("ella", "x") not in autos([*crowd, ella], came_in(crowd, owen))


def test_two_on_the_register_who_fit_alike_leave_it_to_an_officer(crowd: list[dict[str, str]]) -> None:
    links = autos([*crowd, ELLA, ELLA | {"id": "again"}], came_in(crowd, ELLA | {"id": "x"}))

    assert not {("ella", "x"), ("again", "x")} & links


def test_one_person_who_came_in_twice_is_found_twice(crowd: list[dict[str, str]]) -> None:
    links = autos([*crowd, ELLA], came_in(crowd, ELLA | {"id": "x"}, ELLA | {"id": "y"}))

    assert {("ella", "x"), ("ella", "y")} <= links


def test_name_and_birthday_alone_are_no_proof_where_nothing_bears_the_file_out() -> None:
    namesakes = [
        {"id": str(n), "forename": f"Given{n}", "surname": f"Family{n}", "date_of_birth": "2009-05-05"}
        for n in range(50)
    ]

    assert not autos(namesakes, [row | {"id": f"in{row['id']}"} for row in namesakes])


@pytest.mark.parametrize(("register", "incoming"), [([], []), ([ELLA], []), ([], [ELLA])])
def test_nobody_is_found_where_nobody_is(
    register: list[dict[str, str]], incoming: list[dict[str, str]]
) -> None:
    assert autos(register, incoming) == set()


def test_the_same_files_give_the_same_decisions(crowd: list[dict[str, str]]) -> None:
    assert autos(crowd, came_in(crowd)) == autos(crowd, came_in(crowd))


def test_ten_thousand_hard_pairs_are_never_linked_unseen() -> None:
    """Twins, brothers and sisters with the other's number, strangers of one name and birthday (assurance T18)."""
    pairs = hard_pairs(10_000, 11)

    assert autos(pairs.register, pairs.incoming) == set()


def counted(file: Returned) -> tuple[float, float]:
    """Recall and precision of what was linked unseen."""
    links = autos(file.register, file.incoming)
    right = sum(file.truth.get(incoming) == register for register, incoming in links)
    return right / len(file.truth), right / len(links)


@pytest.mark.parametrize(("mix", "least"), [("school", 0.998), ("college", 0.996), ("messy", 0.985)])
def test_returns_are_matched_as_well_as_promised(mix: str, least: float) -> None:
    recall, precision = counted(returned(mix, 1, register=6_000, incoming=2_000))

    assert recall >= least
    assert precision >= 0.999


def test_why_is_said_in_plain_words() -> None:
    *_, linked = run([ELLA], [ELLA | {"id": "x", "surname": "Ashcrotf", "date_of_birth": "2009-12-03"}])

    why = in_words(linked.decided.levels[0].tolist(), linked.model)

    assert why.startswith(
        "First name: the same; last name: one or two letters differ; date of birth: day and month"
    )


def test_what_agrees_weighs_for_and_what_differs_against() -> None:
    agreeing = [1 if field.name != "home" else 5 for field in FIELDS]
    differing = [len(field.levels) - 1 for field in FIELDS]

    assert all(reason.weight > 0 for reason in reasons(agreeing, MatchingModel()))
    assert all(reason.weight < 0 for reason in reasons(differing, MatchingModel()))


def test_a_model_is_read_back_as_it_was_written(crowd: list[dict[str, str]]) -> None:
    *_, linked = run(crowd, came_in(crowd))

    assert MatchingModel.from_json(linked.model.to_json()) == linked.model
