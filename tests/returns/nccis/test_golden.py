"""The golden returns: the checks find what is planted and nothing else, and the files are as they are made."""

import csv

import pytest

from returns.nccis.checking import FileCheck
from tests.files.make_returns import FOLDER, files
from tests.files.month import PERIODS

YEARS = sorted(PERIODS)


def found(name):
    with (FOLDER / f"{name}.xml").open("rb") as source:
        check = FileCheck(source)
        return check, [(finding.young_persons_id, finding.code) for finding in check.findings()]


@pytest.mark.parametrize("year", YEARS)
def test_clean_return_has_no_finding(year):
    check, findings = found(f"{year}-clean")

    assert findings == []
    assert check.refusals == []
    assert check.records > 60


@pytest.mark.parametrize("year", YEARS)
def test_every_error_is_found_and_none_invented(year):
    _, findings = found(f"{year}-every-error")
    with (FOLDER / f"{year}-every-error.csv").open(newline="") as listed:
        planted = [(row["young_persons_id"], row["error_code"]) for row in csv.DictReader(listed)]

    assert sorted(findings) == sorted(planted)


@pytest.mark.parametrize("year", YEARS)
def test_every_error_of_the_year_is_planted(year):
    check, findings = found(f"{year}-every-error")

    assert {code for _, code in findings} == set(check.ruleset.errors)


def test_golden_files_are_as_they_are_made():
    for name, content, shows in files():
        assert (FOLDER / f"{name}.xml").read_bytes() == content
        listed = (FOLDER / f"{name}.csv").read_text().splitlines()[1:]
        assert listed == [",".join(shown) for shown in shows]
