"""The statements of this room that are longer than a line."""

from functools import cache
from pathlib import Path

SQL = Path(__file__).resolve().parent.parent / "sql"


@cache
def statement(name: str, **parts: str) -> str:
    """The statement of sql/<name>.sql, with these texts put in where it asks for them in braces."""
    text = (SQL / f"{name}.sql").read_text()
    return text.format(**parts) if parts else text
