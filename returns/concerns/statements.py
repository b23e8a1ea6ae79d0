"""What is said of one pupil somebody worries about."""

from collections.abc import Mapping
from dataclasses import dataclass

from returns.leavers.one_row import identity_of
from schools.models import Establishment
from tracking.models import YoungPerson


@dataclass(frozen=True)
class Worry:
    """Who at which school may have nothing to go on to, why, and what is planned (R24)."""

    person: YoungPerson
    establishment: Establishment
    reasons: tuple[str, ...] = ()
    concern: str = ""
    planned: str = ""
    ask: str = ""

    def values(self) -> Mapping[str, str]:
        """The row as a file would have it."""
        said = {
            **identity_of(self.person),
            "reasons": "; ".join(self.reasons),
            "concern": self.concern,
            "planned": self.planned,
            "ask_at_school": self.ask,
        }
        return {name: value for name, value in said.items() if value}
