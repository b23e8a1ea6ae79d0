"""What docs/validation.md has to hold, read from the code; `python -m tests.house.validation` writes it anew."""

import os
import re
from collections.abc import Iterator

from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "validation.md"
RAISES = {"error": "refused", "query": "asked about", "note": "told"}


def of_files() -> Iterator[str]:
    """What one file may cost whoever reads it."""
    from neet.files.content import LARGEST_DIRECTORY
    from neet.files.reader import Limits

    limits = Limits()
    yield "| limit of a file | figure |"
    yield "|---|---|"
    yield f"| rows | {limits.rows:,} |"
    yield f"| columns | {limits.columns:,} |"
    yield f"| signs of a cell | {limits.longest_cell:,} |"
    yield f"| signs of a text file | {limits.text:,} |"
    yield f"| parts of a packed file | {limits.entries:,} |"
    yield f"| MiB of a packed file, unpacked | {limits.unpacked >> 20:,} |"
    yield f"| KiB of the directory of a packed file | {LARGEST_DIRECTORY >> 10:,} |"
    yield f"| MiB of memory while it is read | {limits.memory >> 20:,} |"
    yield f"| seconds of reading | {limits.seconds:,} |"


def of_cells() -> Iterator[str]:
    """What a return's cells, rows and whole are held against."""
    from returns.intake.rules.found import PROBLEMS, group_words

    yield "| kind | what is found | what becomes of it |"
    yield "|---|---|---|"
    for kind, problem in PROBLEMS.items():
        yield f"| {kind} | {group_words(kind)} | {RAISES[str(problem.severity)]} |"


def of_columns() -> Iterator[str]:
    """The form that single columns of the database must have, and what several of a row must be to each other."""
    from django.apps import apps
    from django.db.models import CheckConstraint

    yield "| table | rule |"
    yield "|---|---|"
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        for rule in model._meta.constraints:
            if isinstance(rule, CheckConstraint) and model.__module__.split(".")[0] in OURS:
                yield f"| {model._meta.verbose_name} | {rule.name.replace('_', ' ')} |"


OURS = {"neet", "schools", "tracking", "returns", "caseload"}
PARTS = {"files": of_files, "cells": of_cells, "columns": of_columns}


def part(name: str, text: str) -> str:
    """What stands on the page between the marks of a part."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", text, re.DOTALL)
    return found[1] if found else ""


def written(text: str) -> str:
    """The page with every part as the code has it."""
    for name, lines in PARTS.items():
        text = text.replace(
            f"<!-- {name} -->\n{part(name, text)}\n", f"<!-- {name} -->\n" + "\n".join(lines()) + "\n"
        )
    return text


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "neet.settings")
    django.setup()
    PAGE.write_text(written(PAGE.read_text()))
