"""The autumn enrolment return: everybody in the sixth form or at the college on one day."""

from dataclasses import replace

from returns.intake.layouts.columns import Layout
from returns.intake.layouts.shared import (
    ACTIVITY,
    ADDRESS,
    ASSENT,
    CONTACT,
    COURSE,
    DESTINATION,
    HAS_PLAN,
    IDENTITY,
    LEFT_ON,
    NOT_OURS,
    OBJECTION,
    PARENT,
    PREDICTED_END_ON,
    STARTS_ON,
    YEAR_GROUP,
)

HAS_LEFT = "This return is for those who are still here."

ENROLMENT = Layout(
    type="enrolment",
    title="Enrolment",
    about="Everybody who is with you on the day of the return, those who stayed on and those who are new.",
    columns=(
        *IDENTITY,
        *ADDRESS,
        *CONTACT,
        *PARENT,
        YEAR_GROUP,
        ACTIVITY,
        COURSE,
        STARTS_ON,
        PREDICTED_END_ON,
        replace(LEFT_ON, unwanted=HAS_LEFT, on_template=False),
        replace(DESTINATION, on_template=False),
        HAS_PLAN,
        OBJECTION,
        ASSENT,
    ),
    file_names=("{la}{number}SchoolPost16Enrolment{year}", "{short}CollegePost16Enrolment{year}"),
    name_words=("enrolment", "enrollment", "enrolments", "enrollments"),
    year_groups=(12, 13, 14),
    not_ours=NOT_OURS,
)
