"""Who on a register may be who came in: by the numbers the database knows, and by the passes of the rules over
everybody's names, birthdays and postcodes.

Three columns and a birthday of a whole county are read faster than the database could look for a thousand people by
all the ways a name goes wrong. They stay in the database: what is kept of each is a few numbers.
"""

from dataclasses import dataclass, replace

import numpy as np
from django.db import connection

from tracking.rules.matching import blocking
from tracking.rules.matching.people import Ints, People, Vocabulary, from_columns, only

# Columns of many people come as one text each, a line for everybody: so they are taken in ten times faster than row by
# row. A name's own line breaks count as spaces. Addresses are looked up one by one: they do not say whose council's.
NAMES = """
select string_agg(p.id::text, E'\\n'), string_agg(replace(p.family_name, E'\\n', ' '), E'\\n'),
  string_agg(replace(p.given_name, E'\\n', ' '), E'\\n'), string_agg(coalesce(p.date_of_birth::text, ''), E'\\n'),
  string_agg(p.gender, E'\\n'), string_agg(coalesce((
    select r.postcode from tracking_residence r where r.person_id = p.id and r.ends_on is null), ''), E'\\n')
from (
  select id, family_name, given_name, date_of_birth, gender from tracking_youngperson
  where authority_id = %(authority)s and merged_into_id is null
  union all
  select id, family_name, known_as, date_of_birth, gender from tracking_youngperson
  where authority_id = %(authority)s and merged_into_id is null and known_as not in ('', given_name)
  union all
  select p.id, f.family_name, f.given_name, p.date_of_birth, p.gender
  from tracking_formername f join tracking_youngperson p on p.id = f.person_id
  where p.authority_id = %(authority)s and p.merged_into_id is null
) p
group by p.id / %(at_a_time)s
"""
HEADINGS = ("id", "surname", "forename", "date_of_birth", "gender", "postcode")
KEPT = ("surname", "forename", "born", "gender", "postcode")
# So many are read at a time; what is kept of each is a number a column.
AT_A_TIME = 100_000
NUMBERS = """
select i.row, p.id from unnest(%(rows)s::bigint[], %(upns)s::text[]) as i (row, number)
join tracking_youngperson p on p.upn = i.number and p.upn <> '' and p.authority_id = %(authority)s
  and p.merged_into_id is null
union
select i.row, p.id from unnest(%(rows)s::bigint[], %(ulns)s::text[]) as i (row, number)
join tracking_youngperson p on p.uln = i.number and p.uln <> '' and p.authority_id = %(authority)s
  and p.merged_into_id is null
"""


# Of a larger register only the postcodes of those who came in are kept.
MOST_BEFOREHAND = 100_000
HOW_MANY = "select count(*) from (select from tracking_youngperson where authority_id = %s limit %s) few"


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody on one authority's register by every name they have or had; `person` says who each name is, `keyed`
    holds what blocks are found by."""

    people: People
    person: Ints
    keyed: blocking.Keyed

    def each_once(self) -> People:
        """Everybody by the name they have now."""
        _, first = np.unique(self.person, return_index=True)
        return self.people if len(first) == len(self.person) else self.people.take(first)


@dataclass(frozen=True, slots=True)
class Beforehand:
    """One authority's names, read before anybody came in, and the words they were read with."""

    authority_id: int
    words: Vocabulary
    names: Names


def read_beforehand(authority_id: int) -> Beforehand | None:
    """The names of a register of usual size, so that they are at hand by the time they are asked for; None of one so
    large that it is read by those who come in. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(HOW_MANY, [authority_id, MOST_BEFOREHAND + 1])
        (people,) = cursor.fetchone()
    if people > MOST_BEFOREHAND:
        return None
    words = Vocabulary()
    return Beforehand(authority_id, words, _names(authority_id, words))


def names_of(authority_id: int, words: Vocabulary) -> Names:
    """One authority's names, present ones first; restricted people among them: this is for the matcher, never for a
    page. One statement. A postcode counts as none where `words` has not met it: give it those of who came in."""
    return _names(authority_id, replace(words, postcodes=replace(words.postcodes, is_closed=True)))


def _names(authority_id: int, words: Vocabulary) -> Names:
    parts: dict[str, list[Ints]] = {name: [np.zeros(0, dtype=np.int64)] for name in ("person", *KEPT)}
    with connection.chunked_cursor() as cursor:
        cursor.execute(NAMES, {"authority": authority_id, "at_a_time": AT_A_TIME})
        while some := cursor.fetchone():
            texts = (column.split("\n") for column in some)
            found = from_columns(dict(zip(HEADINGS, texts, strict=True)), words)
            parts["person"].append(found.ids.astype(np.int64))
            for name in KEPT:
                parts[name].append(getattr(found, name))
    columns = {name: np.concatenate(part) for name, part in parts.items()}
    person = columns.pop("person")
    people = only(len(person), columns)
    return Names(people, person, blocking.keyed(people, words, blocking.OF_NAMES))


def candidates(incoming: People, names: Names, words: Vocabulary, *, authority_id: int) -> tuple[Ints, Ints]:
    """Young people and rows of what came in worth comparing, each pair once, in order of what came in. One
    statement, however many came in."""
    left, right = blocking.candidates(
        names.keyed,
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
