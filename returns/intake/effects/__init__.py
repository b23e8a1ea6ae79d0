"""What each kind of return does to the register."""

from collections.abc import Mapping

from returns.intake.effects.destinations import DESTINATIONS
from returns.intake.effects.effect import Effect
from returns.intake.effects.joiners_leavers import JOINERS_LEAVERS
from returns.intake.effects.listed import LISTED
from returns.intake.effects.offers import OFFERS
from returns.intake.effects.potential_neet import POTENTIAL_NEET
from returns.intake.effects.roll import ROLL
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake

EFFECTS: Mapping[str, Effect] = {
    effect.name: effect
    for effect in (
        ROLL,
        JOINERS_LEAVERS,
        OFFERS,
        POTENTIAL_NEET,
        DESTINATIONS,
        LISTED,
    )
}


def effect_of(intake: Intake) -> Effect:
    """What this return does."""
    return EFFECTS[LAYOUTS[intake.type].effect]


__all__ = ["EFFECTS", "Effect", "effect_of"]
