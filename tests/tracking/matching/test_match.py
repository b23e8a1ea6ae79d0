"""manage.py match: two files in, decisions out, plain words where a file cannot be taken."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HEADINGS = "id,surname,forename,date_of_birth,postcode,address"
ZOE = "r1,Müller,Zoë,2009-03-12,ZZ10 1AB,12 Mill Lane"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def matched(folder: Path, register: bytes, incoming: bytes) -> list[dict[str, str]]:
    (folder / "r.csv").write_bytes(register)
    (folder / "i.csv").write_bytes(incoming)
    call_command("match", register=folder / "r.csv", incoming=folder / "i.csv", out=folder / "p.csv")
    with (folder / "p.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_with_accents_are_read_in_every_usual_encoding(folder: Path, encoding: str) -> None:
    register = f"{HEADINGS}\n{ZOE}\n".encode(encoding)
    incoming = f"{HEADINGS}\n{ZOE.replace('r1', 'i1').replace('Zoë', 'Zoe')}\n".encode()

    rows = matched(folder, register, incoming)

    assert [(row["left_id"], row["right_id"], row["decision"]) for row in rows] == [("r1", "i1", "auto")]
    assert 0.9 < float(rows[0]["score"]) <= 1


def test_columns_may_come_in_any_order_and_any_case(folder: Path) -> None:
    headings = "Forename,Date_of_birth,ID,Surname,Postcode,ADDRESS"
    incoming = f"{headings}\r\nZoe,2009-03-12,i1,Muller,ZZ10 1AB,12 Mill Lane\r\n"

    assert matched(folder, f"{HEADINGS}\n{ZOE}\n".encode(), incoming.encode())[0]["decision"] == "auto"


@pytest.mark.parametrize("incoming", [f"{HEADINGS}\n", f"{HEADINGS}\n,,,,,\n\n"])
def test_a_file_with_headings_only_has_no_decisions(folder: Path, incoming: str) -> None:
    assert matched(folder, f"{HEADINGS}\n{ZOE}\n".encode(), incoming.encode()) == []


def test_a_file_beside_itself_is_searched_for_people_in_it_twice(folder: Path) -> None:
    rows = [ZOE, ZOE.replace("r1", "r2").replace("Zoë", "Zoe"), "r3,Field,Max,2008-01-01,ZZ42 9XX,3 Elm Road"]
    file = "\n".join((HEADINGS, *rows)).encode()

    assert [(row["left_id"], row["right_id"]) for row in matched(folder, file, file)] == [("r1", "r2")]


def test_the_first_row_of_an_id_counts(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twice = f"{HEADINGS}\n{ZOE}\n{ZOE.replace('Müller', 'Wood')}\n"

    rows = matched(folder, twice.encode(), f"{HEADINGS}\n{ZOE}\ni2,Field,Max,2008-01-01,,\n".encode())

    assert [row["left_id"] for row in rows] == ["r1"]
    assert "1 rows had an id that stood there before" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"name,born\nZoe,2009-03-12\n", "has no column id"),
        (b"id,surname,surname\n1,A,B\n", "two columns named surname"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(folder: Path, content: bytes, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        matched(folder, content, f"{HEADINGS}\n{ZOE}\n".encode())


def test_a_file_that_is_not_there_is_said(folder: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        call_command("match", register=folder / "no.csv", incoming=folder / "no.csv", out=folder / "p.csv")
