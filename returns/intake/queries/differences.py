"""What a return would change on the register, field by field: before and after."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from neet import clock
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow
from returns.intake.queries.expected import Whose
from returns.intake.queries.statements import statement
from tracking.models import Objection, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.rules.academic_year import academic_year, starts_on

FIELDS = ("activity", "name", "birth", "number", "address", "contact", "details")
# Whose pupil somebody is not yet, of them a school or college is not shown what the register holds.
THEIRS = frozenset({IntakeRow.Outcome.CONTINUING, IntakeRow.Outcome.UNCHANGED, IntakeRow.Outcome.LEFT})


@dataclass(frozen=True)
class Change:
    """One field of somebody's record: what stands there (empty: nothing, or nothing they may see) and what would."""

    column: str
    before: str
    after: str


def changes_of(intake: Intake, rows: Iterable[IntakeRow]) -> Mapping[int, list[Change]]:
    """What these rows of a return would change, by row id. Two statements, whatever the number of rows."""
    wanted = {row.pk: row.outcome in THEIRS for row in rows}
    found: dict[int, list[Change]] = defaultdict(list)
    text = statement("differences", rows=statement("rows_shown")) + " order by row_id, place"
    asked = {
        **beliefs(intake, clock.today()),
        "establishment": intake.establishment_id,
        "day": Whose.of(intake).day,
        "rows": list(wanted),
    }
    with connection.cursor() as cursor:
        cursor.execute(text, asked)
        for row_id, _, name, held, said in cursor.fetchall():
            found[row_id].append(Change(name, (held or "") if wanted[row_id] else "", said))
    return found


def beliefs(intake: Intake, on: date) -> dict[str, Any]:
    """How far a school's or college's word goes on each kind of field, and who objected to what being passed on."""
    rules, layout = ruleset(on), LAYOUTS[intake.type]
    # Named first by who objected at all, or everybody on the register is asked.
    ever = Objection.objects.values("person_id")
    people = YoungPerson.objects.filter(objection_in_force(on), pk__in=ever, authority=intake.authority_id)
    return {
        "intake": intake.pk,
        "source": layout.source,
        "year_start": starts_on(academic_year(Whose.of(intake).day)),
        "objectors": list(people.values_list("pk", flat=True)),
        "objected_to": sorted({each.name for each in layout.columns} - layout.kept_of_objectors()),
        **{field: str(rules.belief(field, layout.source)) for field in FIELDS},
    }
