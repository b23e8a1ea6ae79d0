"""What somebody says of a line of the self-assessment, as its page hands it to the action."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """How a line stands, what shows it, and what is to be done by whom until when."""

    rating: str
    evidence: str = ""
    action: str = ""
    owner: User | None = None
    due_on: date | None = None
    is_done: bool = False
