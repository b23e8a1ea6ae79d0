"""Who on the register is meant by each row: beyond doubt where numbers and names say so, else as it is weighed."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from returns.intake.keeping import take_up
from returns.intake.models import Candidate, Intake, IntakeRow
from returns.intake.queries.experience import experience_of
from returns.intake.queries.statements import statement
from tracking.matching.candidates import Beforehand
from tracking.matching.judging import Judgement, Question, judge, nothing_else
from tracking.rules.matching.deciding import Decision

# So many of those found beyond doubt are looked at with the rest, to learn from.
SAMPLE = 700
# An officer is shown no more than so many for one row.
CANDIDATES = 3
Found = IntakeRow.Found
HEADINGS = {
    "surname": "family_name", "forename": "given_name", "middle_name": "middle_name", "gender": "gender",
    "date_of_birth": "date_of_birth", "postcode": "postcode", "upn": "upn", "uln": "uln", "year_group": "year_group",
}  # fmt: skip
WEIGHED = """
create temporary table matching_weighed (row_id bigint, found text, person_id bigint, sure double precision)
on commit drop
"""


@dataclass(frozen=True, slots=True)
class Line:
    """A row to be weighed; one that was found already stands for `stands_for` of its kind."""

    row_id: int
    person_id: int | None
    stands_for: float
    clean: dict[str, str]


def match_rows(intake: Intake) -> None:
    """Find the young person of every row as it stands, and keep who was found on the rows."""
    take_up(intake)
    find_everybody(intake)
    with connection.cursor() as cursor:
        cursor.execute(statement("keep_found"))


def find_everybody(
    intake: Intake,
    beforehand: Beforehand | None = None,
    meanwhile: Callable[[Sequence[int]], None] = nothing_else,
) -> None:
    """Find the young person of every row that was taken up (keeping.take_up) and not looked for yet, and whose eye
    each doubtful one needs.

    Restricted records are found like all others; who may see them is the pages' business. What somebody decided stays.
    The same number of statements for few rows as for many; call it inside a transaction. `beforehand` are the
    register's names, where they were read while something else was waited for. `meanwhile` is asked of the database
    while the doubtful are weighed, by the young people they may be; those found beyond doubt are on the rows by then.
    """
    asked: dict[str, Any] = {
        "intake": intake.pk,
        "authority": intake.authority_id,
        "establishment": intake.establishment_id,
        "day": intake.as_at,
        "sample": SAMPLE,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"{statement('waiting')};\n{statement('beyond_doubt')}", asked)
        cursor.execute(statement("to_weigh"), asked)
        lines = [
            Line(row_id, person_id, stands_for, json.loads(clean))
            for row_id, person_id, stands_for, clean in cursor.fetchall()
        ]
    waiting = [line.row_id for line in lines if line.person_id is None]

    def those_found(people: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement("found_beyond_doubt"))
        meanwhile(people)

    if not waiting:
        those_found([])
        return
    judged = judge(_question(intake, lines, beforehand), those_found)
    _keep(waiting, judged.judgements)
    intake.matcher = judged.model.plain()
    Intake.objects.filter(pk=intake.pk).update(matcher=intake.matcher)


def _question(intake: Intake, lines: Sequence[Line], beforehand: Beforehand | None) -> Question:
    return Question(
        authority_id=intake.authority_id,
        on=intake.as_at,
        rows=[_by_headings(line, intake) for line in lines],
        stands_for=[line.stands_for for line in lines],
        held=_held(),
        experience=experience_of(intake),
        beforehand=beforehand,
    )


def _by_headings(line: Line, intake: Intake) -> dict[str, str]:
    row = {heading: line.clean.get(column) or "" for heading, column in HEADINGS.items()}
    address = " ".join(filter(None, (line.clean.get(part) for part in ("line_1", "line_2", "town"))))
    # Who keeps a list is no school of theirs: it speaks neither for nor against anybody.
    place = str(intake.establishment_id or "")
    return row | {"id": str(line.row_id), "address": address, "establishment": place}


def _held() -> dict[int, int]:
    """By young person the row that has been found to be them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select person_id, row_id from matching_waiting where person_id is not null union all"
            " select person_id, id from looked where person_id is not null and found <> 'new' and not left_out"
        )
        return dict(cursor.fetchall())


def _keep(waiting: Iterable[int], judgements: Iterable[Judgement]) -> None:
    """What was found goes to the rows, and whoever is in doubt gets candidates."""
    by_row: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_row[judgement.row].append(judgement)
    doubtful = [judgement for row_id in waiting for judgement in _to_look_at(by_row[row_id])]
    with connection.cursor() as cursor:
        cursor.execute(WEIGHED)
        with cursor.copy("copy matching_weighed from stdin") as rows:
            for row_id in waiting:
                rows.write_row((row_id, *_found(by_row[row_id])))
        cursor.execute(statement("found"))
    Candidate.objects.bulk_create(
        Candidate(row_id=one.row, person_id=one.person_id, sure=one.sure, levels=list(one.levels))
        for one in doubtful
    )


def _found(judgements: Sequence[Judgement]) -> tuple[Any, ...]:
    for judgement in judgements:
        if judgement.decision is Decision.AUTO:
            return Found.LINKED, judgement.person_id, judgement.sure
    doubtful = _to_look_at(judgements)
    return (Found.DOUBTFUL, None, doubtful[0].sure) if doubtful else (Found.NEW, None, None)


def _to_look_at(judgements: Sequence[Judgement]) -> Sequence[Judgement]:
    """The best of those an officer has to look at; none where one was linked."""
    return [each for each in judgements if each.decision is Decision.REVIEW][:CANDIDATES]
