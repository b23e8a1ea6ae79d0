"""Who stands in one file more than once: whole families of entries, and never a family of people."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from tests.tracking.rules.matching._returns import (
    ON,
    Row,
    council,
    hard_pairs,
    returned,
    row_of,
    slip,
)
from tracking.rules.matching.deciding import Decision
from tracking.rules.matching.people import Vocabulary, people
from tracking.rules.matching.twice import find_twice
from tracking.seeding import identifiers, names, places
from tracking.seeding.people import Numbering
from tracking.seeding.people import people as invented

ELLA = {
    "id": "ella", "surname": "Ashcroft", "forename": "Ella", "date_of_birth": "2009-03-12", "gender": "F",
    "postcode": "ZZ10 1AB", "address": "12 Mill Lane, Northbury",
}  # fmt: skip


def pairs(rows: list[Row]) -> set[tuple[str, str]]:
    """Who is taken for who else unseen."""
    words = Vocabulary()
    file = people(rows, words)
    found = find_twice(file, words).decided
    ends = zip(found.left, found.right, found.decision, strict=True)
    return {(file.ids[a], file.ids[b]) for a, b, decision in ends if decision is Decision.AUTO}


@pytest.fixture(scope="module")
def crowd() -> list[Row]:
    """A register in which a handful of people do not stand out, some of them in it twice."""
    dice = Random(5)
    rows = [row_of(dice, each) for each in invented(dice, council(5), 1_500, Numbering(1, 0, ON)) if each.uln]
    return rows + [row | {"id": f"again{row['id']}", "upn": "", "uln": ""} for row in rows[::10]]


def test_all_entries_of_one_person_are_one_family(crowd: list[Row]) -> None:
    entries = [
        ELLA,
        ELLA | {"id": "street", "address": "12 Mill Ln"},
        ELLA | {"id": "name", "surname": "Ashcrotf"},
        ELLA | {"id": "day", "date_of_birth": "2009-12-03"},
        ELLA | {"id": "short", "forename": "Elle"},
    ]
    ids = [entry["id"] for entry in entries]

    found = pairs([*crowd, *entries])

    assert {(a, b) for place, a in enumerate(ids) for b in ids[place + 1 :]} <= found


def test_twins_sisters_and_namesakes_in_one_file_stay_apart() -> None:
    hard = hard_pairs(1_500, 12)

    found = pairs(hard.register + hard.incoming)

    # The register itself has some in it twice, as registers have.
    assert not [pair for pair in found if "in" in "".join(pair)]


def test_twins_of_one_year_group_stay_apart_however_few_have_brothers_and_sisters_in_it() -> None:
    """Where a file spans a year, nobody has a brother or sister in it by which to know that it holds families."""
    hard = hard_pairs(1_500, 13)
    twins = [
        row | {"id": f"{which}{number}", "date_of_birth": f"2009-{number % 12 + 1:02d}-{number % 28 + 1:02d}"}
        for which, rows in (("one", hard.register[::3]), ("other", hard.incoming[::3]))
        for number, row in enumerate(rows)
    ]

    assert not pairs(twins)


@pytest.mark.parametrize("seed", [41, 42])
def test_entries_of_a_register_and_two_returns_in_one_file_are_found(seed: int) -> None:
    messy, college = (returned(mix, seed, register=2_000, incoming=400) for mix in ("messy", "college"))
    rows, truth = list(messy.register), {row["id"]: row["id"] for row in messy.register}
    for which, file in (("m", messy), ("c", college)):
        for row in file.incoming:
            rows.append(row | {"id": which + row["id"], "upn": "", "uln": ""})
            truth[which + row["id"]] = file.truth.get(row["id"], which + row["id"])

    recall, precision = counted(rows, truth)

    assert recall >= 0.985
    assert precision >= 0.999


def test_entries_are_found_under_any_name_where_nobody_has_relatives() -> None:
    """As in a file of grown-ups drawn at random: whoever shares home and birthday is the same, whatever the name."""
    dice, truth, rows = Random(14), {}, []
    towns = council(14).towns
    for person in range(700):
        entry = _somebody(dice, towns)
        for number in range(dice.choice((1, 1, 2, 3, 5))):
            rows.append((_mistaken(dice, entry) if number else entry) | {"id": f"{person}-{number}"})
            truth[f"{person}-{number}"] = str(person)

    recall, precision = counted(rows, truth)

    assert recall >= 0.97
    assert precision >= 0.999


def _somebody(dice: Random, towns: tuple) -> Row:
    town = dice.choice(towns)
    return {
        "surname": names.family_name(dice),
        "forename": names.given_name(dice, dice.choice("FM")),
        "date_of_birth": date.fromordinal(dice.randrange(693_600, 730_000)).isoformat(),
        "postcode": identifiers.postcode(dice, town.area),
        "address": f"{places.house(dice, town)}, {town.name}",
    }


def _mistaken(dice: Random, entry: Row) -> Row:
    row = dict(entry)
    for field in ("surname", "forename", "postcode", "address"):
        if dice.random() < 0.15:
            row[field] = slip(dice, row[field])
    if dice.random() < 0.06:
        row["forename"] = names.given_name(dice, "F")
    if dice.random() < 0.05:
        row["date_of_birth"] = ""
    if dice.random() < 0.04:
        row["surname"], row["forename"] = row["forename"], row["surname"]
    return row


def counted(rows: list[Row], truth: dict[str, str]) -> tuple[float, float]:
    """Recall and precision over all pairs of one person's entries."""
    found = pairs(rows)
    right = sum(truth[a] == truth[b] for a, b in found)
    return right / sum(many * (many - 1) // 2 for many in Counter(truth.values()).values()), right / len(
        found
    )


@pytest.mark.parametrize("rows", [[], [ELLA], [ELLA, {"id": "nobody"}]])
def test_nobody_is_found_where_nobody_is_twice(rows: list[Row]) -> None:
    assert not pairs(rows)
