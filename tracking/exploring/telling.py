"""A cut as tables: as it stands on the page, and with every count of every cell."""

from collections.abc import Iterator, Sequence
from typing import Any

from neet.files.writers import Sheet, xlsx_bytes
from tracking.exploring.queries import ALL, CUT_BY, Crossing
from tracking.exploring.rules import Measure
from tracking.figures.telling import HEADINGS, figures
from tracking.rules.rates import Counts

COUNTED = HEADINGS[4:]
FLAT = ("month", "row", "column", *COUNTED)
MOVED = ("joined", "left", "left_otherwise")
EVERYBODY = "Everybody"


def columns_of(found: Crossing) -> list[tuple[str, str]]:
    """The columns of a cut by slug with their words, the whole last; month by month there is no whole."""
    named = [(each.slug, each.words) for each in found.columns]
    return named if found.is_by_month else [*named, (ALL, EVERYBODY)]


def rows_of(found: Crossing) -> list[tuple[str, str]]:
    """The rows of a cut by slug with their words, the whole last."""
    return [*((each.slug, each.words) for each in found.rows), (ALL, EVERYBODY)]


def headings_of(found: Crossing) -> tuple[str, ...]:
    """The headings of every count; who came and who went where the cut counts them."""
    return (*FLAT, *MOVED) if found.cut.moving else FLAT


def flat(found: Crossing) -> Iterator[tuple[Any, ...]]:
    """Every count of every cell, one line each."""
    for row, words in rows_of(found):
        for column, across in columns_of(found):
            month = column if found.is_by_month else found.month.slug
            counts = (*_counts(found.at(row, column)), *_moves(found, row, column))
            yield (month, words, "" if found.is_by_month else across, *counts)


def _counts(counts: Counts) -> list[Any]:
    said = figures(counts)
    return [said[name] for name in COUNTED]


def _moves(found: Crossing, row: str, column: str) -> list[Any]:
    if not found.cut.moving:
        return []
    moves = found.moved(row, column)
    return [moves.joined, moves.left, moves.otherwise] if moves else ["", "", ""]


def workbook(found: Crossing, measure: Measure, chosen: Sequence[str]) -> bytes:
    """An Excel file of three sheets, all of them visible: the table of the page, every count, and what was asked."""
    rows_are = CUT_BY[found.cut.rows]
    columns = columns_of(found)
    table = [
        [words, *(_rounded(found.value(measure, row, column)) for column, _ in columns)]
        for row, words in rows_of(found)
    ]
    return xlsx_bytes(
        Sheet("Table", (rows_are, *(words for _, words in columns)), table),
        Sheet("Every count", headings_of(found), flat(found)),
        Sheet("What this is", ("About", "Said"), _about(found, measure, chosen)),
    )


def _rounded(value: float | None) -> float | None:
    return value if value is None else round(value, 2)


def _about(found: Crossing, measure: Measure, chosen: Sequence[str]) -> list[tuple[str, str]]:
    state = "As the register stood when this file was made"
    if found.freeze:
        state = f"As frozen on {found.freeze.frozen_at:%d/%m/%Y}"
    return [
        ("Counted", measure.words),
        ("Month", found.month.words),
        ("State", state),
        *(("Narrowed to", each) for each in chosen),
        ("Cohort", "Young people of academic age 16 and 17, without those in custody"),
        (
            "Care",
            "Small numbers are not hidden in this file. Do not pass it on to people without access to records.",
        ),
    ]
