"""An invented file of a school: the same dice give the same one."""

import csv
import io
from datetime import date
from random import Random

from returns.intake.layouts import LAYOUTS
from returns.seeding.sheets import Slips, as_csv, sheet

AS_AT = date(2026, 10, 16)
KNOWN = [
    {
        "family_name": f"Ambler{number}", "given_name": "Rosalind", "date_of_birth": "2009-05-14",
        "upn": "H801200001001",
        "postcode": "ZZ1 1ZZ", "activity": "210", "starts_on": "2026-09-01", "town": "Wick", "year_group": "12",
    }
    for number in range(12)
]  # fmt: skip


def made(slips: Slips) -> list[dict[str, str]]:
    return sheet(Random("1"), KNOWN, slips, AS_AT)


def test_the_same_dice_give_the_same_file():
    slips = Slips(gone=2, new=2, doubtful=2, wrong=2)

    assert made(slips) == made(slips)
    assert len(made(slips)) == 12


def test_who_is_doubtful_has_no_number_and_another_home():
    doubtful = made(Slips(gone=0, new=0, doubtful=1))[0]

    assert "upn" not in doubtful
    assert doubtful["postcode"] != "ZZ1 1ZZ"
    assert doubtful["given_name"] != "Rosalind"


def test_mistakes_are_of_several_kinds():
    wrong = made(Slips(gone=0, new=0, wrong=4))

    assert (wrong[0]["date_of_birth"], wrong[1]["upn"], wrong[2]["postcode"], wrong[3]["given_name"]) == (
        "31/02/2009", "A12345", "unknown", "",
    )  # fmt: skip


def test_the_file_has_the_headings_of_the_layout_and_days_as_spreadsheets_write_them():
    content = as_csv(LAYOUTS["enrolment"], made(Slips(gone=0, new=0))).decode("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(content)))

    assert first["Date of birth"] == "14/05/2009"
    assert first["Last name"] == "Ambler0"


def test_nobody_there_is_an_empty_file():
    assert sheet(Random("1"), [], Slips(), AS_AT) == []
