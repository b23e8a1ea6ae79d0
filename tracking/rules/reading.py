"""When somebody's reading of records is out of the ordinary: far more than colleagues of the same work, out of hours,
or records that are not theirs. There may be a good reason; somebody looks into it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """What one person opened since it was last looked into: young people in all, of those out of hours (from eight in
    the evening to seven in the morning, and at weekends), and records opened with a stated reason as they are not
    theirs; beside how many the middle one of their colleagues of the same work opened."""

    people: int
    late: int
    beyond: int
    colleagues: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """From where on reading is looked into, on a day (table `limits`)."""

    at_least: int
    times: int
    late: int
    beyond: int
    days: int


def bounds_of(limits: Mapping[str, int]) -> Bounds:
    """The bounds of a day's limits."""
    return Bounds(
        at_least=limits["reading_at_least"],
        times=limits["reading_times_colleagues"],
        late=limits["reading_out_of_hours"],
        beyond=limits["reading_not_theirs"],
        days=limits["reading_days"],
    )


def is_unusual(reading: Reading, bounds: Bounds) -> bool:
    """Whether somebody should look into it (threat T6)."""
    many = reading.people >= bounds.at_least and reading.people >= bounds.times * reading.colleagues
    return many or reading.late >= bounds.late or reading.beyond >= bounds.beyond
