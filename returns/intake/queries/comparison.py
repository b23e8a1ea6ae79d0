"""How a return compares with the register as it stands."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db import connection

from returns.intake.effects import Effect, effect_of
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.queries.differences import beliefs
from returns.intake.queries.expected import Whose, asked_of, last_may
from returns.intake.queries.precedence import believed
from returns.intake.queries.statements import statement, steps
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year, year_words


@dataclass(frozen=True)
class Comparison:
    """What came of it: rows by outcome, one fingerprint of all that was seen, and how many young people changed on
    the register since the last comparison that was kept."""

    counts: Mapping[str, int]
    fingerprint: str
    changed: int


def look_up(*, intake: Intake, on: date, people: Sequence[int] = (), rows: str = "looked") -> None:
    """Have at hand what the register says of those the rows taken up are about, and of these people beside: one
    statement, for `compare` in the same transaction. `rows` is the table of the rows."""
    if effect_of(intake).known:
        return
    whose = Whose.of(intake)
    asked = {
        "establishment": whose.establishment_id,
        "day": whose.day,
        "believed": believed("activity", on),
        "people": list(people),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("standing", rows=rows), asked)


def is_compared_in_part(intake: Intake) -> bool:
    """Whether a row of this return can be compared without the others: not where its statements look at all of them."""
    effect = effect_of(intake)
    return not (effect.known or effect.looks or effect.asked or LAYOUTS[intake.type].many_lines)


def compare(*, intake: Intake, on: date, only: int | None = None) -> Comparison:
    """Compare every row taken up (keeping.take_up) with the register as it was looked up (look_up) and keep what came
    of it: outcomes, and who is missing (R12). Two statements, whatever the number of rows; call it inside a
    transaction that holds the return.

    `on` is the day of the rules. What was answered about those missing stays. Of a return that was compared before,
    `only` compares the row with this number and those that come to something else by what was found since; it looks up
    the register itself, in one more statement. The others stay as they were seen, whatever the register says by now.
    """
    whose = Whose.of(intake)
    asked = {
        **asked_of(whose),
        **beliefs(intake, on),
        "was_in_year_11": f"In Year 11 here in May {last_may(whose.day).year}",
        "is_on_roll": f"With you in {year_words(academic_year(whose.day))} by our register",
        "joins": False,
        "not_known": [],
        "adds_people": LAYOUTS[intake.type].adds_people,
        "only": only,
    }
    asked["here"] = asked["codes"]
    effect = effect_of(intake)
    if effect.asked:
        asked |= effect.asked(intake, ruleset(whose.day))
    with connection.cursor() as cursor:
        cursor.execute(statement("listed"), asked)
        if only is not None:
            look_up(intake=intake, on=on, rows="listed")
        for part in effect.looks:
            for text in steps(f"apply/{part}").values():
                cursor.execute(text, asked)
        cursor.execute(_compare(effect), asked)
        counts, fingerprint, changed = cursor.fetchone()
    return Comparison(json.loads(counts) if isinstance(counts, str) else counts, fingerprint, changed)


@cache
def _compare(effect: Effect) -> str:
    differences = statement("differences", rows=statement("rows_settled"))
    if effect.known:
        return statement("compare_facts", known=statement(f"known/{effect.known}"), differences=differences)
    return statement("compare", expected=statement("expected"), differences=differences)
