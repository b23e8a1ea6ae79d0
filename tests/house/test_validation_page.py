"""What docs/validation.md says is checked is what the code checks."""

import re
from typing import Any

import pytest
from django import forms
from django.utils.module_loading import import_string
from rest_framework import serializers

from returns.intake.rules.found import PROBLEMS, Severity
from tests.house.sources import modules
from tests.house.validation import PAGE, PARTS, part, written
from tests.returns.intake.rules._reading import cleaned, kinds

TEXT = PAGE.read_text()
ITEM = re.compile(r"^\| (\w+) \| `([^`]+)`[^|]* \| `([^`]+)` \| `([^`]+)` \|$", re.MULTILINE)
FORM = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([a-z_.]+\.[A-Z]\w+) \|$", re.MULTILINE)
SENT = re.compile(r"(?:forms|serializers)\.FileField\(")


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_as_the_code_has_it(name: str) -> None:
    """Write it anew with: python -m tests.house.validation"""
    assert len(part(name, TEXT).splitlines()) > 8
    assert part(name, TEXT) == "\n".join(PARTS[name]())
    assert written(TEXT) == TEXT


@pytest.mark.parametrize(("item", "right", "kept", "wrong"), ITEM.findall(TEXT))
def test_what_is_right_is_kept_and_what_is_wrong_is_not(item: str, right: str, kept: str, wrong: str) -> None:
    found, refused = cleaned(**{item: right}), cleaned(**{item: wrong})

    assert (found.values[item], kinds(found)) == (kept, [])
    assert refused.values.get(item, "") == ""
    assert {PROBLEMS[kind].severity for kind in kinds(refused)} <= {Severity.ERROR, Severity.QUERY}
    assert kinds(refused) != []


def fields_of(form: str) -> dict[str, Any]:
    """The declared fields of a form or of what a program sends."""
    found: Any = import_string(form)
    fields: dict[str, Any] = getattr(found, "base_fields", None) or found._declared_fields
    return fields


def test_every_form_that_takes_a_file_is_on_the_page() -> None:
    told = {form for *_, form in FORM.findall(TEXT)}
    takes = [
        name for name, path in modules().items() if SENT.search(path.read_text()) and "samples" not in name
    ]

    assert len(ITEM.findall(TEXT)) >= 10
    assert len(told) >= 7
    assert {form.rpartition(".")[0] for form in told} == set(takes)
    for form in told:
        assert isinstance(fields_of(form)["file"], forms.FileField | serializers.FileField)


@pytest.mark.parametrize(("endings", "form"), [(row[2], row[3]) for row in FORM.findall(TEXT)])
def test_the_endings_on_the_page_are_those_the_form_offers(endings: str, form: str) -> None:
    field = fields_of(form)["file"]
    offered = field.widget.attrs.get("accept", "") if isinstance(field, forms.FileField) else ""

    assert endings.split() == (offered.split(",") if offered else ["any"])
