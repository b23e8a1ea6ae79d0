"""New claimants of 18 and 19 whom the Jobcentre tells us of with their consent (R43)."""

from dataclasses import replace

from returns.intake.layouts.columns import Kind, Layout, Lists
from returns.intake.layouts.lists import HOME, SINCE, WHO
from returns.intake.layouts.shared import CONTACT, NOT_OURS, column

CLAIMANTS = Layout(
    type="claimants",
    title="New claimants at the Jobcentre",
    about="Young people of 18 and 19 with a new claim, who agreed that we are told.",
    columns=(
        *WHO,
        *HOME,
        *CONTACT,
        replace(SINCE, words="Claim date", required=True, about="The day the claim began."),
        column(
            "consent",
            "Consent",
            Kind.YES_NO,
            required=True,
            objection_class="a",
            choices=("Yes", "No"),
            about="Yes if they agreed that we are told. Without it nothing may be passed on.",
        ),
    ),
    file_names=("JobcentreClaims{year}", "JobcentreClaims{year}"),
    name_words=("jobcentre", "jcp", "claimants"),
    year_groups=(),
    not_ours=NOT_OURS,
    effect="listed",
    source="dfe",
    places=frozenset(),
    lists=Lists.NOBODY,
    adds_people=False,
    senders=("Jobcentre Plus",),
    aged=(18, 19),
)
