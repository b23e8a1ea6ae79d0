"""Who stands on one register twice: everybody beside everybody, or those who changed beside all others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.db import connection

from tracking.rules.academic_year import year_group
from tracking.rules.matching.comparing import comparison
from tracking.rules.matching.deciding import Decided
from tracking.rules.matching.for_eyes import LINES, sure_for_eyes
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.names import fold
from tracking.rules.matching.people import Ints, People, Vocabulary, behind_each_other, from_columns
from tracking.rules.matching.twice import beside_the_rest, find_twice

# Columns come as one text each, a line for everybody: ten times faster than row by row. A value's own line breaks count
# as spaces. So many are read at a time; addresses and numbers are all that is kept of them as text.
AT_A_TIME = 50_000
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
) p group by number / %(at_a_time)s order by number / %(at_a_time)s
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
# What people were called before, and what they are called at home: somebody may have put them on again so.
OTHER_NAMES = """
select h.id, h.family_name, h.given_name from tracking_youngperson_history h
join tracking_youngperson p on p.id = h.id
where p.authority_id = %(authority)s and p.merged_into_id is null
  and (h.family_name, h.given_name) <> (p.family_name, p.given_name)
union
select f.person_id, f.family_name, f.given_name from tracking_formername f
join tracking_youngperson p on p.id = f.person_id
where p.authority_id = %(authority)s and p.merged_into_id is null
union
select id, family_name, known_as from tracking_youngperson
where authority_id = %(authority)s and merged_into_id is null and known_as not in ('', given_name)
order by 1, 2, 3
"""


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
    both; by earlier names as well. With `changed` and a model learned before only pairs of these people. Three
    statements, however many there are.
    """
    if changed is not None and not len(changed) and model:
        return Doubles((), 0, model)
    words = Vocabulary()
    ids, everybody = _everybody(authority_id, on, words)
    sharing = _sharing(authority_id)
    known, pairs = [], 0
    if model is None or changed is None:
        linked = find_twice(everybody, words, MatchingModel(lines=LINES), sure_for_eyes)
        model, pairs, changed = linked.model, linked.compared, None
        known = [linked.decided]
    again_ids, others = _under_other_names(authority_id, everybody, ids, words)
    named, numbered = behind_each_other([everybody, others]), np.concatenate([ids, again_ids])
    again = np.arange(len(everybody), len(named))
    rows = again if changed is None else np.flatnonzero(np.isin(numbered, list(changed)))
    also = _places(sharing, ids, None if changed is None else set(changed))
    if len(rows) or len(also[0]):
        decided = beside_the_rest(named, rows, also, words, model, sure_for_eyes)
        known.append(_as_called_now(decided, np.searchsorted(ids, numbered), everybody, words))
    found: dict[tuple[int, int], Double] = {}
    for each in _pairs(known, ids):
        pair = (each.first, each.second)
        if each.first != each.second and (pair not in found or found[pair].sure < each.sure):
            found[pair] = replace(each, number=sharing.get(pair, ""))
    return Doubles(tuple(found[pair] for pair in sorted(found)), max(pairs, len(found)), model)


def _as_called_now(decided: Decided, own: Ints, everybody: People, words: Vocabulary) -> Decided:
    """As sure as their other names made it, with the fields beside each other as the records say today."""
    left, right = own[decided.left], own[decided.right]
    levels = comparison(everybody, everybody, words).levels(left, right)
    return replace(decided, left=left, right=right, levels=levels)


def _pairs(known: Sequence[Decided], ids: Ints) -> Iterator[Double]:
    """Every pair that was decided on, the one who came first before the other."""
    for decided in known:
        ones, others = ids[decided.left].tolist(), ids[decided.right].tolist()
        for one, other, sure, levels in zip(ones, others, decided.sure, decided.levels, strict=True):
            yield Double(min(one, other), max(one, other), float(sure), tuple(levels.tolist()), "")


def _everybody(authority_id: int, on: date, words: Vocabulary) -> tuple[Ints, People]:
    """Their ids, in order, and what is compared of them. One statement."""
    ids, parts = [np.zeros(0, dtype=np.int64)], [from_columns({}, words)]
    asked = {"authority": authority_id, "at_a_time": AT_A_TIME}
    with connection.chunked_cursor() as cursor:
        cursor.execute(EVERYBODY.format(columns=COLUMNS), asked)
        while some := cursor.fetchone():
            columns = dict(zip(HEADINGS, (column.split("\n") for column in some), strict=True))
            ids.append(np.array(columns.pop("id"), dtype=np.int64))
            days = set(columns["date_of_birth"]) - {""}
            groups = {day: str(year_group(date.fromisoformat(day), on)) for day in days}
            columns["year_group"] = [groups.get(day, "") for day in columns["date_of_birth"]]
            parts.append(from_columns(columns, words))
    return np.concatenate(ids), behind_each_other(parts)


def _under_other_names(
    authority_id: int, everybody: People, ids: Ints, words: Vocabulary
) -> tuple[Ints, People]:
    """Everybody who had or has another name, once more under each. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(OTHER_NAMES, {"authority": authority_id})
        named = cursor.fetchall()
    those = np.array([pk for pk, _, _ in named], dtype=np.int64)
    rows = np.searchsorted(ids, those)
    return those, replace(
        everybody.take(rows),
        surname=words.names.column([family for _, family, _ in named], fold),
        forename=words.names.column([given for _, _, given in named], fold),
    )


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
