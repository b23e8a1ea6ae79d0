"""The rows of a return go into the register by a few statements, however many rows there are."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from neet import clock
from neet.audit.models import AuditEvent
from neet.ui.words import day
from returns.intake.effects import Effect, effect_of
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow
from returns.intake.queries.expected import AUTUMN
from returns.intake.queries.statements import steps
from returns.intake.rules.activities import full_time_at
from returns.intake.rules.in_the_way import IN_THE_WAY, KEEPS, OBJECTED
from tracking.reference.queries import ruleset
from tracking.register.models.facts import Characteristic
from tracking.register.rules.activities import not_known_codes
from tracking.rules.academic_year import academic_year, birth_range, starts_on
from tracking.rules.codes import CohortKind, Status
from tracking.rules.offers import BY_OFFERS
from tracking.rules.ruleset import RuleSet

Outcome = IntakeRow.Outcome
TAKEN = (
    Outcome.CONTINUING, Outcome.NEW_HERE, Outcome.LEFT, Outcome.RECORDS, Outcome.NEW_PERSON, Outcome.UNCHANGED,
)  # fmt: skip
FIELDS = ("activity", "leaving", "name", "birth", "number", "address", "contact", "details", "plan")
NOT_RECORDED = "not recorded"
DUE_IN = timedelta(days=14)
ANSWERED, REPLACED = "Answered by a return", "Replaced by a later return"
LAST = "settled"  # the part in which rows are marked as done
TASKS = ("left", "not_returned", "return_differs")


@dataclass(frozen=True)
class Taken:
    """What came of it: counts by step, and the young people it concerned."""

    counts: Mapping[str, int]
    people: tuple[int, ...]


def take_over(intake: Intake, event: AuditEvent, rows: list[int] | None = None) -> Taken:
    """Put a return's rows (all that are clear, or these) into the register under an act that the caller records.

    What stands in the way of a row is put on it as a problem and the rest goes in. Rows put in before stay out.
    """
    effect = effect_of(intake)
    asked = {**_asked_of(intake, effect, clock.today()), "rows": rows, **_asked_of_act(intake, event)}
    counts: dict[str, int] = {}
    people: tuple[int, ...] = ()
    for part in effect.apply:
        if part == LAST and effect.kept_above:
            counts |= _kept_above(intake, event)
        done, found = _run(part, asked)
        counts |= done
        people = found or people
    with connection.cursor() as cursor:
        cursor.execute("drop table arriving, deeds, homes")
    return Taken(counts, people)


def _run(part: str, asked: Mapping[str, Any]) -> tuple[dict[str, int], tuple[int, ...]]:
    """Run the statements of one file of sql/apply: each answers with a number, the one called `people` with them."""
    counts: dict[str, int] = {}
    people: tuple[int, ...] = ()
    with connection.cursor() as cursor:
        for name, text in steps(f"apply/{part}").items():
            cursor.execute(text, asked)
            if cursor.description is None:
                counts[name] = cursor.rowcount
            elif name == "people":
                people = tuple(cursor.fetchone()[0] or ())
            else:
                counts[name] = int(cursor.fetchone()[0])
    return counts, people


ARRIVED = """
    select r.row_id, r.person_id, r.said from arriving r join deeds d on d.place = r.place
    where d.why is null and r.row_id is not null order by r.place
