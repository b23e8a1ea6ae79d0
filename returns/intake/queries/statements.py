"""The statements of this room that are longer than a line."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tracking.register.queries.offers import SEPTEMBER_OF, guarantees_follow

SQL = Path(__file__).resolve().parent.parent / "sql"
STEP = re.compile(r"^-- ([a-z_]+)$", re.MULTILINE)
OFFERED = "select person_id from offered"


@cache
def statement(name: str, **parts: str) -> str:
    """The statement of sql/<name>.sql, with these texts put in where it asks for them in braces."""
    text = (SQL / f"{name}.sql").read_text()
    return text.format(**parts) if parts else text


@cache
def steps(name: str) -> Mapping[str, str]:
    """The statements of sql/<name>.sql by the name above each, in their order, with what several of them hold."""
    text = statement(name)
    for part, words in _shared().items():
        text = text.replace(part, words)
    _, *parts = STEP.split(text)
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


@cache
def _shared() -> Mapping[str, str]:
    return {
        "{objecting}": statement("objecting", whose="said"),
        "{guarantees_follow}": guarantees_follow(OFFERED),
        "{september_of}": SEPTEMBER_OF,
    }
