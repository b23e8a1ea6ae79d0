"""Academic years, academic ages and year groups: who is in Year 11, 12 or 13 on a day.

The academic year runs from 1 September to 31 August. Academic age is the age on the 31 August before it
starts (DfE scorecard, technical notes), so it changes for everyone on 1 September and never on a birthday.
"""

from datetime import date

FIRST_MONTH = 9
AGE_ABOVE_YEAR_GROUP = 4


def academic_year(on: date) -> int:
    """The calendar year in which the academic year of that day starts: 2026 for 2026-27."""
    return on.year if on.month >= FIRST_MONTH else on.year - 1


def starts_on(year: int) -> date:
    """1 September, the first day of an academic year."""
    return date(year, FIRST_MONTH, 1)


def ends_on(year: int) -> date:
    """31 August, the last day of an academic year."""
    return date(year + 1, FIRST_MONTH - 1, 31)


def year_words(year: int) -> str:
    """A year as it is written: 2026-27. Serves academic and reporting years alike."""
    return f"{year}-{(year + 1) % 100:02d}"


def academic_age(born_on: date, on: date) -> int:
    """Age on the 31 August before the academic year of that day began."""
    turned_after_august = born_on.month >= FIRST_MONTH
    return academic_year(on) - born_on.year - turned_after_august


def year_group(born_on: date, on: date) -> int:
    """School year by age: Year 11 is academic age 15, Year 12 is 16, Year 13 is 17."""
    return academic_age(born_on, on) - AGE_ABOVE_YEAR_GROUP


def birth_range(age: int, on: date) -> tuple[date, date]:
    """First and last birth date of everyone of this academic age on a day; SQL asks by it."""
    last = academic_year(on) - age
    return date(last - 1, FIRST_MONTH, 1), date(last, FIRST_MONTH - 1, 31)


def birthday(born_on: date, age: int) -> date:
    """The day someone reaches an age; for those born on 29 February, 1 March in other years."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def age_on(born_on: date, on: date) -> int:
    """Age in whole years on a day."""
    years = on.year - born_on.year
    return years if birthday(born_on, years) <= on else years - 1


def reporting_year(on: date) -> int:
    """The calendar year in which the DfE's reporting year of that day starts; it runs from April to March."""
    return on.year if on.month >= 4 else on.year - 1
