"""The statements of this room that are longer than a line."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from returns.intake.queries.statements import statement as of_intake

SQL = Path(__file__).with_name("sql")
STEP = re.compile(r"^-- ([a-z_]+)$", re.MULTILINE)


@cache
def held_against(known: str) -> str:
    """A list against the register; `known` names the file that says which rows say nothing new."""
    return text("held_against").replace("{known}", of_intake(f"known/{known}"))


OF_ONE_LIST = """
    looked as materialized (
      select id, number, clean, left_out, person_id from returns_intakerow where intake_id = %(intake)s
    ),"""
COUNTED = """
    (select %(intake)s::bigint, part, explained <> '', count(*) from ({against}) as of_one group by 2, 3)"""


@cache
def counted_against(known: str, place: int) -> str:
    """How many of each part one list has against the register: `held_against` over a list where it is kept, counted.
    What it asks bears its place among several lists."""
    against = held_against(known).replace("with known as", f"with {OF_ONE_LIST} known as", 1)
    return COUNTED.replace("{against}", against).replace("%(", f"%(l{place}_")


@cache
def steps(name: str) -> Mapping[str, str]:
    """The statements of sql/<name>.sql by the name above each, in their order."""
    _, *parts = STEP.split(text(name))
    return dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))


@cache
def text(name: str) -> str:
    """The statement of sql/<name>.sql."""
    return (SQL / f"{name}.sql").read_text()
