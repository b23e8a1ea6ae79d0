"""Who on a register may be who came in: by the numbers the database knows, and by the passes of the rules over
everybody's names, birthdays and postcodes.

Three columns and a birthday of a whole county are read faster than the database could look for a thousand people by
all the ways a name goes wrong.
"""

from dataclasses import dataclass

import numpy as np
from django.db import connection

from tracking.rules.matching import blocking
from tracking.rules.matching.people import Ints, People, Vocabulary, from_columns

NAMES = """
select p.id::text, p.family_name, p.given_name, coalesce(p.date_of_birth::text, ''), p.gender, coalesce(r.postcode, '')
from (
  select id, family_name, given_name, date_of_birth, gender from tracking_youngperson
  where authority_id = %(authority)s
  union all
  select id, family_name, known_as, date_of_birth, gender from tracking_youngperson
  where authority_id = %(authority)s and known_as not in ('', given_name)
  union all
  select p.id, f.family_name, f.given_name, p.date_of_birth, p.gender
  from tracking_formername f join tracking_youngperson p on p.id = f.person_id
  where p.authority_id = %(authority)s
) p left join tracking_residence r on r.person_id = p.id and r.ends_on is null
"""
HEADINGS = ("id", "surname", "forename", "date_of_birth", "gender", "postcode")
NUMBERS = """
select i.row, p.id from unnest(%(rows)s::bigint[], %(upns)s::text[]) as i (row, number)
join tracking_youngperson p on p.upn = i.number and p.upn <> '' and p.authority_id = %(authority)s
union
select i.row, p.id from unnest(%(rows)s::bigint[], %(ulns)s::text[]) as i (row, number)
join tracking_youngperson p on p.uln = i.number and p.uln <> '' and p.authority_id = %(authority)s
"""


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody on one authority's register by every name they have or had; `person` says who each name is."""

    people: People
    person: Ints

    @property
    def size(self) -> int:
        """How many young people there are."""
        return len(np.unique(self.person))

    def each_once(self) -> People:
        """Everybody by the name they have now."""
        _, first = np.unique(self.person, return_index=True)
        return self.people.take(first)


def names_of(authority_id: int, words: Vocabulary) -> Names:
    """One authority's names, present ones first; restricted people among them: this is for the matcher, never for a
    page. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(NAMES, {"authority": authority_id})
        columns = zip(*cursor.fetchall(), strict=True)
    found = from_columns(dict(zip(HEADINGS, columns, strict=False)) or {"id": ()}, words)
    return Names(found, found.ids.astype(np.int64))


def candidates(incoming: People, names: Names, words: Vocabulary, *, authority_id: int) -> tuple[Ints, Ints]:
    """Young people and rows of what came in worth comparing, each pair once, in order of what came in. One
    statement, however many came in."""
    left, right = blocking.candidates(
        blocking.keyed(names.people, words, blocking.OF_NAMES),
        blocking.keyed(incoming, words, blocking.OF_NAMES),
        blocking.OF_NAMES,
    )
    by_number = np.array(_by_number(incoming, authority_id), dtype=np.int64).reshape(-1, 2)
    pairs = np.unique(np.concatenate([np.stack([right, names.person[left]], axis=1), by_number]), axis=0)
    return pairs[:, 1], pairs[:, 0]


def _by_number(incoming: People, authority_id: int) -> list[tuple[int, int]]:
    rows = np.flatnonzero((incoming.upn != "") | (incoming.uln != ""))
    asked = {
        "rows": rows.tolist(),
        "upns": incoming.upn[rows].tolist(),
        "ulns": incoming.uln[rows].tolist(),
        "authority": authority_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(NUMBERS, asked)
        return cursor.fetchall()
