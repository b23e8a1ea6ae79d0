"""Young people with an education, health and care plan, as the SEN team lists them (R14, R42, R55)."""

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, SINCE, UNTIL, WHO
from returns.intake.layouts.meanings import listed
from returns.intake.layouts.shared import NOT_OURS, column

PLANS = Layout(
    type="plans",
    title="EHC plans",
    about="Who has an education, health and care plan, and how their next place stands.",
    columns=(
        *WHO,
        *HOME,
        column(
            "plan_status",
            "Plan",
            Kind.CHOICE,
            required=True,
            objection_class="a",
            listed=listed("plans", "plan_status"),
            about="Choose from the list.",
        ),
        SINCE,
        UNTIL,
    ),
    file_names=("EHCPlans{year}", "EHCPlans{year}"),
    name_words=("ehcp", "ehcps", "ehc"),
    year_groups=(),
    not_ours=NOT_OURS,
    effect="listed",
    source="service",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("SEN team",),
    from_year=9,
)
