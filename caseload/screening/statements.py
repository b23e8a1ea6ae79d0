"""What is said in a screening talk, as pages hand it to the action."""

from dataclasses import dataclass
from datetime import date

from schools.models import Service


@dataclass(frozen=True, slots=True)
class Plan:
    """The seven questions for somebody with an EHC plan (R61); what was not asked is empty."""

    other_service: Service | None = None
    other_service_leads: str = ""
    support_given: str = ""
    can_work: str = ""
    plan_says: str = ""
    wants_education: str = ""
    wants_instead: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """When they were asked, what they want to do, and what those with a plan answered besides."""

    held_on: date
    wants: str
    wants_words: str = ""
    asks_for_support: bool = False
    plan: Plan = Plan()
