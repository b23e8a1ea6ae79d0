"""One list of kinds of problems: whatever is found anywhere has its words there."""

import re
from pathlib import Path

from returns import intake
from returns.intake.rules.found import LONGEST_WORDS, PROBLEMS, Severity, Trouble, found, group_words
from returns.intake.rules.in_the_way import IN_THE_WAY

SQL = "\n".join(path.read_text() for path in sorted((Path(intake.__file__).parent / "sql").glob("*.sql")))


def test_what_statements_find_is_on_the_list_as_grave_as_there() -> None:
    kinds = re.findall(r"'([a-z_]+)', '(error|query|note)'", SQL)

    assert kinds
    assert {kind: PROBLEMS[kind].severity for kind, _ in kinds} == dict(kinds)


def test_whatever_stands_in_the_way_has_words_for_its_group() -> None:
    assert {f"apply_{kind}" for kind in IN_THE_WAY} <= set(PROBLEMS)


def test_a_problem_is_cut_to_the_room_it_has() -> None:
    long = found(3, "upn", "x" * 999, Trouble("upn_form", "y" * 999, "z" * 999))

    assert (len(long.value), len(long.why), len(long.fix)) == (200, LONGEST_WORDS, LONGEST_WORDS)
    assert long.severity is Severity.QUERY


def test_a_group_is_called_by_its_column() -> None:
    assert group_words("wanted", "Postcode") == "Postcode is missing"
    assert group_words("missing") == "The cell is missing"
