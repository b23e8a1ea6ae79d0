"""What is wrong with a return: what only the register shows, and all of it as the pages list it."""

from collections.abc import Mapping
from typing import Any

from returns.intake.models import Intake
from returns.intake.queries.expected import Whose, asked_of
from returns.intake.queries.statements import statement


def register_checks(intake: Intake) -> list[tuple[str, Mapping[str, Any]]]:
    """The statements that add what only the register shows, with what they ask by (R11, R13)."""
    place, whose = intake.establishment, Whose.of(intake)
    numbers = {place.urn, place.number, place.number[3:], place.ukprn} - {""}
    asked = {
        "intake": intake.pk,
        "authority": intake.authority_id,
        "establishment": place.pk,
        "type": intake.type,
        "own_numbers": sorted(numbers),
        "outgrown": asked_of(whose)["outgrown"],
    }
    return [(statement("register_checks"), asked)]
