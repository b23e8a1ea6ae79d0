"""Places applied for and offered: one row for each place and course, what follows for the guarantee, what is to do."""

from collections.abc import Mapping
from typing import Any

from neet import clock
from neet.ui.words import day
from returns.intake.effects.effect import FACTS_BEFORE, Effect
from returns.intake.models import Intake
from tracking.register.queries.offers import asked_of_offers
from tracking.rules.ruleset import RuleSet

# A line that names a place and not how it stands: an offers return speaks of offers, any other of applications.
STAGE_IF_NONE = {"offers": "conditional"}
HELD_BACK = FACTS_BEFORE.index("held_back")


def asked(intake: Intake, rules: RuleSet) -> Mapping[str, Any]:
    """What the statements about offers ask by: whose return it is, and the rules of its day."""
    place, as_at = intake.establishment, min(intake.as_at, clock.today())
    return {
        **asked_of_offers(rules, clock.today()),
        "september": rules.offers.september_of(as_at),
        "offers_as_at": as_at,
        "own_name": place.name if place else "",
        "own_la": place.la_code if place else intake.authority.code,
        "stage_if_none": STAGE_IF_NONE.get(intake.type, "applied"),
        "not_applied_words": f"has not applied, told by {intake.sent_by} on {day(as_at)}",
    }


OFFERS = Effect(
    name="offers",
    looks=("offers_of_looked", "offers_said"),
    known="offers",
    apply=(
        *FACTS_BEFORE[:HELD_BACK],
        "offers_of_arriving",
        "offers_said",
        *FACTS_BEFORE[HELD_BACK:],
        "offers",
        "situations",
        "settled",
        "offers_to_do",
    ),
    asked=asked,
)
