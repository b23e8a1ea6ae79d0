"""What is said of safety is so: threats and requirements name tests that exist, nothing runs words, all is pinned."""

import ast
import csv
import json
import re
import subprocess
import tomllib
from collections import Counter

import pytest

from tests.house.sources import ROOT, modules, tree

THREATS = (ROOT / "docs" / "threats.md").read_text()
ASVS = list(csv.DictReader((ROOT / "docs" / "asvs.csv").read_text().splitlines()))
# How many requirements of levels 1 and 2 each chapter of ASVS 5.0 has.
CHAPTERS = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7,
    10: 29, 11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
RUNS_WORDS = {
    "eval",
    "exec",
    "compile",
    "os.system",
    "os.popen",
    "pickle.loads",
    "pickle.load",
    "marshal.loads",
}
RUNS_WORDS |= {
    "yaml.load",
    "Template",
    "Engine",
    "engines.from_string",
    "mark_safe",
    "hashlib.md5",
    "hashlib.sha1",
}
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|xox[baprs]-[A-Za-z0-9-]{20}"
    r"|eyJ[A-Za-z0-9_-]{20,}\.eyJ|://(?!user:pass)[a-z_]+:[^@\s/$…<{]{6,}@(?!.*(?:invalid|example))"
)


def existing(test: str) -> bool:
    file, _, name = test.partition("::")
    return (ROOT / file).is_file() and name in {getattr(node, "name", "") for node in tree(ROOT / file).body}


def test_threats_are_numbered_and_name_tests_that_exist() -> None:
    lines = re.findall(r"^\| T(\d+) \|(.*)$", THREATS, re.MULTILINE)
    named = {number: re.findall(r"`(tests/[^`]+)`", line) for number, line in lines}

    assert [int(number) for number, _ in lines] == list(range(1, len(lines) + 1))
    assert len(lines) >= 25
    assert [number for number, tests in named.items() if not tests] == []
    assert [test for tests in named.values() for test in tests if not existing(test)] == []


def test_each_requirement_of_the_standard_stands_once() -> None:
    ids = [row["id"] for row in ASVS]

    assert list(ASVS[0]) == ["id", "status", "evidence", "why"]
    assert len(set(ids)) == len(ids)
    assert Counter(int(each[1:].split(".")[0]) for each in ids) == CHAPTERS
    assert all(re.fullmatch(r"V\d+\.\d+\.\d+", each) for each in ids)


@pytest.mark.parametrize("status", ["met", "not_applicable", "open"])
def test_a_requirement_that_is_met_has_its_test_and_any_other_its_reason(status: str) -> None:
    rows = [row for row in ASVS if row["status"] == status]

    assert {row["status"] for row in ASVS} == {"met", "not_applicable", "open"}
    for row in rows:
        assert bool(row["evidence"]) == (status == "met"), row["id"]
        assert status == "met" or len(row["why"].split()) > 2, row["id"]
        missing = [each for each in row["evidence"].split(";") if each and not existing(each)]
        assert missing == [], row["id"]


def test_whoever_installs_reads_what_to_do_about_each_open_requirement() -> None:
    page = (
        (ROOT / "docs" / "operations" / "install.md")
        .read_text()
        .partition("## What only the council can do")[2]
    )

    told = re.findall(r"^\| (V[\d.]+) \| \S", page, re.MULTILINE)
    assert told == [row["id"] for row in ASVS if row["status"] == "open"]


def test_nothing_of_ours_runs_words() -> None:
    """No code, template, shell line or pickle is made of text, no markup is trusted, no broken digest is used."""
    found = []
    for name, path in modules().items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                shell = any(each.arg == "shell" for each in node.keywords)
                found += [f"{name}:{node.lineno} {called}"] if called in RUNS_WORDS or shell else []

    assert found == []


def test_scripts_put_in_text_and_keep_nothing() -> None:
    scripts = "".join(path.read_text() for path in (ROOT / "neet" / "ui" / "scripts").glob("*.js"))

    assert scripts
    assert re.findall(r"\b(?:innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|localStorage|sessionStorage"
                      r"|indexedDB|postMessage)\b", scripts) == []  # fmt: skip


def test_every_package_is_pinned_with_its_digest() -> None:
    python = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    from_elsewhere = [each for each in python if "registry" in each["source"]]
    files = [
        file
        for each in from_elsewhere
        for file in [*each.get("wheels", []), each.get("sdist", {"hash": "sha256:"})]
    ]
    screens = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    assert len(from_elsewhere) > 100
    assert all(file["hash"].startswith("sha256:") for file in files)
    assert [name for name, each in screens.items() if name and "integrity" not in each] == []


def test_no_file_holds_a_secret() -> None:
    names = (
        subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
        .stdout.decode()
        .split("\0")
    )
    found = []
    for path in (ROOT / name for name in names if name):
        if path.is_file() and path.stat().st_size < 1 << 20:
            found += [
                f"{path.relative_to(ROOT)}: {each[:12]}"
                for each in SECRETS.findall(path.read_text(errors="ignore"))
            ]

    assert found == []


@pytest.mark.assure
def test_no_commit_ever_held_a_secret() -> None:
    """Every line that any commit before this one added. What was taken away since stands in the history still."""
    shown = subprocess.run(
        ["git", "log", "-p", "--no-color", "--unified=0", "--format=commit %h", "--", ".", ":!*.lock", ":!*-lock.json"],
        cwd=ROOT, capture_output=True, check=False,
    )  # fmt: skip
    if shown.returncode:
        pytest.skip("there is no history here: this is not a checkout")
    commit, found = "", []
    for line in shown.stdout.decode(errors="ignore").splitlines():
        if line.startswith("commit "):
            commit = line
        elif line.startswith("+") and (secret := SECRETS.search(line)):
            found.append(f"{commit}: {secret[0][:12]}")

    assert commit
    assert found == []
