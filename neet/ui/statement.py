"""What is known of how far the pages can be used by everybody: the list the long proof writes, page by page."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

LOOKED_AT = Path(__file__).parent / "looked_at.csv"


class Looked(NamedTuple):
    """One kind of page, as it stood on a day: by whom it was opened, within which frame (desk, portal or outside),
    whether a form sent empty was looked at too, and what stood in somebody's way."""

    page: str
    seen: str
    role: str
    on: str
    refused: str
    barriers: str


COLUMNS = Looked._fields


@dataclass(frozen=True)
class Findings:
    """What the statement says: counts of kinds of page, the days of the oldest and newest look, and those that fall
    short."""

    pages: int
    refused: int
    roles: int
    since: date | None
    until: date | None
    short: Sequence[Looked]


def looked_at() -> list[Looked]:
    """Every line of the list, in its order; none before the first look."""
    if not LOOKED_AT.exists():
        return []
    with LOOKED_AT.open(newline="") as file:
        return [Looked(**line) for line in csv.DictReader(file)]


def findings(looked: Sequence[Looked]) -> Findings:
    """The list counted: a page seen within two frames is one kind of page."""
    days = sorted(date.fromisoformat(each.on) for each in looked)
    return Findings(
        pages=len({each.page for each in looked}),
        refused=len({each.page for each in looked if each.refused}),
        roles=len({each.role for each in looked if each.role != "public"}),
        since=days[0] if days else None,
        until=days[-1] if days else None,
        short=[each for each in looked if each.barriers],
    )
