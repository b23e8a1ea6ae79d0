"""What is wrong with a return: what only the register shows, and all of it as the pages list it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.models import Intake
from returns.intake.queries.expected import Whose, asked_of
from returns.intake.queries.statements import statement
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range

FEWEST_EXPECTED, HARDLY_ANY = 10, 10  # of so many pupils; less than so many in 100


def register_checks(intake: Intake, only: int | None = None) -> list[tuple[str, Mapping[str, Any]]]:
    """The statements that add what only the register shows, with what they ask by (R11, R13): of all rows, or of the
    one with this number and those of whom somebody else was found."""
    place, whose = intake.establishment, Whose.of(intake)
    numbers = {place.urn, place.number, place.number[3:], place.ukprn} - {""} if place else set()
    asked = {
        **asked_of(whose),
        "intake": intake.pk,
        "type": intake.type,
        "joins": LAYOUTS[intake.type].effect == "joiners_leavers",
        "own_numbers": sorted(numbers),
        "is_file": intake.channel != Intake.Channel.PAGE,
        "fewest_expected": FEWEST_EXPECTED,
        "hardly_any": HARDLY_ANY,
        "only": only,
    }
    checks: list[tuple[str, Mapping[str, Any]]] = [
        (statement("register_checks", expected=statement("expected")), asked)
    ]
    layout = LAYOUTS[intake.type]
    if layout.is_from_elsewhere:
        checks.append((statement("list_checks"), {**asked, **_ages_of(layout, whose.day)}))
    elif intake.establishment and intake.establishment.is_college and "has_plan" in layout.by_name:
        checks.append((statement("plan_checks"), {**asked, "oldest_without_plan": layout.ages[1]}))
    return checks


def _ages_of(layout: Layout, day: date) -> Mapping[str, Any]:
    """Whom a list is about: nobody born after the last day of its lowest school year, and those of some ages."""
    youngest = birth_range(layout.from_year + AGE_ABOVE_YEAR_GROUP, day)[1] if layout.from_year else day
    first, last = layout.aged or (None, None)
    return {"youngest_born": youngest, "aged_from": first, "aged_to": last}
