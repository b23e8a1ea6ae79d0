"""Who on a register may be who came in: pairs found by the database, by the same passes as between two files.

Set-based: the people who came in go to a temporary table by COPY and every pass is one SELECT over the register's own
indexes, so the number of statements does not grow with the people. Judging the pairs is the rules' business.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction

COLUMNS = ("row", "surname", "forename", "born", "postcode", "upn", "uln")
STAGE = """
create temporary table if not exists matching_in (
  row integer primary key, surname text not null, forename text not null, born date, postcode text not null,
  upn text not null, uln text not null
) on commit drop
"""
# Each pass reaches the register by one of its indexes. Former names count as names.
PASSES = {
    "number": """
        select i.row, p.id from matching_in i join tracking_youngperson p on p.upn = i.upn and p.upn <> ''
        where p.authority_id = %(authority)s
        union all
        select i.row, p.id from matching_in i join tracking_youngperson p on p.uln = i.uln and p.uln <> ''
        where p.authority_id = %(authority)s
    """,
    "birthday and a name": """
        select i.row, p.id from matching_in i
        join tracking_youngperson p on p.authority_id = %(authority)s and p.date_of_birth = any(array[i.born,
          case when extract(day from i.born) <= 12 then make_date(extract(year from i.born)::int,
            extract(day from i.born)::int, extract(month from i.born)::int) end])
        where left(tracking_fold(p.family_name), 1) in (left(i.surname, 1), left(i.forename, 1))
           or left(tracking_fold(p.given_name), 1) in (left(i.surname, 1), left(i.forename, 1))
           or tracking_fold(p.family_name) %% i.surname
    """,
    "last and first name": """
        select i.row, p.id from matching_in i
        join tracking_youngperson p on p.authority_id = %(authority)s
          and tracking_fold(p.family_name) collate "C" = i.surname
          and tracking_fold(p.given_name) collate "C" = i.forename
        union all
        select i.row, p.id from matching_in i
        join tracking_youngperson p on p.authority_id = %(authority)s
          and tracking_fold(p.family_name) collate "C" = i.forename
          and tracking_fold(p.given_name) collate "C" = i.surname
    """,
    "nearly the name": """
        select i.row, p.id from matching_in i
        join tracking_youngperson p on tracking_fold(p.given_name || ' ' || p.family_name)
          %% (i.forename || ' ' || i.surname)
        where p.authority_id = %(authority)s
    """,
    "former name": """
        select i.row, p.id from matching_in i
        join tracking_formername f on tracking_fold(f.given_name || ' ' || f.family_name)
          %% (i.forename || ' ' || i.surname)
        join tracking_youngperson p on p.id = f.person_id
        where p.authority_id = %(authority)s
    """,
    "home": """
        select i.row, p.id from matching_in i
        join tracking_residence r on replace(r.postcode, ' ', '') = i.postcode and r.ends_on is null
        join tracking_youngperson p on p.id = r.person_id
        where i.postcode <> '' and p.authority_id = %(authority)s
    """,
}


@dataclass(frozen=True, slots=True)
class CameIn:
    """One who came in, as written; `row` names them in the pairs that are found."""

    row: int
    surname: str
    forename: str
    born: str | None
    postcode: str
    upn: str = ""
    uln: str = ""


def candidates(people: Sequence[CameIn], *, authority_id: int) -> list[tuple[int, int]]:
    """Pairs of a row and a young person of this authority worth comparing, each once, in order. Two statements and a
    COPY, however many people."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STAGE)
        cursor.execute("truncate matching_in")
        with cursor.copy(f"copy matching_in ({', '.join(COLUMNS)}) from stdin") as rows:
            for one in people:
                rows.write_row((one.row, one.surname, one.forename, one.born, one.postcode, one.upn, one.uln))
        cursor.execute(
            "update matching_in set surname = tracking_fold(surname), forename = tracking_fold(forename),"
            " postcode = upper(replace(postcode, ' ', '')), upn = upper(trim(upn)), uln = trim(uln)"
        )
        cursor.execute("analyze matching_in")
        cursor.execute("select set_config('pg_trgm.similarity_threshold', '0.45', true)")
        cursor.execute(f"{' union '.join(PASSES.values())} order by 1, 2", {"authority": authority_id})
        return [(row, person) for row, person in cursor.fetchall()]
