"""What work or learning young people seek, what keeps them from it, and what there is for them (R72, R82, R94)."""

from collections.abc import Mapping
from dataclasses import dataclass

ANY = ""  # no sector, level or district said: any would do


@dataclass(frozen=True, slots=True)
class Listed:
    """One sector, level or barrier: its words, and where it stands on a list."""

    code: str
    words: str
    order: int


@dataclass(frozen=True, slots=True)
class Provision:
    """A course, programme or kind of job with places for young people; `months` are those in which it begins."""

    code: str
    words: str
    authority: str
    district: str
    sector: str
    level: str
    places: int
    months: tuple[int, ...]


def listed(row: Mapping[str, str]) -> Listed:
    """A row of the tables of sectors, levels and barriers. Raises ValueError where the order is no number."""
    return Listed(row["code"], row["plain_words"], int(row["order"]))


def provision(row: Mapping[str, str]) -> Provision:
    """A row of the table `provision`. Raises ValueError where a number is none, or a month is no month."""
    months = tuple(int(month) for month in row["months"].split())
    if not all(1 <= month <= 12 for month in months):
        raise ValueError(f"{row['months']!r} names no months")
    return Provision(
        code=row["code"],
        words=row["plain_words"],
        authority=row["authority"],
        district=row["district"],
        sector=row["sector"],
        level=row["level"],
        places=int(row["places"]),
        months=months,
    )
