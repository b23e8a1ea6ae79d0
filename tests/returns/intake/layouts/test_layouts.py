"""Layouts are data: what holds for every one of them, those still to come too."""

import csv
from pathlib import Path

import pytest

from neet.files.rules.headings import folded
from returns.intake import layouts
from returns.intake.layouts import LAYOUTS, Kind, Layout
from returns.intake.rules.cells import READERS
from schools.models import Establishment
from tests.returns.intake.rules._reading import RULES

EVERY = pytest.mark.parametrize("layout", LAYOUTS.values(), ids=lambda layout: layout.type)
WORDS_OF_CODES = Path(layouts.__file__).with_name("activity_words.csv")
FULL_TIME = Path(layouts.__file__).with_name("full_time_here.csv")


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@EVERY
def test_no_two_columns_go_by_one_heading(layout: Layout) -> None:
    names = [
        (heading, column.name)
        for column in layout.columns
        for heading in {folded(words) for words in (column.words, *column.also)}
    ]
    headings = [heading for heading, _ in names]

    assert [(heading, name) for heading, name in names if headings.count(heading) > 1] == []


@EVERY
def test_what_is_not_ours_is_the_name_of_no_column(layout: Layout) -> None:
    ours = {folded(words) for column in layout.columns for words in (column.words, *column.also)}

    assert not ours & {folded(words) for words in layout.not_ours}


@EVERY
def test_every_kind_of_column_can_be_read(layout: Layout) -> None:
    assert {column.kind for column in layout.columns} <= set(READERS)
    assert set(Kind) == set(READERS)


@EVERY
def test_every_day_says_where_it_may_lie(layout: Layout) -> None:
    assert [column.name for column in layout.columns if column.kind is Kind.DAY and not column.years] == []


@EVERY
def test_every_column_has_its_class_of_objection(layout: Layout) -> None:
    """Name, address and date of birth are class a, a parent's name class b; all else goes, but for participation."""
    kept = layout.kept_of_objectors()

    assert {column.objection_class for column in layout.columns} <= {"a", "b", "c"}
    known = {"family_name", "given_name", "date_of_birth", "line_1", "postcode", "parent_name"}
    assert known & set(layout.by_name) <= kept
    assert not kept & {"upn", "uln", "telephone", "mobile", "email", "parent_telephone", "parent_email", "course",
                       "gender", "has_plan", "year_group", "destination"}  # fmt: skip


@EVERY
def test_a_layout_finds_its_columns_by_name(layout: Layout) -> None:
    assert layout.column("upn").words == "UPN"
    assert list(layout.by_name) == [column.name for column in layout.columns]
    with pytest.raises(KeyError):
        layout.column("shoe_size")


def test_the_enrolment_return_asks_for_what_it_must() -> None:
    required = {column.name for column in LAYOUTS["enrolment"].columns if column.required}

    assert required == {"family_name", "given_name", "date_of_birth"}


def test_every_code_behind_the_words_of_schools_is_one_of_the_rules() -> None:
    rows = [*rows_of(WORDS_OF_CODES), *rows_of(FULL_TIME)]

    assert {row["code"] for row in rows if row["code"]} <= set(RULES.activities)


def test_every_kind_of_establishment_has_its_full_time() -> None:
    kinds = {row["establishment_kind"] for row in rows_of(FULL_TIME)}

    assert kinds == set(Establishment.Kind.values)
