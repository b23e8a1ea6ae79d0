"""No template lies about unused, and none holds what the content policy refuses."""

import functools
import re
from pathlib import Path

import pytest
from django.template.engine import Engine
from django.template.loader import get_template

from tests.house.sources import FLOORS, ROOT, modules, templates

NAMED = re.compile(r"""["']([\w./{}-]+\.(?:html|txt|svg|xml))["']""")
# Asked for by Django itself, by name.
BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
REFUSED = re.compile(
    r"""<script(?![^>]*(?:\bsrc=|application/json))[^>]*>|<style\b|\sstyle=|\son[a-z]+=["']|javascript:""",
    re.IGNORECASE,
)


@functools.cache
def asked_for() -> tuple[re.Pattern[str], ...]:
    """Every template name that code or another template writes; `{...}` in a name stands for anything."""
    texts = [path.read_text() for path in [*modules().values(), *templates().values()]]
    texts += [path.read_text() for floor in FLOORS for path in (ROOT / floor).rglob("*.html")]
    names = {name for text in texts for name in NAMED.findall(text)}
    return tuple(re.compile(re.sub(r"\\{.*?\\}", "[^/]+", re.escape(name)) + "$") for name in names)


def replaces_an_installed_one(name: str) -> bool:
    """Is this ours in the place of a template of Django or a library, which asks for it?"""
    loaders = Engine.get_default().template_loaders
    places = [str(origin.name) for loader in loaders for origin in loader.get_template_sources(name)]
    return sum(Path(place).exists() for place in places) > 1


@pytest.mark.parametrize("name", templates())
def test_a_template_is_used(name: str) -> None:
    used = name in BY_DJANGO or any(pattern.search(name) for pattern in asked_for())

    assert used or replaces_an_installed_one(name)


@pytest.mark.parametrize("name", [name for name in templates() if name.endswith(".html")])
def test_a_template_can_be_read_and_holds_nothing_inline(name: str) -> None:
    get_template(name)

    assert not REFUSED.findall(templates()[name].read_text())
