"""What the database itself does where somebody is erased. Run by migrations."""

from pathlib import Path

HERE = Path(__file__).resolve().parent


def text(name: str) -> str:
    """The SQL file of that name."""
    return (HERE / f"{name}.sql").read_text()
