"""What the pages for whoever runs the system say is so: settings, numbers, tests, commands, files and links."""

import ast
import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.test import Client
from django.urls import reverse

from neet.accounts.roles import ROLES
from neet.accounts.rules.sign_on import SINGLE
from tests.house.sources import ROOT, modules, tree

DOCS = ROOT / "docs"
OPERATIONS = sorted((DOCS / "operations").glob("*.md"))
GUIDES = sorted((DOCS / "guides").glob("*.md"))
PAGES = [ROOT / "README.md", DOCS / "faults.md", DOCS / "proofs.md", *OPERATIONS, *GUIDES]
READERS = {"flag", "listed", "environ.get", "environment.get", "os.environ.get"}
NOT_OURS = {"PATH"}


def named(page: Path, pattern: str) -> list[str]:
    """Every first group of a pattern in a page."""
    return re.findall(pattern, page.read_text(), re.MULTILINE)


def read_from_environment() -> set[str]:
    """Every variable that some module of the floors reads."""
    found = {f"SIGN_ON_{name}" for name in SINGLE}
    for path in modules().values():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and ast.unparse(node.func) in READERS:
                found |= {first.value for first in node.args[:1] if isinstance(first, ast.Constant)}
            if isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
                found |= {node.slice.value} if isinstance(node.slice, ast.Constant) else set()
    return {name for name in found - NOT_OURS if name.isupper()}


def test_every_setting_is_explained_and_no_other() -> None:
    explained = named(DOCS / "operations" / "settings.md", r"^\| `([A-Z_]+)` \|")

    assert len(explained) == len(set(explained))
    assert set(explained) == read_from_environment()


def test_the_example_names_only_settings() -> None:
    example = named(ROOT / ".env.example", r"^#? ?([A-Z_]+)=")

    assert set(example) <= read_from_environment()


@pytest.mark.django_db
def test_every_number_is_explained_and_no_other(client: Client, settings) -> None:
    settings.METRICS_TOKEN = "a-long-one"
    answer = client.get(reverse("metrics"), headers={"Authorization": "Bearer a-long-one"}).content.decode()
    told = set(re.findall(r"^# TYPE (\w+) gauge", answer, re.MULTILINE))

    assert set(named(DOCS / "operations" / "monitoring.md", r"^\| `(neet_\w+)` \|")) == told


def test_faults_name_tests_that_exist() -> None:
    page = (DOCS / "faults.md").read_text()
    numbers = re.findall(r"^\| ([FD]\d+) \|", page, re.MULTILINE)

    assert numbers == [f"F{n}" for n in range(1, 15)] + ["D1", "D2", "D3"]
    for file, name in re.findall(r"`(tests/\S+\.py)::(\w+)`", page):
        assert name in {getattr(node, "name", "") for node in tree(ROOT / file).body}, f"{file}::{name}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_and_files_that_a_page_names_exist(page: Path) -> None:
    text = page.read_text()
    commands = set(re.findall(r"(?:manage\.py|-m django) ([a-z_]+)", text))
    files = set(re.findall(r"(?<![\w/])((?:bin|neet/launch)/[\w./-]+\w)", text))

    assert commands - {"help"} <= set(get_commands())
    assert [name for name in files if not (ROOT / name).exists()] == []


def written_out(page: Path) -> list[tuple[str, list[str]]]:
    """Every command of ours that a page writes out with what it is told, its line breaks taken away."""
    text = re.sub(r"\s+", " ", page.read_text())
    lines = re.findall(r"`[^`]*?(?:manage\.py|-m django) ([a-z_]+(?: [^`]+)?)`", text)
    return [(name, told) for name, *told in map(shlex.split, lines)]


@pytest.mark.parametrize("page", OPERATIONS, ids=lambda page: page.name)
def test_commands_that_a_page_writes_out_take_what_they_are_told(page: Path) -> None:
    apps = get_commands()

    for name, told in written_out(page):
        if name == "help" or "--help" in told:
            continue
        parser = load_command_class(apps[name], name).create_parser("manage.py", name)
        roles = [sorted(ROLES)[0] if each == "R" else each for each in told]
        assert parser.parse_args(roles), (name, told)


def test_pages_write_commands_out() -> None:
    named = {name for page in OPERATIONS for name, _ in written_out(page)}

    assert {"verify_audit", "state_hash", "erase_again", "mkuser", "migrate"} <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if "://" in target:
            continue
        file, _, heading = target.partition("#")
        other = (page.parent / file).resolve() if file else page
        assert other.exists(), target
        slugs = [re.sub(r"[^\w -]", "", each).strip().lower().replace(" ", "-") for each in headings(other)]
        assert not heading or heading in slugs, target


def headings(page: Path) -> list[str]:
    return re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE) if page.suffix == ".md" else []
