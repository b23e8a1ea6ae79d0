"""Files of surveys: who has not answered, and what a school gets back."""

from collections.abc import Iterable

from neet.files.writers import Sheet, xlsx_bytes
from neet.ui.words import day
from returns.surveys.many.queries.feedback import Feedback
from returns.surveys.many.queries.silent import SilentLine
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import year_words

NAMES = ("Last name", "First name", "Date of birth")


def outstanding_book(people: Iterable[YoungPerson]) -> bytes:
    """Who has not answered, for the school to go through."""
    rows = [(each.family_name, each.given_name, each.date_of_birth) for each in people]
    return xlsx_bytes(Sheet("Not answered yet", NAMES, rows))


def silent_book(lines: Iterable[SilentLine]) -> bytes:
    """Who has not answered, for the council: with their school and how to reach them, and whose each number is."""
    rows = [
        (
            each.family_name, each.given_name, each.born_on, each.school,
            "; ".join(f"{number.value} ({number.whose})" for number in each.numbers),
        )
        for each in lines
    ]  # fmt: skip
    return xlsx_bytes(Sheet("Not answered", (*NAMES, "School", "How to reach them"), rows))


def feedback_book(found: Feedback) -> bytes:
    """Two sheets: those who agreed one by one, all others in numbers; what each means stands beside it."""
    year = year_words(found.year_11_of - 1)
    told = [
        (each.family_name, each.given_name, each.born_on, each.doing, each.place, each.since)
        for each in found.told
    ]
    others = [
        *found.others,
        ("All of them", str(found.others_in_all)),
        ("", ""),
        (f"Year 11 of {year} at {found.establishment}, as known on {day(found.on)}.", ""),
        ("Small numbers, and those from which they could be worked out, are not shown.", ""),
    ]
    return xlsx_bytes(
        Sheet("Agreed to be named", (*NAMES, "What they do", "Where", "Since"), told),
        Sheet("All others", ("What they do", "Young people"), others),
    )
