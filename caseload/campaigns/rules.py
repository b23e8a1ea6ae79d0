"""What may come of a person on a campaign's list, and why somebody stands on one."""

from collections.abc import Mapping
from types import MappingProxyType

# Outcome, its words, and the tone of it. All of them end the work on this person in this campaign.
OUTCOMES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "all_well": ("All is well", "good"),
        "started": ("Has something to start", "good"),
        "wants_help": ("Wants help", "attention"),
        "not_reached": ("Could not be reached", "bad"),
        "not_needed": ("No contact needed", "plain"),
    }
)

# Why somebody is on a list, in the order in which they are rung; each is a question of queries/lists.py.
WHY: Mapping[str, str] = MappingProxyType(
    {
        "home_no_offer": "Taught at home, no offer",
        "plan_no_offer": "EHC plan, no offer",
        "no_offer": "No offer of a place",
        "left": "Left learning or work",
        "about_to_end": "About to finish, nothing known to follow",
        "neet": "NEET while schools are closed",
    }
)
NO_LONGER = "No longer on the list"
