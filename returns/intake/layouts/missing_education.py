"""Children missing from education, and those taught in hospital, in custody or by the council (R42, R52, R112)."""

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, SINCE, UNTIL, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import CONTACT, NOT_OURS, PARENT, column

MISSING_EDUCATION = Layout(
    type="missing_education",
    title="Missing education or taught elsewhere",
    about="Who is on no school's roll, and who is taught in hospital, in custody or by the council's tutors.",
    columns=(
        *WHO,
        *HOME,
        *CONTACT,
        *PARENT,
        column(
            "taught",
            "Where they are taught",
            Kind.CHOICE,
            required=True,
            objection_class="a",
            listed=listed("missing_education", "taught"),
            about="Choose from the list.",
        ),
        SINCE,
        UNTIL,
    ),
    file_names=("MissingEducation{year}", "MissingEducation{year}"),
    name_words=("cme",),
    year_groups=(),
    not_ours=NOT_OURS,
    effect="listed",
    source="service",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("Children missing education team", "Hospital school"),
    from_year=9,
)
