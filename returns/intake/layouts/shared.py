"""Columns that most returns have, with the headings that school and college systems give them (headings.csv)."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from returns.intake.layouts.columns import Column, Kind

HEADINGS = Path(__file__).with_name("headings.csv")


@cache
def _known_as() -> Mapping[str, tuple[str, ...]]:
    """What each column is called elsewhere, the likeliest first; under no column, headings that are nothing of ours."""
    with HEADINGS.open(encoding="utf-8", newline="") as lines:
        rows = [(row["column"], row["heading"]) for row in csv.DictReader(lines)]
    return {column: tuple(heading for of, heading in rows if of == column) for column, _ in rows}


def column(name: str, words: str, kind: Kind, **about: Any) -> Column:
    """A column with the headings that systems give it."""
    return Column(name, words, kind, _known_as().get(name, ()), **about)


PERSON_NUMBER = column(
    "young_person_id",
    "Council number",
    Kind.PERSON_NUMBER,
    objection_class="a",
    length=13,
    about="Our own number for them. Leave it as it is; leave it empty for somebody new.",
)
FAMILY_NAME = column(
    "family_name",
    "Last name",
    Kind.NAME,
    required=True,
    objection_class="a",
    about="As on the school's roll: letters, spaces, hyphens and apostrophes.",
)
GIVEN_NAME = column(
    "given_name",
    "First name",
    Kind.NAME,
    required=True,
    objection_class="a",
    about="As on the school's roll, not a short form.",
)
MIDDLE_NAME = column("middle_name", "Middle names", Kind.NAME, objection_class="a")
WHOLE_NAME = column(
    "whole_name",
    "Whole name",
    Kind.WHOLE_NAME,
    objection_class="a",
    length=200,
    about="Only where there are no two columns: last name, comma, first name.",
    on_template=False,
)
DATE_OF_BIRTH = column(
    "date_of_birth",
    "Date of birth",
    Kind.DAY,
    required=True,
    objection_class="a",
    about="Day, month, year: 31/12/2009.",
    years=(-26, -10),
)
GENDER = column(
    "gender",
    "Gender",
    Kind.GENDER,
    wanted=True,
    about="Choose from the list.",
    choices=("Female", "Male", "Not known", "Prefers not to say"),
)
UPN = column(
    "upn",
    "UPN",
    Kind.UPN,
    length=13,
    about="A letter, eleven digits and a last digit or letter. Leave it empty for whoever objected.",
)
ULN = column("uln", "ULN", Kind.ULN, length=10, about="Ten digits.")
IDENTITY = (
    PERSON_NUMBER,
    FAMILY_NAME,
    GIVEN_NAME,
    MIDDLE_NAME,
    WHOLE_NAME,
    DATE_OF_BIRTH,
    GENDER,
    UPN,
    ULN,
)
ADDRESS = (
    column("line_1", "Address line 1", Kind.TEXT, objection_class="a", about="House and street."),
    column("line_2", "Address line 2", Kind.TEXT, objection_class="a"),
    column("town", "Town", Kind.TEXT, objection_class="a", length=60),
    column(
        "postcode",
        "Postcode",
        Kind.POSTCODE,
        wanted=True,
        objection_class="a",
        length=8,
        about="Where they live now.",
    ),
)
CONTACT = (
    column("telephone", "Telephone", Kind.PHONE, length=30, about="At home."),
    column("mobile", "Mobile", Kind.PHONE, length=30, about="Their own, not a parent's."),
    column("email", "E-mail", Kind.EMAIL, length=120, about="One they will still have when they have left."),
)
PARENT = (
    column(
        "parent_name",
        "Parent or carer",
        Kind.TEXT,
        objection_class="b",
        length=120,
        about="Whom we may ask when the young person cannot be reached.",
    ),
    column("parent_telephone", "Parent's telephone", Kind.PHONE, length=30),
    column("parent_email", "Parent's e-mail", Kind.EMAIL, length=120),
)
YEAR_GROUP = column("year_group", "Year group", Kind.YEAR_GROUP, length=2, about="12, 13 or 14.")
ACTIVITY = column(
    "activity",
    "What they are doing",
    Kind.ACTIVITY,
    objection_class="a",
    length=120,
    about="Choose from the list. Empty means full time here.",
)
COURSE = column(
    "course",
    "Course",
    Kind.TEXT,
    length=160,
    required_at_colleges=True,
    about="The main one, at a college its core aim; one line for each learner.",
)
STARTS_ON = column(
    "starts_on",
    "Start date",
    Kind.DAY,
    objection_class="a",
    about="The first day of this course or of the sixth form.",
    years=(-9, 1),
)
PREDICTED_END_ON = column(
    "predicted_end_on",
    "Expected end",
    Kind.DAY,
    objection_class="a",
    about="When the course ends if all goes well.",
    years=(0, 5),
)
LEFT_ON = column(
    "left_on",
    "Leaving date",
    Kind.DAY,
    objection_class="a",
    about="The last day they were here.",
    years=(-2, 1),
)
DESTINATION = column("destination", "Destination", Kind.TEXT, length=160)
HAS_PLAN = column(
    "has_plan",
    "EHC plan",
    Kind.YES_NO,
    about="Yes or No. Needed for whoever was 20 or over when the course began.",
    choices=("Yes", "No"),
)
OBJECTION = column(
    "objection",
    "Objected to sharing",
    Kind.YES_NO,
    objection_class="a",
    length=40,
    about="Yes if they (or, under 16, a parent) asked you to pass on no more than name, address and date of birth.",
    choices=("Yes", "No"),
)
ASSENT = column(
    "assent",
    "Youth support services agreement",
    Kind.YES_NO,
    objection_class="a",
    length=40,
    about="From a school census export: No means that they objected.",
    on_template=False,
)
NOT_OURS = _known_as()[""]
