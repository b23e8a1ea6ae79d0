"""Honest files come back as they look on the screen. The others: test_hostile."""

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from neet.files.reader import Limits, Table, Unreadable, open_table
from neet.files.writers import Sheet, csv_chunks, xlsx_bytes


def read(path: Path, **options) -> tuple[Table, list]:
    with open_table(path, **options) as table:
        return table, list(table.rows)


def refusal(path: Path, **options) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path, **options)
    return str(refused.value)


def kept(tmp_path: Path, content: bytes, name: str = "sent") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def book(tmp_path: Path, cells: dict[tuple[int, int], object], **options) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("Pupils")
        for (row, column), cell in cells.items():
            page.write(row, column, cell)
        for name in options.get("hidden", []):
            made.add_worksheet(name).hide()
    return path


# --- honest files ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Name,Town\nZoë,Łódź\n".encode(), "utf-8"),
        ("Name,Town\nZoë,Łódź\n".encode("utf-8-sig"), "utf-8-sig"),
        ("Name,Town\nZoë,Łódź\n".encode("utf-16"), "utf-16"),
        ("Name,Town\nZoë,Łódź\n".encode("utf-16-le"), "utf-16-le"),
        ("Name;Town\r\nZoë;Łódź\r\n".encode(), "utf-8"),
        ("Name\tTown\rZoë\tŁódź\r".encode(), "utf-8"),
    ],
)
def test_text_is_read_in_whatever_letters_it_was_written(tmp_path, content, encoding):
    table, rows = read(kept(tmp_path, content))

    assert table.encoding == encoding
    assert rows == [(2, {"Name": "Zoë", "Town": "Łódź"})]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_text_of_old_machines_is_read(tmp_path, encoding):
    lines = "Name,Town\n" + "Zoë Müller,Orléans\nRené François,Málaga\n" * 30

    _, rows = read(kept(tmp_path, lines.encode(encoding)))

    assert rows[0][1] == {"Name": "Zoë Müller", "Town": "Orléans"}


def test_leading_zeros_and_long_numbers_stay_whole(tmp_path):
    text = read(kept(tmp_path, b"UPN,Tel,ULN\nA801200001001,07700900123,0012345678\n"))[1]
    sheet = read(
        book(tmp_path, {(0, 0): "Tel", (0, 1): "ULN", (1, 0): "07700900123", (1, 1): 1234567890123})
    )[1]

    assert text[0][1] == {"UPN": "A801200001001", "Tel": "07700900123", "ULN": "0012345678"}
    assert sheet[0][1] == {"Tel": "07700900123", "ULN": "1234567890123"}


def test_rows_carry_the_number_seen_in_the_spreadsheet(tmp_path):
    cells = {
        (0, 1): "Autumn return",
        (3, 1): "Name",
        (3, 2): "Year",
        (5, 1): "Ann",
        (5, 2): 12.0,
        (8, 1): "Bo",
    }

    table, rows = read(book(tmp_path, cells))

    assert table.heading_row == 4
    assert [(number, row["Name"], row["Year"]) for number, row in rows] == [(6, "Ann", "12"), (9, "Bo", "")]


def test_the_headings_asked_for_are_found_below_a_title(tmp_path):
    sent = b"Return of,Example School\nprinted,today\nSurname,Forename\nOther,Ann\n"

    table, rows = read(kept(tmp_path, sent), expects=["surname", "forename"])

    assert table.heading_row == 3
    assert rows == [(4, {"Surname": "Other", "Forename": "Ann"})]


def test_days_and_yes_or_no_become_text(tmp_path):
    made = xlsx_bytes(Sheet("Pupils", ["Born", "Care"], [[date(2009, 5, 1), True]]))

    assert read(kept(tmp_path, made))[1] == [(2, {"Born": "2009-05-01", "Care": "Yes"})]


def test_a_second_sheet_and_a_doubled_heading_are_pointed_out(tmp_path):
    path = book(tmp_path, {(0, 0): "Name", (0, 1): "Name", (0, 3): "Year", (1, 0): "Ann"}, hidden=["Lists"])

    table, _ = read(path)

    assert table.headings == ("Name", "Name (B)", "Column C", "Year")
    assert table.problems == (
        "Columns A and B have the same heading.",
        "Hidden sheets were not read.",
    )


def test_fifty_thousand_rows_pass(tmp_path):
    lines = "".join(f"{number},Ann,Other,2009-05-01\n" for number in range(50_000))

    assert len(read(kept(tmp_path, b"id,a,b,c\n" + lines.encode()))[1]) == 50_000


# --- limits --------------------------------------------------------------------------------------------------


def test_more_rows_than_allowed_are_refused_without_reading_on(tmp_path):
    path = kept(tmp_path, b"a,b\n" + b"1,2\n" * 500)

    assert "more than 100 rows" in refusal(path, limits=Limits(rows=100))


# --- there and back ----------------------------------------------------------------------------------------------

CELLS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn"]), max_size=20
)


@given(st.lists(st.tuples(CELLS, CELLS.filter(bool)), min_size=1, max_size=5))
@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_reads_back_the_same(tmp_path, rows):
    csv = b"".join(csv_chunks(["First", "Second"], rows))

    found = read(kept(tmp_path, csv), expects=["First", "Second"])[1]

    assert [tuple(row.values()) for _, row in found] == [row for row in rows if any(row)]
