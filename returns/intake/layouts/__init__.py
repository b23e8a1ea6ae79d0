"""What schools and colleges send, as data: each return's columns, what they may be called and what they hold."""

from collections.abc import Mapping

from returns.intake.layouts.columns import Column, Kind, Layout, Lists
from returns.intake.layouts.destinations import DESTINATIONS
from returns.intake.layouts.enrolment import ENROLMENT
from returns.intake.layouts.potential_neet import POTENTIAL_NEET

LAYOUTS: Mapping[str, Layout] = {
    layout.type: layout
    for layout in (
        ENROLMENT,
        POTENTIAL_NEET,
        DESTINATIONS,
    )
}

__all__ = ["LAYOUTS", "Column", "Kind", "Layout", "Lists"]
