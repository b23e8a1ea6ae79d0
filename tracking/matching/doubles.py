"""Who stands on one register twice: everybody beside everybody, or those who changed beside all others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db import connection

from tracking.rules.academic_year import year_group
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Ints, People, Vocabulary, from_columns
from tracking.rules.matching.twice import beside_the_rest, find_twice

# Columns come as one text each, a line for everybody: ten times faster than row by row. A value's own line breaks count
# as spaces.
EVERYBODY = """
select {columns} from (
  select p.id::text as id, p.family_name as surname, p.given_name as forename, p.middle_name as middle_name,
    coalesce(p.date_of_birth::text, '') as date_of_birth, p.gender as gender, coalesce(r.postcode, '') as postcode,
    concat_ws(' ', r.line_1, r.line_2, r.line_3, r.line_4, r.town) as address, p.upn as upn, p.uln as uln,
    coalesce(a.establishment_id::text, '') as establishment, p.id as number
  from tracking_youngperson p
  left join tracking_residence r on r.person_id = p.id and r.ends_on is null
  left join tracking_situation s on s.person_id = p.id
  left join tracking_activity a on a.id = s.activity_id
  where p.authority_id = %(authority)s and p.merged_into_id is null
) p
"""
HEADINGS = (
    "id", "surname", "forename", "middle_name", "date_of_birth", "gender", "postcode", "address", "upn", "uln",
    "establishment",
)  # fmt: skip
COLUMNS = ", ".join(rf"string_agg(replace({name}, E'\n', ' '), E'\n' order by number)" for name in HEADINGS)
SHARING = """
with people as materialized (
  select id, upn, uln, previous_id, young_person_id from tracking_youngperson
  where authority_id = %(authority)s and merged_into_id is null
)
select least(one, other), greatest(one, other), min(place) from (
  select a.id, b.id, 1 from people a join people b on b.upn = a.upn and b.id > a.id where a.upn <> ''
  union all
  select a.id, b.id, 2 from people a join people b on b.uln = a.uln and b.id > a.id where a.uln <> ''
  union all
  select a.id, b.id, 3 from people a join people b on b.young_person_id = a.previous_id and b.id <> a.id
  where a.previous_id <> ''
) shared (one, other, place)
group by 1, 2
"""
NUMBERS = {1: "upn", 2: "uln", 3: "ccis"}


@dataclass(frozen=True, slots=True)
class Double:
    """Two young people of one register, the one who came first before the other: how sure it is that they are one, how
    far each field agrees, and which number they share."""

    first: int
    second: int
    sure: float
    levels: tuple[int, ...]
    number: str


@dataclass(frozen=True, slots=True)
class Doubles:
    """What a search found, of how many pairs, and what was believed for it."""

    found: tuple[Double, ...]
    pairs: int
    model: MatchingModel


def doubles(
    *, authority_id: int, on: date, changed: Sequence[int] | None = None, model: MatchingModel | None = None
) -> Doubles:
    """Pairs of one authority's register worth an officer's look, restricted people among them: for those who may see
    both. With `changed` and a model learned before only pairs of these people. Two statements, however many there are.
    """
    if changed is not None and not len(changed) and model:
        return Doubles((), 0, model)
    words = Vocabulary()
    everybody = _everybody(authority_id, on, words)
    ids = everybody.ids.astype(np.int64)
    sharing = _sharing(authority_id)
    if model is None or changed is None:
        linked = find_twice(everybody, words)
        model, rows, pairs = linked.model, np.zeros(0, dtype=np.int64), linked.compared
        known = [linked.decided]
    else:
        rows, known, pairs = np.flatnonzero(np.isin(ids, list(changed))), [], 0
    also = _places(sharing, ids, None if changed is None else set(ids[rows].tolist()))
    if len(rows) or len(also[0]):
        known.append(beside_the_rest(everybody, rows, also, words, model))
    found: dict[tuple[int, int], Double] = {}
    for decided in known:
        wanted = zip(decided.left, decided.right, decided.sure, decided.levels, strict=True)
        for left, right, sure, levels in wanted:
            pair = (min(int(ids[left]), int(ids[right])), max(int(ids[left]), int(ids[right])))
            found.setdefault(pair, Double(*pair, float(sure), tuple(levels.tolist()), sharing.get(pair, "")))
    return Doubles(tuple(found[pair] for pair in sorted(found)), max(pairs, len(found)), model)


def _everybody(authority_id: int, on: date, words: Vocabulary) -> People:
    with connection.cursor() as cursor:
        cursor.execute(EVERYBODY.format(columns=COLUMNS), {"authority": authority_id})
        texts = [column.split("\n") if column is not None else [] for column in cursor.fetchone()]
    columns = dict(zip(HEADINGS, texts, strict=True))
    groups = {
        day: str(year_group(date.fromisoformat(day), on)) for day in set(columns["date_of_birth"]) if day
    }
    columns["year_group"] = [groups.get(day, "") for day in columns["date_of_birth"]]
    return from_columns(columns, words)


def _sharing(authority_id: int) -> dict[tuple[int, int], str]:
    """Pairs that share a number, or of whom one carries the other's as its earlier one. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(SHARING, {"authority": authority_id})
        return {(first, second): NUMBERS[place] for first, second, place in cursor.fetchall()}


def _places(sharing: dict[tuple[int, int], str], ids: Ints, among: set[int] | None) -> tuple[Ints, Ints]:
    """Those pairs by their rows; with `among` only pairs of one of these people."""
    pairs = [pair for pair in sharing if among is None or among & set(pair)]
    asked = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return np.searchsorted(ids, asked[:, 0]), np.searchsorted(ids, asked[:, 1])
