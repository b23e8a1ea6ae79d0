"""Statements over everybody who may have to be called."""

from pathlib import Path


def text(name: str) -> str:
    """The statement of that name."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")


def step(name: str, wanted: str) -> str:
    """One named step of a file of several."""
    parts = (part.removeprefix("-- ").split("\n", 1) for part in text(name).split("\n\n"))
    return dict(part for part in parts if len(part) > 1)[wanted]
