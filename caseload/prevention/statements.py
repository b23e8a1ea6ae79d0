"""What is said of somebody who may become NEET, and of a school, as it travels from a page or a return to an action."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from schools.models import Establishment, Service


@dataclass(frozen=True, slots=True)
class RiskTold:
    """Who said it, why (codes of the table of points), in one line, and who looks after it."""

    said_by: str
    reasons: tuple[str, ...] = ()
    words: str = ""
    establishment: Establishment | None = None
    service: Service | None = None
    worker: User | None = None


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One of many: a young person with the reasons said of them, and by which school where one said so."""

    person: int
    reasons: tuple[str, ...] = ()
    words: str = ""
    establishment: int | None = None


@dataclass(frozen=True, slots=True)
class FocusTold:
    """What is agreed with a school, who works with it, and when it was last looked at together."""

    officer: User | None = None
    words: str = ""
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step of a school's plan: what, by whom, by when."""

    words: str
    owner: User | None = None
    due_on: date | None = None
