"""Hostile and awkward files come to the verdict written down for each, and hurt nobody."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from neet.files.reader import Limits, Table, Unreadable, open_table
from tests.files.hostile.case import HEADINGS, PUPILS
from tests.files.make_hostile import CASES

ROOT = Path(__file__).resolve().parents[3]
CALLED = 47113  # the port that the files' addresses name
OUT_OF_THE_FILES = ("Ashdown", "Wealdham", "Zoë", "Pupils", "root:", "secret", "127.0.0.1", "/etc/")
BY_NAME = {case.name: case for case in CASES}
HUNGRY = [case for case in CASES if "memory" in case.verdict.refused]


@pytest.fixture(scope="module", autouse=True)
def nobody_calls() -> Iterator[None]:
    """Whatever the files ask for, nobody connects to the address they name, and nothing is written."""
    with socket.create_server(("127.0.0.1", CALLED)) as server:
        server.setblocking(False)
        yield
        with pytest.raises(BlockingIOError):
            server.accept()
    assert not Path("/tmp/neet-was-here").exists()


def read(path: Path) -> tuple[Table, list[tuple[int, dict[str, str]]]]:
    with open_table(path, expects=HEADINGS) as table:
        return table, list(table.rows)


def test_there_are_enough_of_them_and_no_two_share_a_name():
    assert len(CASES) == len(BY_NAME) >= 160


@pytest.mark.parametrize("case", [case for case in CASES if case.verdict.refused], ids=lambda case: case.name)
def test_a_bad_file_is_refused_in_plain_words_and_the_next_one_is_read(case, kept):
    with pytest.raises(Unreadable) as refused:
        read(kept(case))

    said = str(refused.value)
    assert any(words in said for words in case.verdict.refused), said
    assert not [words for words in OUT_OF_THE_FILES if words in said]
    assert said.endswith(".")
    assert len(read(kept(BY_NAME["utf-8.csv"]))[1]) == len(PUPILS)


@pytest.mark.parametrize(
    "case", [case for case in CASES if not case.verdict.refused], ids=lambda case: case.name
)
def test_an_awkward_file_is_read_as_its_sender_sees_it(case, kept):
    table, rows = read(kept(case))

    verdict = case.verdict
    assert table.heading_row == verdict.heading_row
    if verdict.count:
        assert len(rows) == verdict.count
    else:
        assert table.headings == verdict.headings
        assert tuple(tuple(row.values()) for _, row in rows) == verdict.rows
    assert not verdict.numbers or tuple(number for number, _ in rows) == verdict.numbers
    assert len(table.problems) == len(verdict.remarks)
    assert all(words in said for words, said in zip(verdict.remarks, table.problems, strict=True))


def test_the_hungriest_stays_within_its_memory_and_time(kept):
    asked = [sys.executable, "-m", "tests.files.read_all", *(str(kept(case)) for case in HUNGRY)]
    done = subprocess.run(asked, capture_output=True, check=True, cwd=ROOT)

    took = json.loads(done.stdout)
    assert took["refused"] == len(HUNGRY)
    assert took["memory"] < Limits().memory
    assert took["seconds"] <= Limits().seconds + 2
