"""Young people as the matcher reads them: all that can be compared, under every name they have or had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from tracking.rules.academic_year import year_group
from tracking.rules.matching.people import Ints, People, Vocabulary, from_columns

ENTRIES = """
select p.id, n.family_name, n.given_name, p.middle_name, coalesce(p.date_of_birth::text, ''), p.gender,
  coalesce(r.postcode, ''), concat_ws(' ', r.line_1, r.line_2, r.line_3, r.line_4, r.town), p.upn, p.uln,
  coalesce(a.establishment_id::text, '')
from (
  select id, family_name, given_name, true as is_first from tracking_youngperson where id = any(%(people)s)
  union all
  select id, family_name, known_as, false from tracking_youngperson
  where id = any(%(people)s) and known_as not in ('', given_name)
  union all
  select person_id, family_name, given_name, false from tracking_formername where person_id = any(%(people)s)
) n
join tracking_youngperson p on p.id = n.id
left join tracking_residence r on r.person_id = p.id and r.ends_on is null
left join tracking_situation s on s.person_id = p.id
left join tracking_activity a on a.id = s.activity_id
order by p.id, n.is_first desc, n.family_name, n.given_name
"""
ENTRIES_HOLD = (
    "id", "surname", "forename", "middle_name", "date_of_birth", "gender", "postcode", "address", "upn", "uln",
    "establishment",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entries:
    """Young people as they stand on the register: a row for each name somebody has or had, their present one first.
    `first` is by row the first of the same person, `row_of` by person."""

    people: People
    first: Ints
    row_of: dict[int, int]


def entries(people: Sequence[int], on: date, words: Vocabulary) -> Entries:
    """These young people, restricted or not, in the year group they are in on the day: this is for the matcher, never
    for a page."""
    columns = _columns(ENTRIES, {"people": list(people)}, ENTRIES_HOLD)
    columns["year_group"] = _year_groups(columns["date_of_birth"], on)
    ids = np.array(columns["id"], dtype=np.int64)
    first = np.searchsorted(ids, ids)
    return Entries(from_columns(columns, words), first, dict(zip(ids.tolist(), first.tolist(), strict=True)))


def _year_groups(days: Sequence[str], on: date) -> list[str]:
    groups = {day: str(year_group(date.fromisoformat(day), on)) for day in set(days) if day}
    return [groups.get(day, "") for day in days]


def _columns(
    statement: str, asked: Sequence[int] | Mapping[str, list[int]], names: tuple[str, ...]
) -> dict[str, Sequence[str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        rows = cursor.fetchall()
    found = zip(*rows, strict=True) if rows else ((),) * len(names)
    return dict(zip(names, found, strict=True))
