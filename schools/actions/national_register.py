"""Taking in the national register of schools and colleges."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from django.db import connection

from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.kinds import Kind
from schools.rules.national_register import NEEDED, BadLine, Listed, is_for_us, listed, once_a_number

COLUMNS = "urn, number, la_code, name, kind, town, postcode, ukprn, highest_year_group, closed_on"
INCOMING = f"""
    SELECT {COLUMNS} FROM jsonb_to_recordset(%s::jsonb) AS r (urn text, number text, la_code text, name text,
        kind text, town text, postcode text, ukprn text, highest_year_group smallint, closed_on date)
"""
# A place entered by hand is known by its DfE number until the register names its URN.
ADOPT = f"""
    UPDATE schools_establishment e SET urn = i.urn FROM ({INCOMING}) i
    WHERE e.urn = '' AND e.number = i.number AND i.number <> ''
        AND NOT EXISTS (SELECT FROM schools_establishment o WHERE o.urn = i.urn)
"""
# Numbers move from a closed school to the academy after it, so they are let go before they are given.
LET_GO = f"""
    UPDATE schools_establishment e SET number = '' FROM ({INCOMING}) i
    WHERE e.number = i.number AND i.number <> '' AND e.urn <> i.urn
"""
WRITE = f"""
    INSERT INTO schools_establishment AS e ({COLUMNS}, short_code)
    SELECT {COLUMNS}, '' FROM ({INCOMING}) i
    ON CONFLICT (urn) WHERE urn <> '' DO UPDATE
    SET (number, la_code, name, kind, town, postcode, ukprn, highest_year_group, closed_on) = (
        excluded.number, excluded.la_code, excluded.name, excluded.kind, excluded.town, excluded.postcode,
        excluded.ukprn, excluded.highest_year_group, excluded.closed_on)
    WHERE (e.number, e.la_code, e.name, e.kind, e.town, e.postcode, e.ukprn, e.highest_year_group,
        e.closed_on) IS DISTINCT FROM (excluded.number, excluded.la_code, excluded.name, excluded.kind,
        excluded.town, excluded.postcode, excluded.ukprn, excluded.highest_year_group, excluded.closed_on)
    RETURNING xmax = 0
"""


class NotTheRegister(ValueError):
    """The file lacks columns of the national register; the message names them."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What taking in the register did; `bad` holds the line numbers and what is wrong with each."""

    added: int
    changed: int
    too_young: int
    bad: tuple[tuple[int, str], ...]


def load_establishments(
    *, headings: Iterable[str], lines: Iterable[Mapping[str, str]], by: User | None = None
) -> Loaded:
    """Bring our places up to the national register, closed ones kept. Raises NotTheRegister.

    Places are never deleted, and those the register does not name stay as they are.
    """
    if missing := set(NEEDED) - set(headings):
        raise NotTheRegister(f"These columns are missing: {', '.join(sorted(missing))}.")
    found, too_young, bad = _understood(lines)
    incoming = json.dumps([asdict(row) for row in once_a_number(found)], default=str)
    with recorded(Kind.ESTABLISHMENTS_LOADED, by=by) as event, connection.cursor() as cursor:
        cursor.execute(ADOPT, [incoming])
        cursor.execute(LET_GO, [incoming])
        cursor.execute(WRITE, [incoming])
        written = cursor.fetchall()
        added = sum(is_new for (is_new,) in written)
        event.counts = {"added": added, "changed": len(written) - added, "bad": len(bad)}
    return Loaded(added, len(written) - added, too_young, tuple(bad))


def _understood(lines: Iterable[Mapping[str, str]]) -> tuple[list[Listed], int, list[tuple[int, str]]]:
    found: dict[str, Listed] = {}
    too_young, bad = 0, []
    for number, line in enumerate(lines, start=2):
        if not is_for_us(line):
            too_young += 1
            continue
        try:
            row = listed(line)
        except BadLine as problem:
            bad.append((number, str(problem)))
        else:
            found[row.urn] = row
    return list(found.values()), too_young, bad
