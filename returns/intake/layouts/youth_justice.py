"""Young people the youth justice service works with, by the order they are under (R42, R55)."""

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, SINCE, UNTIL, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import NOT_OURS, column

YOUTH_JUSTICE = Layout(
    type="youth_justice",
    title="Youth justice",
    about="Who is under which order, since when, and who is in custody.",
    columns=(
        *WHO,
        *HOME,
        column(
            "order",
            "Order",
            Kind.CHOICE,
            required=True,
            objection_class="a",
            listed=listed("youth_justice", "order"),
            about="Choose from the list.",
        ),
        SINCE,
        UNTIL,
        column(
            "in_custody",
            "In custody",
            Kind.YES_NO,
            objection_class="a",
            choices=("Yes", "No"),
            about="Yes if they are in custody on the day of the list.",
        ),
    ),
    file_names=("YouthJustice{year}", "YouthJustice{year}"),
    name_words=("justice", "yot", "yos", "yjs"),
    year_groups=(),
    not_ours=NOT_OURS,
    effect="listed",
    source="service",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("Youth justice service",),
    from_year=9,
)
