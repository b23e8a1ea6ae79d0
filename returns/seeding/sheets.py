"""A school's own file, invented: what the register has of its pupils, with what a summer does to such lists."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from returns.intake.layouts import Layout
from tracking.seeding import names
from tracking.seeding.chance import between, one_of

Row = dict[str, str]
COLUMNS = (
    "family_name", "given_name", "date_of_birth", "gender", "upn", "line_1", "town", "postcode", "year_group",
    "activity", "course", "starts_on",
)  # fmt: skip
NUMBERS = ("upn", "uln", "young_person_id")
COURSES = ("Mathematics", "Biology and chemistry", "Art and design", "Business", "Health and social care")


@dataclass(frozen=True)
class Slips:
    """How many rows of each kind a file has that the register does not."""

    gone: int = 1
    new: int = 1
    doubtful: int = 0
    wrong: int = 0


def sheet(rng: Random, rows: Iterable[Mapping[str, str]], slips: Slips, as_at: date) -> list[Row]:
    """The rows of a file as the school has them."""
    known = [dict(row) for row in rows][slips.gone :]
    for row in known[: slips.doubtful]:
        _look_different(rng, row)
    for number, row in enumerate(known[slips.doubtful : slips.doubtful + slips.wrong]):
        _go_wrong(number, row)
    return known + [_newcomer(rng, known[0], as_at) for _ in range(slips.new if known else 0)]


def _look_different(rng: Random, row: Row) -> None:
    """Nobody can be sure any more who it is: no number, another home, and a name that is written differently."""
    for name in NUMBERS:
        row.pop(name, None)
    row["line_1"], row["postcode"] = f"{between(rng, 1, 90)} Harbour View", f"ZZ{between(rng, 10, 99)} 7QQ"
    row["given_name"] = names.nickname(row["given_name"])


def _go_wrong(number: int, row: Row) -> None:
    """The mistakes of every export, one after the other."""
    if number % 4 == 0:
        row["date_of_birth"] = "31/02/2009"
    elif number % 4 == 1:
        row["upn"] = "A12345"
    elif number % 4 == 2:
        row["postcode"] = "unknown"
    else:
        row["given_name"] = ""


def _newcomer(rng: Random, like: Row, as_at: date) -> Row:
    """Somebody who was not on the register: moved here in the summer."""
    gender = one_of(rng, ("F", "M"))
    born = date(as_at.year - 17, between(rng, 1, 8), between(rng, 1, 28))
    return {
        **{name: like.get(name, "") for name in ("activity", "starts_on", "year_group", "town")},
        "family_name": names.family_name(rng), "given_name": names.given_name(rng, gender), "gender": gender,
        "date_of_birth": born.isoformat(), "line_1": f"{between(rng, 1, 120)} Station Road",
        "postcode": f"ZZ{between(rng, 10, 99)} 2BB", "course": one_of(rng, COURSES), "year_group": "12",
    }  # fmt: skip


def as_csv(layout: Layout, rows: Sequence[Row]) -> bytes:
    """The file, its days the way spreadsheets here write them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([layout.column(name).words for name in COLUMNS])
    for row in rows:
        writer.writerow([_written(row.get(name, "")) for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def _written(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value
