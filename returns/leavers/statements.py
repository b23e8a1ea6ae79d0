"""What is said of one leaver."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from returns.leavers.one_row import identity_of
from schools.models import Establishment
from tracking.models import YoungPerson


@dataclass(frozen=True)
class Leaving:
    """Who leaves which place: the last day there, and what is known of why and of what comes next (R16, R84, R150)."""

    person: YoungPerson
    establishment: Establishment
    last_day: date
    reason: str
    doing: str = ""
    where: str = ""
    plan: str = ""
    telephone: str = ""
    is_parents: bool = False
    had_notice: bool = False

    def values(self) -> Mapping[str, str]:
        """The row as a file would have it."""
        said = {
            **identity_of(self.person),
            "left_on": f"{self.last_day:%d/%m/%Y}",
            "leaving_reason": self.reason,
            "now_doing": self.doing,
            "now_at": self.where,
            "next_step": self.plan,
            "parent_telephone" if self.is_parents else "mobile": self.telephone,
        }
        return {name: value for name, value in said.items() if value}
