"""Nothing we hand out computes or hides."""

import zipfile
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from neet.files.rules.cells import disarmed, tidied
from neet.files.writers import Sheet, csv_chunks, xlsx_bytes

FORMULAS = ["=1+1", "+44 7700", "-1", "@SUM(A1)", "\tx", "\rx", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_that_would_compute_is_disarmed_and_comes_back_whole(formula):
    assert disarmed(formula) == f"'{formula}"
    assert tidied(disarmed(formula)) == formula


@pytest.mark.parametrize("plain", ["O'Neill", "'quoted'", "1-2", "a=b", ""])
def test_other_cells_are_left_alone(plain):
    assert disarmed(plain) == plain
    assert tidied(plain) == plain


def test_odd_spaces_and_invisible_letters_go():
    assert tidied("\u00a0Ann\u200b \ufeff") == "Ann"


def test_csv_opens_in_excel_and_computes_nothing():
    made = b"".join(
        csv_chunks(["Name", "Born", "Days"], [["=HYPERLINK(1)", date(2009, 5, 1), -3], [None, None, 0]])
    )

    assert made == "\ufeffName,Born,Days\r\n'=HYPERLINK(1),2009-05-01,-3\r\n,,0\r\n".encode()


def test_xlsx_holds_texts_and_days_and_nothing_else():
    rows = [[formula, "https://example.org", date(2009, 5, 1), 3] for formula in FORMULAS]

    made = xlsx_bytes(Sheet("Pupils", ["Name", "Page", "Born", "Days"], rows))

    book = openpyxl.load_workbook(BytesIO(made))
    assert [sheet.sheet_state for sheet in book] == ["visible"]
    cells = [cell for row in book["Pupils"].iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "d", "n"}
    assert not any(cell.hyperlink for cell in cells)
    inside = zipfile.ZipFile(BytesIO(made))
    assert not any(
        b"<f>" in inside.read(name) or b"hidden" in inside.read(name) for name in inside.namelist()
    )
