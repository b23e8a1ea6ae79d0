"""Children taught at home by their parents' choice, as the team that keeps their list has them (R42, R52)."""

from returns.intake.layouts.columns import Layout, Lists
from returns.intake.layouts.lists import HOME, SINCE, UNTIL, WHO
from returns.intake.layouts.shared import CONTACT, NOT_OURS, PARENT

HOME_EDUCATED = Layout(
    type="home_educated",
    title="Taught at home",
    about="Who is taught at home, since when, and who is no longer.",
    columns=(*WHO, *HOME, *CONTACT, *PARENT, SINCE, UNTIL),
    file_names=("TaughtAtHome{year}", "TaughtAtHome{year}"),
    name_words=("ehe", "elective"),
    year_groups=(),
    not_ours=NOT_OURS,
    effect="listed",
    source="service",
    places=frozenset(),
    lists=Lists.NOBODY,
    senders=("Elective home education team",),
    from_year=9,
)
