"""Long work of this room: situations worked out anew after a rule changed, and on the day a rule begins."""

from datetime import date

from neet.jobs.work import Work
from tracking.reference.editing import derive_for_rules_of, derive_situations_of, how_many_concerned


def derive(work: Work) -> dict[str, int]:
    """A job: everybody who does one of the payload's activity codes."""
    codes = list(work.payload["codes"])
    work.progress(0, how_many_concerned(codes))
    work.still_mine()
    derive_situations_of(codes)
    return {"young people": work.total}


def rules_of_the_day(*, day: date) -> None:
    """Due work of every day: rules that begin to hold on it."""
    derive_for_rules_of(day=day)
