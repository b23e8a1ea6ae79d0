"""Whom the Activity Survey is about and what they did, as statements over many people at once."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def text(name: str) -> str:
    """One of the statements beside this file."""
    return (HERE / f"{name}.sql").read_text()
