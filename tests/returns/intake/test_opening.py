"""A file without a row of headings is a return like any other."""

from pathlib import Path

import pytest

from returns.intake.layouts import LAYOUTS
from returns.intake.opening import NO_HEADINGS, open_return
from returns.intake.rules.guessing import guess
from tests.returns.intake.rules._reading import DAY

LAYOUT = LAYOUTS["enrolment"]
LINES = [
    "Ambler,Ada,14/03/2010,,CT1 2AB",
    "Bower,Ben,02/11/2009,,CT1 2AB",
    "Carrick,Cleo,28/02/2010,,CT2 7EA",
]


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text("\n".join(LINES))
    return path


def test_the_first_row_is_somebody_and_the_columns_go_by_letters(sent: Path) -> None:
    with open_return(sent, set()) as table:
        rows = list(table.rows)

    assert table.headings == ("Column A", "Column B", "Column C", "Column D", "Column E")
    assert [(number, cells["Column A"], cells["Column D"]) for number, cells in rows] == [
        (1, "Ambler", ""),
        (2, "Bower", ""),
        (3, "Carrick", ""),
    ]
    assert table.problems == (NO_HEADINGS,)


def test_contents_tell_the_columns_and_a_person_is_asked_about_them(sent: Path) -> None:
    with open_return(sent, set()) as table:
        made = guess(LAYOUT, table.headings, [cells for _, cells in table.rows], None, DAY)

    assert [each.column for each in made] == ["family_name", "given_name", "date_of_birth", "", "postcode"]
    assert [each.sure for each in made] == [False, False, False, True, False]


def test_two_equal_cells_of_the_first_row_keep_what_they_hold(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Ambler,Ambler,14/03/2010,CT1 2AB\nBower,Ben,02/11/2009,CT1 2AB")

    with open_return(path, set()) as table:
        assert next(table.rows)[1]["Column B"] == "Ambler"


def test_a_file_with_headings_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("\n".join(["Surname,Forename,DOB,Middle,Postcode", *LINES]))

    with open_return(path, set()) as table:
        assert table.headings == ("Surname", "Forename", "DOB", "Middle", "Postcode")
        assert len(list(table.rows)) == 3
