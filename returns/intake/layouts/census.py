"""The school census of a council's schools, one file for many: who is on which roll, and who does not agree to their
details being passed to youth support services (R42, R44)."""

from dataclasses import replace

from neet.files.rules.headings import folded
from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, NOT_OURS_WITH_PLACES, PLACE_NUMBER, SINCE, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import ASSENT, OBJECTION, YEAR_GROUP, column

ENROLLED = column(
    "enrolled",
    "Enrolment status",
    Kind.CHOICE,
    objection_class="a",
    listed=listed("census", "enrolled"),
    about="Choose from the list; empty is their only school.",
)
ENROLLED_AS = frozenset(map(folded, (ENROLLED.words, *ENROLLED.also)))

CENSUS = Layout(
    type="census",
    title="School census",
    about="Pupils from Year 9 on of all schools in one file, each row with the number of its school.",
    columns=(
        replace(PLACE_NUMBER, required=True, about="Of the school each row belongs to."),
        *WHO,
        *HOME,
        replace(YEAR_GROUP, about="9 to 13."),
        ENROLLED,
        replace(SINCE, words="Entry date", about="The day they joined the school."),
        replace(OBJECTION, on_template=False),
        replace(ASSENT, on_template=True),
    ),
    file_names=("SchoolCensus{year}", "SchoolCensus{year}"),
    name_words=("census",),
    year_groups=(),
    not_ours=tuple(each for each in NOT_OURS_WITH_PLACES if folded(each) not in ENROLLED_AS),
    effect="listed",
    source="provider",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("Schools' data team", "DfE"),
    from_year=9,
)
