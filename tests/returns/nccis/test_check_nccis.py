import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from returns.nccis.checking import BadYear, rules_day, year_asked
from tests.files.make_returns import FOLDER
from tests.files.month import PERIODS

SAMPLE = Path(__file__).resolve().parents[4] / "shared" / "samples" / "nccis" / "return-2019-04.xml"
CLEAN, ERRORS = FOLDER / "2026-27-clean.xml", FOLDER / "2026-27-every-error.xml"


def check(path, *asked):
    """Run the command without a database; its exit status, what it said and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("check_nccis", str(path), *asked, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def saved(tmp_path, content):
    path = tmp_path / "return.xml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("year", sorted(PERIODS))
def test_clean_return_ends_with_0(year):
    status, said, complained = check(FOLDER / f"{year}-clean.xml")

    assert (status, complained) == (0, "")
    assert f"by the rules of {year}" in said
    assert ": 0 errors, 0 warnings" in said


def test_csv_lists_every_identifier_with_its_error():
    status, said, _ = check(ERRORS, "--csv")
    listed = list(csv.reader(io.StringIO(said)))

    assert status == 2
    assert listed[0] == ["young_persons_id", "error_code"]
    assert sorted(map(tuple, listed[1:])) == sorted(
        tuple(line.split(",")) for line in (FOLDER / "2026-27-every-error.csv").read_text().splitlines()[1:]
    )


def test_report_groups_by_error_the_gravest_first():
    _, said, _ = check(ERRORS)
    headings = [line for line in said.splitlines() if line.startswith(("Error ", "Warning "))]

    assert headings[0] == "Error 1 (priority 1): 1 record"
    assert headings[-1] == "Warning 908 (priority 3): 2 records"
    assert "The DfE would refuse the whole file" in said
    assert "  To mend: Enter the first name." in said


def test_report_names_nobody():
    _, said, _ = check(ERRORS)

    assert "Ashdown" not in said
    assert "Orchard" not in said


def test_warnings_alone_end_with_0(tmp_path):
    text = CLEAN.read_text()
    first = text.index("<YoungPersonsRecord>")
    record = text[first : text.index("</YoungPersonsRecord>") + 21]
    other = record.replace("8860000000001", "8860000009999").replace("2000000001", "")
    status, said, _ = check(saved(tmp_path, text.replace(record, record + other).encode()))

    assert status == 0
    assert ": 0 errors, 2 warnings" in said


def test_errors_end_with_1(tmp_path):
    text = CLEAN.read_text().replace("<Gender>U</Gender>", "<Gender>Q</Gender>")
    status, said, _ = check(saved(tmp_path, text.encode()))

    assert status == 1
    assert "Error 5 (priority 2): 1 record" in said


def test_refused_header_ends_with_2_after_the_errors(tmp_path):
    text = CLEAN.read_text().replace("<LEACode>886</LEACode>", "<LEACode>999</LEACode>", 1)
    status, said, complained = check(saved(tmp_path, text.encode()))

    assert status == 2
    assert "Error 26" in said
    assert "'999' in the heading" in complained


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (CLEAN.read_bytes()[:-500], "breaks off"),
        (CLEAN.read_bytes().replace(b"2026-10-31</PeriodEnd>", b"October</PeriodEnd>"), "no PeriodEnd"),
    ],
    ids=["empty", "truncated", "no month"],
)
def test_file_that_cannot_be_taken_ends_with_2(tmp_path, content, words):
    status, _, complained = check(saved(tmp_path, content))

    assert status == 2
    assert words in complained


def test_elements_nobody_knows_are_reported(tmp_path):
    text = CLEAN.read_text().replace("<Town>", "<Shoe>7</Shoe><Town>", 2)
    status, said, _ = check(saved(tmp_path, text.encode()))

    assert status == 0
    assert "Not looked at: PersonalDetails/Shoe, 2 times" in said


@pytest.mark.parametrize("asked", [["--year", "2019"], ["--year", "2019-21"]])
def test_year_written_in_another_way_is_explained(asked):
    with pytest.raises(CommandError, match="Write it as 2019-20") as problem:
        check(CLEAN, *asked)
    assert problem.value.returncode == 2


def test_missing_file_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be opened") as problem:
        check(tmp_path / "nowhere.xml")
    assert problem.value.returncode == 2


def test_year_asked_for_changes_the_rules():
    _, said, _ = check(CLEAN, "--year", "2017-18")

    assert "by the rules of 2017-18" in said
    assert "Error 5 " in said  # W for withheld is newer


@pytest.mark.parametrize(
    ("period_end", "year", "on"),
    [
        ("2026-10-31", None, "2026-10-31"),
        ("2026-10-31", 2026, "2026-10-31"),
        ("2026-10-31", 2019, "2020-03-31"),
    ],
)
def test_rules_day_is_the_month_or_the_end_of_the_year_asked(period_end, year, on):
    day = type(PERIODS["2026-27"]).fromisoformat

    assert rules_day(day(period_end), year) == day(on)


def test_year_asked_is_its_first_calendar_year():
    assert year_asked("2019-20") == 2019
    assert year_asked("1999-00") == 1999
    with pytest.raises(BadYear):
        year_asked("2019/20")


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample return is not beside the project")
def test_sample_of_another_system_has_its_six_errors():
    status, said, _ = check(SAMPLE, "--year", "2019-20", "--csv")
    found = sorted(code for _, code in list(csv.reader(io.StringIO(said)))[1:])

    assert status == 1
    assert [code for code in found if code not in ("40", "908")] == ["201", "201", "201", "201", "262", "5"]
    assert (found.count("40"), found.count("908")) == (22, 2)
