"""What moves and questions between councils ask of the database, many people at once."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def text(name: str) -> str:
    """The SQL file of that name."""
    return (HERE / f"{name}.sql").read_text()
