"""What a school says of those who left it waits to be confirmed."""

from collections.abc import Mapping
from typing import Any

from returns.intake.effects.effect import AFTER, FACTS_BEFORE, Effect
from returns.intake.models import Intake
from tracking.rules.ruleset import RuleSet

ANSWERS = "Destination answers"


def asked(intake: Intake, rules: RuleSet) -> Mapping[str, Any]:
    """How the answers came, by which they are told apart from others."""
    return {"answers": ANSWERS}


DESTINATIONS = Effect(
    name="destinations", apply=(*FACTS_BEFORE, "destinations", *AFTER), known="destinations", asked=asked
)
