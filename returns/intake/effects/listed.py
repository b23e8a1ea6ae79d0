"""A list from elsewhere: each row says that something is so of somebody, since when, or that it has ended."""

from collections.abc import Mapping
from typing import Any

from neet import clock
from returns.intake.effects.effect import Effect
from returns.intake.layouts.meanings import HERE, Meaning, meanings
from returns.intake.models import Intake
from returns.intake.rules.activities import full_time_at
from schools.models import Establishment
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet

ROOM_FOR_SOURCE = 40


def asked(intake: Intake, rules: RuleSet) -> Mapping[str, Any]:
    """What its statements ask by: what the words of the list mean on its day, and whose list it is."""
    found = meanings(intake.type, rules.on)
    kinds = [str(kind) for kind in Establishment.Kind]
    return {
        "m_columns": [each.column for each in found],
        "m_values": [each.value for each in found],
        "m_characteristics": [each.characteristic for each in found],
        "m_at_school": [each.at_school_age for each in found],
        "m_later": [each.later for each in found],
        "m_adult": [each.adult for each in found],
        "m_does": [str(each.does) for each in found],
        "m_instead_of": [each.instead_of for each in found],
        "place_kinds": kinds,
        "place_codes": [full_time_at(kind, rules) for kind in kinds],
        "codes_of_list": sorted(codes_of(found, rules)),
        "school_age_codes": sorted(rules.activities_with(Status.COMPULSORY)),
        "neet_codes": sorted(rules.activities_with(Status.NEET)),
        "listed_on": min(intake.as_at, clock.today()),
        "list_of": intake.sent_by[:ROOM_FOR_SOURCE],
    }


def codes_of(found: tuple[Meaning, ...], rules: RuleSet) -> frozenset[str]:
    """The codes of all activities a list may speak of."""
    said = {code for each in found for code in (each.at_school_age, each.later, each.adult) if code}
    if HERE in said:
        said |= {full_time_at(str(kind), rules) for kind in Establishment.Kind}
    return frozenset(said & rules.activities.keys())


LISTED = Effect(
    name="listed",
    known="listed",
    asked=asked,
    apply=(
        "taken_up",
        "listed_meant",
        "held_back",
        "people",
        "activities_done",
        "listed_done",
        "situations",
        "settled",
    ),
)
