"""The statements about a whole cohort, each in its own file."""

from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent


@cache
def text(name: str) -> str:
    """The statement of this name."""
    return (HERE / f"{name}.sql").read_text()
