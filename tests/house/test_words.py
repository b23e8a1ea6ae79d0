"""What people read: no words of the workshop, and what the files may not say."""

import re
import subprocess

import pytest

from tests.house.sources import ROOT, modules, templates, tree

# Words of the workshop, and what people read instead (docs/glossary.md).
INTERNAL = {
    "claim": "unconfirmed information",
    "claims": "unconfirmed information",
    "lapse": "out of date",
    "lapses": "out of date",
    "lapsed": "out of date",
    "staged": "waiting to be checked",
    "hit": "found elsewhere",
    "no-hit": "not found elsewhere",
    "step-up": "confirm it is you",
    "break-glass": "open in an emergency",
    "break glass": "open in an emergency",
}
TAGS = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->|<[^>]*>", re.DOTALL)
LITERALS = re.compile(r"""(?:text|title|label|words|hint|caption|heading)=["']([^"']*)["']""")
SHOWN = re.compile(r"""(?:title|alt|aria-label|placeholder)="([^"{]*)\"""")
MACHINE = re.compile(rf"(?<![\w.~-])(?:/home/\w|/root/\w|/Users/\w|{re.escape(str(ROOT))}\b)")


@pytest.mark.parametrize("name", templates())
def test_a_template_shows_no_word_of_the_workshop(name: str) -> None:
    source = templates()[name].read_text()
    shown = " ".join([TAGS.sub(" ", source), *LITERALS.findall(source), *SHOWN.findall(source)]).lower()

    found = {word: instead for word, instead in INTERNAL.items() if re.search(rf"\b{word}\b", shown)}

    assert not found


def test_no_file_names_a_place_on_one_machine() -> None:
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    found = []
    for name in listed:
        if name in {"uv.lock", "package-lock.json"} or not (ROOT / name).is_file():
            continue
        try:
            text = (ROOT / name).read_text()
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group()}" for match in MACHINE.finditer(text)]

    assert not found


def test_every_package_says_what_it_is_for() -> None:
    silent = [
        name
        for name, path in modules().items()
        if path.name == "__init__.py" and "management" not in path.parts and not says_something(name)
    ]

    assert not silent


def test_every_module_of_rules_says_what_it_is_for() -> None:
    silent = [name for name in modules() if ".rules" in name and not says_something(name)]

    assert not silent


def says_something(name: str) -> bool:
    """Does a module open with words?"""
    body = tree(modules()[name]).body
    first = body[0].value if body and hasattr(body[0], "value") else None
    return bool(getattr(first, "value", ""))
