"""The template: a school's own pupils, help beside every cell, nothing hidden, and read back without a question."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter

from neet.files.reader import Unreadable
from returns.intake.files.template import FIRST_ROW, HEADING_ROW, template_bytes
from returns.intake.rules.cells import clean_many
from tests.returns.intake.files._opened import FACTS, book_of, parts_of, read_back
from tests.returns.intake.rules._reading import CONTEXT, LAYOUT, a_row, cleaned

COLUMNS = LAYOUT.template_columns()
ADA = cleaned(
    young_person_id="8860000000123",
    upn="N886120000220",
    uln="1000000078",
    mobile="07700 900123",
    activity="Part time",
    starts_on="01/09/2026",
    predicted_end_on="31/07/2028",
    has_plan="No",
    objection="No",
).values
BEN = cleaned(family_name="=Bower()", given_name="Ben", line_1="=1+1", gender="Male").values | {
    "family_name": "Bower"
}


def letter(name: str) -> str:
    return get_column_letter([column.name for column in COLUMNS].index(name) + 1)


def test_what_is_sent_back_unchanged_is_read_as_it_was(tmp_path: Path) -> None:
    columns, rows, odd = read_back(template_bytes(LAYOUT, FACTS, [ADA, BEN]), tmp_path)

    assert set(columns) == {column.name for column in COLUMNS}
    assert [number for number, _ in rows] == [FIRST_ROW, FIRST_ROW + 1]
    assert odd == ()
    assert [row.values for row in clean_many(LAYOUT, rows, CONTEXT)] == [ADA, BEN]


def test_a_line_added_below_is_read_too(tmp_path: Path) -> None:
    book = book_of(template_bytes(LAYOUT, FACTS, [ADA]))
    page = book.worksheets[0]
    for name, value in a_row(given_name="Cleo").items():
        page[f"{letter(name)}{FIRST_ROW + 1}"] = value
    book.save(tmp_path / "filled.xlsx")

    _, rows, _ = read_back((tmp_path / "filled.xlsx").read_bytes(), tmp_path)

    assert [row["given_name"] for _, row in rows] == ["Ada", "Cleo"]


def test_a_template_nobody_filled_in_is_told_to_be_empty(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no table"):
        read_back(template_bytes(LAYOUT, FACTS), tmp_path)


def test_numbers_are_texts_and_days_are_days() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS, [ADA])).worksheets[0]

    number, born = (
        page[f"{letter('young_person_id')}{FIRST_ROW}"],
        page[f"{letter('date_of_birth')}{FIRST_ROW}"],
    )
    assert (number.value, number.data_type, number.number_format) == ("8860000000123", "s", "@")
    assert (born.value.isoformat()[:10], born.number_format) == ("2010-03-14", "DD/MM/YYYY")
    assert page[f"{letter('mobile')}{FIRST_ROW}"].value == "07700 900123"
    for name in ("mobile", "upn", "uln", "telephone"):
        assert page.column_dimensions[letter(name)].number_format == "@", "an added line keeps its noughts"


def test_codes_stand_in_words() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS, [ADA])).worksheets[0]

    shown = {name: page[f"{letter(name)}{FIRST_ROW}"].value for name in ("activity", "gender", "has_plan")}
    assert shown == {"activity": "On a part-time course", "gender": "Female", "has_plan": "No"}


def test_nothing_is_hidden_and_nothing_computes() -> None:
    content = template_bytes(LAYOUT, FACTS, [ADA, BEN])
    book, parts = book_of(content), parts_of(content)

    assert [(page.title, page.sheet_state) for page in book.worksheets] == [
        ("Pupils", "visible"),
        ("Instructions", "visible"),
        ("Lists", "visible"),
    ]
    assert not any(
        re.search(r"[hH]idden=\"(?!0)|veryHidden|<f[ >]|externalLink", part) for part in parts.values()
    )
    assert not any(
        cell.data_type == "f" for page in book.worksheets for row in page.iter_rows() for cell in row
    )
    assert [name for name in parts if re.search(r"comments|vba|drawing|customXml|externalLink", name)] == []


def test_headings_are_locked_and_stay_in_sight_and_a_line_can_be_deleted() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS, [ADA])).worksheets[0]

    assert page.protection.sheet
    assert not page.protection.deleteRows
    assert all(page.cell(HEADING_ROW, at).protection.locked for at in range(1, len(COLUMNS) + 1))
    assert not any(page.cell(FIRST_ROW, at).protection.locked for at in range(1, len(COLUMNS) + 1))
    beyond = page.column_dimensions[get_column_letter(len(COLUMNS) + 1)]
    assert (beyond.max, beyond.protection.locked) == (16_384, False)
    assert page.freeze_panes == f"D{FIRST_ROW}"


def test_every_list_and_every_day_has_its_check() -> None:
    book = book_of(template_bytes(LAYOUT, FACTS))
    page, lists = book.worksheets[0], book["Lists"]
    checks = {str(check.sqref).split(":")[0]: check for check in page.data_validations.dataValidation}

    at = f"{letter('activity')}{FIRST_ROW}"
    assert checks[at].type == "list"
    assert re.fullmatch(r"'Lists'!\$[A-Z]\$2:\$[A-Z]\$\d+", checks[at].formula1)
    assert lists["B2"].value == "12" or lists["C2"].value.startswith("At school sixth form")
    assert checks[f"{letter('date_of_birth')}{FIRST_ROW}"].type == "date"
    assert checks[f"{letter('upn')}{FIRST_ROW}"].prompt == LAYOUT.column("upn").about
    assert {check.errorStyle for check in checks.values()} == {"warning"}, "nothing is a wall"


def test_needed_headings_say_so_in_a_sign_and_not_in_colour_alone() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS)).worksheets[0]

    starred = {page.cell(HEADING_ROW, at).value for at in range(1, len(COLUMNS) + 1)}
    assert {"Last name *", "First name *", "Date of birth *", "UPN"} <= starred


def test_the_instructions_name_the_day_the_date_and_whom_to_ask() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS))["Instructions"]
    words = "\n".join(str(cell.value) for row in page.iter_rows() for cell in row if cell.value)

    assert "Enrolment 2026-27: Ashgrove School" in words
    assert "The day of the return is 30 September 2026." in words
    assert "by 9 October 2026" in words
    assert "Jo Fielding, 01234 567890" in words
    assert all(column.words in words for column in COLUMNS)


def test_it_is_ready_to_print() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS, [ADA])).worksheets[0]

    assert page.page_setup.orientation == "landscape"
    assert page.print_title_rows == f"${HEADING_ROW}:${HEADING_ROW}"


def test_a_college_has_its_own_words() -> None:
    college = replace(FACTS, establishment_kind="college", learners="students")
    book = book_of(template_bytes(LAYOUT, college, [ADA]))

    assert book.worksheets[0].title == "Students"
    assert "Course *" in {cell.value for cell in book.worksheets[0][HEADING_ROW]}
    lists = [cell.value for cell in next(book["Lists"].iter_rows(min_row=2, max_row=2))]
    assert "At college, full time" in lists


def test_signs_no_spreadsheet_can_hold_do_not_stop_it() -> None:
    page = book_of(template_bytes(LAYOUT, FACTS, [{**ADA, "course": "Ma\x0bths\x00"}])).worksheets[0]

    assert page[f"{letter('course')}{FIRST_ROW}"].value == "Maths"
