"""What a list of calls is asked for by, and how its lines travel to the page."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from neet.statements.parts import values_in


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of calls is narrowed to. `whose` is mine, pool (nobody's) or all; `kind` is not_known, lapsing,
    neet_protocol, or empty for every kind."""

    whose: str = "mine"
    kind: str = ""
    district: int | None = None
    service: int | None = None


values_in(Wanted, "district", "service")


@dataclass(frozen=True, slots=True)
class CallLine:
    """One young person to call. `why` begins with the weightiest reason. `number`, `whose` and `contact_point_id` are
    empty for whoever does not read contacts, or where no number is on the record."""

    person_id: int
    ref: UUID
    name: str
    year: str
    kind: str
    since: str
    why: tuple[str, ...]
    best_time: str
    number: str
    whose: str
    contact_point_id: int | None
    tries: int
    last_try: str
    again_at: datetime | None
    due_on: date | None
    score: float
    is_floor: bool
    is_held: bool


@dataclass(frozen=True, slots=True)
class FirstLine:
    """One young person to call, as the first page tells of them: `why` is the weightiest reason; no `best_time` where
    there is no number to ring."""

    person_id: int
    ref: UUID
    name: str
    why: str
    since: str
    best_time: str


@dataclass(frozen=True, slots=True)
class Breach:
    """Somebody who should have been spoken to by a day that has passed."""

    person_id: int
    ref: UUID
    name: str
    year: str
    status: str
    since: date | None
    due_on: date
    days_late: int
    is_first: bool
    rule: str
    tries: int
    tried_at: datetime | None
    worker: str
    district: str
