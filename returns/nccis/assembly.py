"""From the register to the records of one month's file: one statement, streamed, in the order of the file."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from returns.nccis.record import Record
from schools.models import Authority
from tracking.rules import academic_year
from tracking.rules.codes import CohortKind
from tracking.rules.ruleset import RuleSet

ASSEMBLY = (Path(__file__).resolve().parent / "assembly.sql").read_text()
CHARACTERISTICS = Record._fields.index("characteristics")
GUARANTEE_MOVES_UP_FROM = 9


def records(
    *, authority: Authority, period_end: date, ruleset: RuleSet, people: Sequence[int] | None = None
) -> Iterator[Record]:
    """The young people of an authority's file for the month that ends on the day, by their number; of these `people`
    only, where given.

    Who is in: everyone of the primary cohort by age (final compulsory year, academic age 16 and 17, older with an
    EHC plan) and everyone kept for the September Guarantee, every month; each leaver once, in the month they left or,
    where we heard of it later, in the next file after one that still had them (nccis.md sections 2 and 3). Read from
    the register as it is now believed to have been on that day.
    """
    asked = parameters(authority=authority, period_end=period_end, ruleset=ruleset)
    asked["people"] = list(people) if people is not None else None
    # cursor.cursor is psycopg's own: Django's counting wrapper has no room for parameters here
    with connection.cursor() as cursor, cursor.cursor.copy(f"copy ({ASSEMBLY}) to stdout", asked) as lines:
        for line in lines:
            yield _record(bytes(line).decode())


def parameters(*, authority: Authority, period_end: date, ruleset: RuleSet) -> dict[str, object]:
    """What the statement asks: birth dates from ages, letters and codes from the rule set."""
    limits = ruleset.limits
    born = {
        age: academic_year.birth_range(age, period_end)
        for age in range(limits["youngest_academic_age"], limits["oldest_with_plan"] + 1)
    }
    youngest = limits["youngest_academic_age"]
    later = period_end.month >= GUARANTEE_MOVES_UP_FROM or period_end.month < 4
    return {
        "authority": authority.pk,
        "la_code": authority.code,
        "period_end": period_end,
        "month_start": period_end.replace(day=1),
        "characteristics": sorted(ruleset.characteristics),
        "primary": sorted(ruleset.cohort_letters(CohortKind.PRIMARY)),
        "primary_letter": min(ruleset.cohort_letters(CohortKind.PRIMARY)),
        "guarantee_only": sorted(ruleset.cohort_letters(CohortKind.GUARANTEE)),
        "sent_once": sorted(letter for letter, status in ruleset.cohort_statuses.items() if status.sent_once),
        "compulsory_born_from": born[youngest][0],
        "born_to": born[youngest][1],
        "born_from": born[limits["oldest_without_plan"]][0],
        "born_from_with_plan": born[limits["oldest_with_plan"]][0],
        **_between("year_11", born[youngest + later]),
        **_between("year_12", born[youngest + later + 1]),
        "not_known": f"{limits['code_when_not_known']:03d}",
        "not_known_compulsory": f"{limits['code_when_not_known_at_school_age']:03d}",
    }


def _between(name: str, days: tuple[date, date]) -> dict[str, date]:
    return {f"{name}_from": days[0], f"{name}_to": days[1]}


def _record(line: str) -> Record:
    fields: list[Any] = line.rstrip("\n").split("\t")  # in the order of the statement, which is Record's
    if "\\" in line:
        fields = [unescaped(field) for field in fields]
    codes = fields[CHARACTERISTICS]
    fields[CHARACTERISTICS] = tuple(codes.split(",")) if codes else ()
    return Record(*fields)


ESCAPES = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\b": "\b", "\\f": "\f", "\\v": "\v", "\\\\": "\\"}


def unescaped(field: str) -> str:
    """A field of PostgreSQL's text copy as it was before escaping."""
    parts, at = [], 0
    while (found := field.find("\\", at)) >= 0:
        parts += [field[at:found], ESCAPES.get(field[found : found + 2], field[found + 1 : found + 2])]
        at = found + 2
    return "".join([*parts, field[at:]])
