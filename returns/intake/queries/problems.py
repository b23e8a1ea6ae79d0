"""What is wrong with a return: what only the register shows, and all of it as the pages list it."""

from collections.abc import Mapping
from typing import Any

from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.models import Intake
from returns.intake.queries.expected import Whose, asked_of
from returns.intake.queries.statements import statement

FEWEST_EXPECTED, HARDLY_ANY = 10, 10  # of so many pupils; less than so many in 100


def register_checks(intake: Intake) -> list[tuple[str, Mapping[str, Any]]]:
    """The statements that add what only the register shows, with what they ask by (R11, R13)."""
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
    }
    return [(statement("register_checks", expected=statement("expected")), asked)]
