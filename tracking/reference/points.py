"""What a person should look up in the department's yearly requirement before the year's first file, table by table."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    """Something to look up, and where it is usually found."""

    table: str
    look_for: str
    where: str


POINTS = (
    Point(
        "activity_codes",
        "New, dropped or renamed activities, and what each counts as.",
        "The list of current activity codes.",
    ),
    Point(
        "activity_codes",
        "Which activities meet the duty to participate; the groups here were worked out, not read.",
        "The section on meeting the duty, in the appendix with the definitions.",
    ),
    Point(
        "currency_rules",
        "How long each activity counts without a fresh confirmation, and whether NEET records run out.",
        "The currency rules and their flow chart.",
    ),
    Point(
        "activity_requirements",
        "Which activities need a review date, an expected end or a circumstance.",
        "The notes beside each field of the file.",
    ),
    Point(
        "error_rules",
        "New, changed and withdrawn errors, and their priorities.",
        "The appendix with the error report.",
    ),
    Point(
        "characteristic_codes",
        "New circumstances, and which of them make up the vulnerable group.",
        "The list of characteristics, and the notes of the department's scorecard.",
    ),
    Point(
        "cohort_status_codes",
        "Who is in the cohort and how leavers are sent.",
        "The section on the cohort.",
    ),
    Point(
        "guarantee_status_codes",
        "The September Guarantee codes of each year group.",
        "The section on the September Guarantee.",
    ),
    Point(
        "intended_destination_codes",
        "Whether intended destinations are still asked for.",
        "The fields of the file.",
    ),
    Point(
        "ethnicity_codes",
        "The list of ethnicities.",
        "The code lists.",
    ),
    Point(
        "gender_codes",
        "The list of genders.",
        "The code lists.",
    ),
    Point(
        "level_of_need_codes",
        "The levels of need.",
        "The code lists.",
    ),
    Point(
        "la_codes",
        "New and abolished councils, and the codes for outside England.",
        "The list of local authority numbers.",
    ),
    Point(
        "limits",
        "The ages at which tracking begins and ends.",
        "The section on the cohort.",
    ),
    Point(
        "formats",
        "The characters allowed in names, and the forms of numbers.",
        "The appendix with the error report.",
    ),
)  # fmt: skip
