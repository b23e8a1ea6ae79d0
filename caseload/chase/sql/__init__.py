"""Statements over everybody who may have to be called."""

from pathlib import Path


def text(name: str) -> str:
    """The statement of that name."""
    return Path(__file__).with_name(f"{name}.sql").read_text(encoding="utf-8")
