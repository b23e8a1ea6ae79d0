"""What schools and colleges send, as data: each return's columns, what they may be called and what they hold."""

from collections.abc import Mapping

from returns.intake.layouts.applications import APPLICATIONS
from returns.intake.layouts.apprenticeships import APPRENTICESHIPS
from returns.intake.layouts.census import CENSUS
from returns.intake.layouts.claimants import CLAIMANTS
from returns.intake.layouts.columns import Column, Kind, Layout, Lists
from returns.intake.layouts.destinations import DESTINATIONS
from returns.intake.layouts.enrolment import ENROLMENT
from returns.intake.layouts.home_educated import HOME_EDUCATED
from returns.intake.layouts.joiners_leavers import JOINERS_LEAVERS
from returns.intake.layouts.looked_after import LOOKED_AFTER
from returns.intake.layouts.missing_education import MISSING_EDUCATION
from returns.intake.layouts.offers import OFFERS
from returns.intake.layouts.plans import PLANS
from returns.intake.layouts.potential_neet import POTENTIAL_NEET
from returns.intake.layouts.transfers import TRANSFERS
from returns.intake.layouts.youth_justice import YOUTH_JUSTICE

LAYOUTS: Mapping[str, Layout] = {
    layout.type: layout
    for layout in (
        ENROLMENT,
        JOINERS_LEAVERS,
        OFFERS,
        APPLICATIONS,
        POTENTIAL_NEET,
        DESTINATIONS,
        LOOKED_AFTER,
        YOUTH_JUSTICE,
        PLANS,
        HOME_EDUCATED,
        MISSING_EDUCATION,
        APPRENTICESHIPS,
        CLAIMANTS,
        TRANSFERS,
        CENSUS,
    )
}

# The returns that speak of everybody who is there.
ROLLS = tuple(sorted(layout.type for layout in LAYOUTS.values() if layout.is_roll))

__all__ = ["LAYOUTS", "ROLLS", "Column", "Kind", "Layout", "Lists"]