"""


def _kept_above(intake: Intake, event: AuditEvent) -> dict[str, int]:
    """What the rows say is kept by a higher floor, in the same transaction: f(intake=, event=, rows=) gives counts,
    rows being (row id, young person's id, clean values)."""
    with connection.cursor() as cursor:
        cursor.execute(ARRIVED)
        rows = [(row, person, json.loads(said)) for row, person, said in cursor.fetchall()]
    take = import_string(settings.INTAKE_TAKERS[intake.type]["take"])
    return dict(take(intake=intake, event=event, rows=rows))


def cause_of(intake_id: int) -> str:
    """By which the tasks of a return are found again."""
    return f"intake:{intake_id}"


def _asked_of_act(intake: Intake, event: AuditEvent) -> dict[str, Any]:
    earlier = (
        Intake.objects.filter(expected=intake.expected_id).exclude(pk=intake.pk).values_list("pk", flat=True)
    )
    at: datetime = event.at
    return {
        "event": event.pk,
        "by": event.user_id,
        "at": at,
        "now": at,
        "cause": cause_of(intake.pk),
        "earlier": [cause_of(pk) for pk in earlier],
        "due_on": clock.today() + DUE_IN,
        "asked": list(TASKS),
        "answered": ANSWERED,
        "replaced": REPLACED,
    }


def _asked_of(intake: Intake, effect: Effect, today: date) -> dict[str, Any]:
    """What the statements ask by: the return, its establishment, the rules of the day and the words."""
    as_at = min(intake.as_at, today)
    rules = ruleset(as_at)
    layout = LAYOUTS[intake.type]
    return {
        "intake": intake.pk,
        "authority": intake.authority_id,
        "outcomes": list(TAKEN),
        "dropped": sorted({column.name for column in layout.columns} - layout.kept_of_objectors()),
        "as_at": as_at,
        "today": today,
        "is_autumn": intake.type == AUTUMN,
        "joins": False,
        "source": layout.source,
        "plan_code": Characteristic.EHCP,
        "plan_excludes": Characteristic.SEN_SUPPORT,
        **_place(intake),
        **_codes(intake, rules),
        **_guarantee(intake, rules, as_at),
        **{field: str(rules.belief(field, layout.source)) for field in FIELDS},
        **_words(),
        **(effect.asked(intake, rules) if effect.asked else {}),
    }


def _place(intake: Intake) -> dict[str, Any]:
    place = intake.establishment
    return {
        "establishment": place.pk if place else None,
        "place": intake.sent_by,
        "place_name": place.name if place else "",
        "place_number": place.number if place else "",
        "place_ukprn": place.ukprn if place else "",
        "la_code": place.la_code if place else intake.authority.code,
        "own_code": intake.authority.code,
        "districts": list(intake.authority.districts.values_list("pk", flat=True)),
    }


def _codes(intake: Intake, rules: RuleSet) -> dict[str, Any]:
    primary = sorted(rules.cohort_letters(CohortKind.PRIMARY))
    return {
        "full_time_here": full_time_at(intake.kind_of_place, rules),
        "learning": sorted(rules.activities_with(Status.EET)),
        "not_known": sorted(not_known_codes(rules)),
        "tracked": sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)),
        "in_cohort": primary[0],
    }


def _guarantee(intake: Intake, rules: RuleSet, as_at: date) -> dict[str, Any]:
    """Who began learning by when had an offer, and the status and words for it (R138)."""
    limits, year = rules.limits, academic_year(as_at)
    until = date(year, *divmod(limits["guarantee_shown_until"], 100))
    year_12, year_13 = (birth_range(limits[name], as_at) for name in ("youngest_measured", "oldest_measured"))
    said = f"Began learning at {intake.sent_by} by {day(until)}, by its return of {day(as_at)}"
    return {
        "year_start": starts_on(year),
        "last_may": date(year, 5, 31),
        "shown_until": until,
        "year_12_from": year_12[0],
        "year_12_to": year_12[1],
        "year_13_from": year_13[0],
        "year_13_to": year_13[1],
        "on_beginning": str(limits["guarantee_on_beginning"]),
        "on_going_on": str(limits["guarantee_on_going_on"]),
        "guarantee_reason": said[:200],
        "by_offers": BY_OFFERS,
        "shows_offer": sorted(
            code for code, activity in rules.activities.items() if activity.counts_in_education_and_training
        ),
        "not_recorded": sorted(
            code for code, status in rules.guarantee_statuses.items() if status.family == NOT_RECORDED
        ),
    }


def _words() -> dict[str, Any]:
    return {
        "kinds": list(IN_THE_WAY),
        "columns": [each.column for each in IN_THE_WAY.values()],
        "whys": [each.why for each in IN_THE_WAY.values()],
        "fixes": [each.fix for each in IN_THE_WAY.values()],
        "keeps": KEEPS.why,
        "keeps_fix": KEEPS.fix,
        "objected": OBJECTED.why,
        "objected_fix": OBJECTED.fix,
    }
