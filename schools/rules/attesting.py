"""Once a school year each establishment looks through who may sign in for it, and says that this is right."""

from datetime import date

YEAR_BEGINS = 9


def attested_year(on: date) -> int:
    """The school year a day belongs to, by the year in which it begins."""
    return on.year if on.month >= YEAR_BEGINS else on.year - 1
