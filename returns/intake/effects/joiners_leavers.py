"""Who joined is there from that day, who left is not; what follows stands from the day after (R16, R53)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from neet import clock
from returns.intake.effects.effect import Effect
from returns.intake.effects.roll import ROLL
from returns.intake.models import Intake
from tracking.register.rules.activities import not_known_code, not_known_codes
from tracking.rules.academic_year import academic_year, ends_on, starts_on
from tracking.rules.ruleset import RuleSet

LAST_COMPULSORY = 16  # years old by the 31 August at the end of Year 11


def asked(intake: Intake, rules: RuleSet) -> Mapping[str, Any]:
    """What is there of others than a roll's: any activity makes somebody theirs, and what nobody knows has its code,
    another up to Year 11."""
    day = min(intake.as_at, clock.today())
    year = academic_year(day)
    return {
        "joins": True,
        "here": sorted(rules.activities),
        "unknown": not_known_code(None, day, rules),
        "unknown_at_school": not_known_code(day, day, rules),
        "not_known": sorted(not_known_codes(rules)),
        "at_school_born_from": starts_on(year - LAST_COMPULSORY),
        "year_end": ends_on(year),
        "own_code": intake.authority.code,
    }


JOINERS_LEAVERS: Effect = replace(
    ROLL,
    name="joiners_leavers",
    apply=(
        "taken_up",
        "activities_meant",
        "held_back",
        "people",
        "activities_done",
        "left_for",
        "situations",
        "settled",
    ),
    asked=asked,
)
