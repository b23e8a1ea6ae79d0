"""A cut as tables: as it stands on the page, and with every count of every cell."""

from collections.abc import Iterator, Sequence
from typing import Any

from neet.files.writers import Sheet, xlsx_bytes
from tracking.exploring.queries import ALL, Crossing
from tracking.exploring.rules import Measure
from tracking.figures.queries.scorecard import WORDS
from tracking.figures.telling import HEADINGS, figures
from tracking.rules.rates import Counts

COUNTED = HEADINGS[4:]
FLAT = ("month", "row", "column", *COUNTED)
EVERYBODY = "Everybody"


def columns_of(found: Crossing) -> list[tuple[str, str]]:
    """The columns of a cut by slug with their words, the whole last; month by month there is no whole."""
    named = [(each.slug, each.words) for each in found.columns]
    return named if found.is_by_month else [*named, (ALL, EVERYBODY)]


def rows_of(found: Crossing) -> list[tuple[str, str]]:
    """The rows of a cut by slug with their words, the whole last."""
    return [*((each.slug, each.words) for each in found.rows), (ALL, EVERYBODY)]


def flat(found: Crossing) -> Iterator[tuple[Any, ...]]:
    """Every count of every cell, one line each."""
    for row, words in rows_of(found):
        for column, across in columns_of(found):
            month = column if found.is_by_month else found.month.slug
            yield (month, words, "" if found.is_by_month else across, *_counts(found.at(row, column)))


def _counts(counts: Counts) -> list[Any]:
    said = figures(counts)
    return [said[name] for name in COUNTED]


def workbook(found: Crossing, measure: Measure, chosen: Sequence[str]) -> bytes:
    """An Excel file of three sheets, all of them visible: the table of the page, every count, and what was asked."""
    rows_are = WORDS[found.cut.rows]
    columns = columns_of(found)
    table = [
        [words, *(_value(found.at(row, column), measure) for column, _ in columns)]
        for row, words in rows_of(found)
    ]
    return xlsx_bytes(
        Sheet("Table", (rows_are, *(words for _, words in columns)), table),
        Sheet("Every count", FLAT, flat(found)),
        Sheet("What this is", ("About", "Said"), _about(found, measure, chosen)),
    )


def _value(counts: Counts, measure: Measure) -> float | None:
    value = measure.value(counts)
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
