"""Due work: the tables of months that nobody's hand froze, or whose making was cut off."""

from datetime import date

from tracking.released.actions import make_tables, make_ward_tables
from tracking.released.queries import without_tables
from tracking.released.queries_wards import without_wards


def tables_of_the_day(*, day: date) -> int:
    """Make the tables of every frozen month that has none, and those of its wards; how many months."""
    made = sum(make_tables(freeze=freeze, by=None) > 0 for freeze in without_tables())
    return made + sum(make_ward_tables(freeze=freeze, by=None) > 0 for freeze in without_wards())
