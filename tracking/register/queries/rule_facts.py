"""What the rules of allocation read of young people: year group and circumstances on a day, for many at once."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import connection

from schools.models import Authority
from tracking.register.models import Characteristic
from tracking.rules.academic_year import year_group
from tracking.rules.allocation import Fact, Facts

LOOKED_AFTER, PARENT_HERE, CARE_LEAVER, SUPERVISED, PREGNANT, PARENT_ELSEWHERE = (
    "110", "120", "160", "170", "180", "190",
)  # fmt: skip
TAUGHT_AT_HOME = "120"
BY_CODE: Mapping[str, Fact] = MappingProxyType(
    {
        Characteristic.EHCP: Fact.PLAN,
        Characteristic.UNACCOMPANIED: Fact.UNACCOMPANIED,
        LOOKED_AFTER: Fact.CARE_HERE,
        CARE_LEAVER: Fact.CARE_LEAVER,
        SUPERVISED: Fact.COURT_ORDER,
        PREGNANT: Fact.PREGNANT,
        PARENT_HERE: Fact.PARENT,
        PARENT_ELSEWHERE: Fact.PARENT,
    }
)
# Which field somebody must read to be told a fact (fields.csv); a fact that is not here everybody with the case reads.
FIELDS: Mapping[Fact, str] = MappingProxyType(
    {
        **{fact: f"characteristic.code={code}" for code, fact in BY_CODE.items()},
        Fact.CARE_ELSEWHERE: "youngperson.corporate_parent_la",
    }
)
SELECT = """
    SELECT p.id, p.date_of_birth, p.corporate_parent_la,
      array(SELECT c.code FROM tracking_characteristic c WHERE c.person_id = p.id AND c.code = ANY(%(codes)s)
        AND (c.starts_on IS NULL OR c.starts_on <= %(day)s) AND (c.ends_on IS NULL OR c.ends_on >= %(day)s)),
      EXISTS (SELECT FROM tracking_activity a WHERE a.person_id = p.id AND a.code = %(at_home)s
        AND a.starts_on <= %(day)s)
    FROM unnest(%(people)s::bigint[]) AS asked (id) JOIN tracking_youngperson p ON p.id = asked.id
"""


def facts_of(people: Iterable[int], authority: Authority, on: date) -> dict[int, Facts]:
    """The facts of these young people of one authority on a day, by person; what a screening said is not among them.
    One statement."""
    asked: dict[str, Any] = {
        "people": list(people),
        "codes": list(BY_CODE),
        "day": on,
        "at_home": TAUGHT_AT_HOME,
    }
    with connection.cursor() as cursor:
        cursor.execute(SELECT, asked)
        return {row[0]: facts(*row[1:], own=authority.code, on=on) for row in cursor.fetchall()}


def facts(
    born_on: date | None, corporate_parent: str, codes: list[str], at_home: bool, *, own: str, on: date
) -> Facts:
    """One young person's. Whoever another council looks after is nobody's care leaver or looked after here (R58)."""
    holds = {BY_CODE[code] for code in codes}
    if corporate_parent not in ("", own):
        holds = holds - {Fact.CARE_HERE, Fact.CARE_LEAVER} | {Fact.CARE_ELSEWHERE}
    if at_home:
        holds.add(Fact.HOME_EDUCATED)
    return Facts(year_group(born_on, on) if born_on else None, frozenset(holds))
