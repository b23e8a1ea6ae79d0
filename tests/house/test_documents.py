"""What the documents say is so: requirements name tests that exist, decisions are numbered and whole."""

import csv
import re

import pytest

from tests.house.sources import ROOT, tree

REQUIREMENTS = list(csv.DictReader((ROOT / "docs" / "requirements.csv").read_text().splitlines()))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PARTS = ("Context", "Decision", "Consequence")


def test_requirements_have_the_agreed_columns_and_order() -> None:
    numbers = [int(row["requirement"].removeprefix("R")) for row in REQUIREMENTS]

    assert list(REQUIREMENTS[0]) == ["requirement", "issue", "test"]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize("row", REQUIREMENTS, ids=lambda row: f"{row['requirement']} {row['test']}")
def test_a_requirement_names_a_test_that_exists(row: dict[str, str]) -> None:
    file, _, name = row["test"].partition("::")

    assert re.fullmatch(r"R\d+", row["requirement"])
    assert (ROOT / file).is_file()
    assert name in {getattr(node, "name", "") for node in tree(ROOT / file).body}


def test_decisions_have_numbers_of_their_own() -> None:
    numbers = [path.name.split("-")[0] for path in DECISIONS]

    assert all(re.fullmatch(r"\d{4}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_is_whole_and_short(path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]

    assert [part for part in PARTS if not re.search(rf"^(## |\*\*){part}", text, re.MULTILINE)] == []
    assert len(text.split()) <= 600
