"""Which reports there are: of each what it is called, whom it is for, and its parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from caseload.reports.queries import cuts, deep, monthly, onward
from caseload.reports.queries.material import Material, material
from caseload.reports.queries.places import Whom
from caseload.reports.rules.content import Content, Section
from schools.models import Authority
from tracking.rules.months import ReportingMonth

Made = Callable[[Material], Section | None]


@dataclass(frozen=True)
class Report:
    """One report: its parts in their order; a part that has nothing to say of a month is left out."""

    slug: str
    words: str
    about: str
    whom: str
    sections: Sequence[Made]


MONTHLY = Report(
    slug="monthly",
    words="Monthly NEET report",
    about="Where the month stands by place and by who they are, thirteen months, and who became NEET and who left.",
    whom="District meetings, service leads, those who tell managers",
    sections=(
        monthly.summary,
        monthly.trend,
        cuts.by_cut("district", "Districts"),
        monthly.districts_over_time,
        monthly.joiners_and_leavers,
        monthly.not_known_by_contact,
        cuts.by_cut("year", "Year groups"),
        cuts.by_cut("gender", "Gender"),
        cuts.by_cut("need", "Special educational needs"),
        cuts.by_cut("vulnerable", "Vulnerable group"),
        cuts.ethnicity,
        monthly.guarantee,
        monthly.targets,
        cuts.by_cut("school", "Schools and colleges, now or last", worst_first=True),
    ),
)
DEEP_DIVE = Report(
    slug="deep-dive",
    words="NEET deep dive",
    about="Who is NEET in a month, usually January: for how long, after what, where, with which circumstances.",
    whom="The yearly look at who is NEET, in February",
    sections=(
        deep.summary,
        deep.lengths,
        deep.before,
        deep.activities,
        cuts.by_cut("year", "Year groups"),
        cuts.by_cut("gender", "Gender"),
        cuts.by_cut("need", "Special educational needs"),
        deep.circumstances,
        cuts.ethnicity,
        deep.last_heard,
        cuts.by_cut("district", "Districts"),
        cuts.by_cut("school", "Schools and colleges, now or last", worst_first=True),
    ),
)
ONWARD = Report(
    slug="progression",
    words="From Year 11 to Year 13",
    about="What those of Year 13 did a year before and do now, by the school they were at in Year 11.",
    whom="Whoever speaks with a school about its leavers",
    sections=(onward.way, onward.schools),
)
REPORTS: Mapping[str, Report] = {each.slug: each for each in (MONTHLY, DEEP_DIVE, ONWARD)}


def content(report: Report, authority: Authority, month: ReportingMonth, whom: Whom) -> Content:
    """What a report says of a month. Raises NoSuchMonth."""
    made_of = material(authority, month, whom)
    found = (part(made_of) for part in report.sections)
    sections = tuple(section for section in found if section is not None)
    return Content(report.words, month.words, whom.words, made_of.state, sections)
