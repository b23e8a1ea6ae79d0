"""A school's own file back: what to change in words and colour, and harmless when it is sent again."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from returns.intake.files.look import ASKED, WRONG
from returns.intake.files.returned import SentSheet, returned_bytes, what_to_change
from returns.intake.rules.cells import clean_many
from returns.intake.rules.found import Found
from returns.intake.rules.whole import find
from tests.returns.intake.files._opened import book_of, parts_of, read_back
from tests.returns.intake.rules._reading import CONTEXT, LAYOUT

COLUMNS = {
    "date_of_birth": "DOB",
    "family_name": "Surname",
    "given_name": "Forename",
    "postcode": "Post Code",
}
HEADINGS = ["Adno", "DOB", "Surname", "Forename", "Post Code", "Form"]
CELLS = [
    (5, "0041", "2010-03-14", "Ambler", "Ada", "CT1 2AB", "12A"),
    (6, "0042", "31/02/2010", "Sm1th", "Ben", "", "=1+1"),
    (9, "0043", "2010-05-06", "CARRICK", "Cleo", "CT1 2AB", ""),
]
ROWS = [(number, dict(zip(HEADINGS, cells, strict=True))) for number, *cells in CELLS]


def problems_of(rows: list[tuple[int, dict[str, str]]]) -> list[Found]:
    """What is wrong with these rows."""
    by_column = [
        (number, {name: cells[heading] for name, heading in COLUMNS.items()}) for number, cells in rows
    ]
    cleaned = clean_many(LAYOUT, by_column, CONTEXT)
    return [each for row in cleaned for each in row.problems] + find(
        (row.number, row.values) for row in cleaned
    )


def returned(only_wrong: bool = False, rows: list[tuple[int, dict[str, str]]] | None = None) -> bytes:
    rows = ROWS if rows is None else rows
    return returned_bytes(
        LAYOUT, SentSheet(HEADINGS, rows, COLUMNS), problems_of(rows), only_wrong=only_wrong
    )


def test_the_senders_own_columns_stand_in_their_order_after_what_to_change() -> None:
    page = book_of(returned()).worksheets[0]

    assert [cell.value for cell in page[1]] == ["What to change", "Row in your file", *HEADINGS]
    assert [[cell.value for cell in row][1:3] for row in page.iter_rows(min_row=2)] == [
        [5, "0041"],
        [6, "0042"],
        [9, "0043"],
    ]


def test_each_row_says_what_is_the_matter_the_gravest_first() -> None:
    page = book_of(returned()).worksheets[0]

    assert page["A2"].value in {None, ""}
    assert page["A3"].value.split("\n") == [
        "Change – Date of birth: February 2010 has 28 days, and this says 31. Correct the day.",
        "Change – Last name: The DfE refuses digits in a name. Write “Smth”, if that is the name.",
        "Check – Postcode: This cell is empty. Type it in, or say why you do not have it.",
    ]
    assert page["A4"].value == "Note – Last name: This name is all in one size of letters."


def test_the_cells_that_are_meant_are_marked() -> None:
    page = book_of(returned()).worksheets[0]

    marked = {
        cell.coordinate: cell.fill.start_color.rgb
        for cell in page[3]
        if cell.fill.fill_type and cell.column > 2
    }
    assert marked == {"D3": WRONG, "E3": WRONG, "G3": ASKED}
    assert not any(cell.fill.fill_type for row in (2, 4) for cell in page[row])


def test_a_row_that_is_wrong_as_a_whole_is_marked_at_its_words() -> None:
    twice = [ROWS[0], (6, ROWS[0][1])]
    page = book_of(returned(rows=twice)).worksheets[0]

    assert page["A2"].value.startswith("Change – Row 6 is the same learner")
    assert page["A2"].fill.start_color.rgb == WRONG
    assert not any(cell.fill.fill_type for cell in page[2][1:])


def test_only_the_wrong_rows_where_only_they_are_wanted() -> None:
    page = book_of(returned(only_wrong=True)).worksheets[0]

    assert [row[1].value for row in page.iter_rows(min_row=2)] == [6]


def test_nothing_computes_and_nothing_is_hidden() -> None:
    content = returned()

    assert book_of(content).worksheets[0]["H3"].value == "=1+1"
    assert not any(re.search(r"<f[ >]|\bhidden=", part) for part in parts_of(content).values())
    assert [page.sheet_state for page in book_of(content).worksheets] == ["visible", "visible"]


def test_days_stay_days_and_noughts_stay() -> None:
    page = book_of(returned()).worksheets[0]

    assert page["D2"].value.isoformat()[:10] == "2010-03-14"
    assert page["D2"].number_format == "dd/mm/yyyy"
    assert page["C2"].value == "0041"


def test_sent_again_the_added_columns_are_nothing_of_the_return(tmp_path: Path) -> None:
    columns, rows, odd = read_back(returned(), tmp_path)

    assert columns == COLUMNS
    assert odd == ()
    before = clean_many(
        LAYOUT, [(n, {c: cells[h] for c, h in COLUMNS.items()}) for n, cells in ROWS], CONTEXT
    )
    assert [row.values for row in clean_many(LAYOUT, rows, CONTEXT)] == [row.values for row in before]


def test_returned_twice_it_has_the_added_columns_once() -> None:
    sheet = SentSheet(["What to change", "Row in your file", *HEADINGS], ROWS, COLUMNS)
    page = book_of(returned_bytes(LAYOUT, sheet, [], only_wrong=False)).worksheets[0]

    assert [cell.value for cell in page[1]] == ["What to change", "Row in your file", *HEADINGS]


def test_a_file_without_problems_comes_back_as_it_is() -> None:
    assert what_to_change(LAYOUT, []) == ""


cells = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(cells, min_size=3, max_size=3))
@settings(max_examples=25, deadline=None)
def test_any_text_comes_back_as_text(texts: list[str]) -> None:
    row = dict(zip(("Adno", "Surname", "Form"), texts, strict=True))
    page = book_of(
        returned_bytes(LAYOUT, SentSheet(HEADINGS, [(2, row)], COLUMNS), [], only_wrong=False)
    ).worksheets[0]

    assert [page["C2"].value or "", page["E2"].value or "", page["H2"].value or ""] == texts
    assert all(cell.data_type != "f" or cell.value.startswith("=") for cell in page[2])
