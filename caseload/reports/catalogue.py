"""Which reports there are: of each what it is called, whom it is for, and its parts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from caseload.reports.queries import (
    board,
    casework,
    conversation,
    cuts,
    deep,
    monthly,
    offer_gap,
    one_school,
    onward,
    own_groups,
    profile,
    progress,
    seeking,
    wards,
)
from caseload.reports.queries.material import Material, material
from caseload.reports.queries.places import Whom
from caseload.reports.rules.content import Content, Section
from schools.models import Authority
from tracking.rules.months import ReportingMonth

Made = Callable[[Material], Section | Sequence[Section] | None]


@dataclass(frozen=True)
class Report:
    """One report: its parts in their order; a part that has nothing to say of a month is left out. `of_a_school`: it is
    of one school or college and of no other place."""

    slug: str
    words: str
    about: str
    whom: str
    sections: Sequence[Made]
    is_one_page: bool = False
    of_a_school: bool = False

    def is_of(self, whom: Whom) -> bool:
        """Whether there is such a report of this place."""
        return self.of_a_school == bool(whom.establishment)


MONTHLY = Report(
    slug="monthly",
    words="Monthly NEET report",
    about="Where the month stands by place and by who they are, thirteen months, and who became NEET and who left.",
    whom="District meetings, service leads, those who tell managers",
    sections=(
        monthly.summary,
        monthly.trend,
        cuts.by_cut("district", "Districts"),
        wards.by_ward,
        monthly.districts_over_time,
        monthly.joiners_and_leavers,
        monthly.not_known_by_contact,
        cuts.by_cut("year", "Year groups"),
        cuts.by_cut("gender", "Gender"),
        cuts.by_cut("need", "Special educational needs"),
        cuts.by_cut("vulnerable", "Vulnerable group"),
        cuts.ethnicity,
        own_groups.own_groups,
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
        seeking.sought,
        seeking.barriers,
        seeking.recorded,
        cuts.ethnicity,
        deep.last_heard,
        cuts.by_cut("district", "Districts"),
        wards.by_ward,
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
BOARD = Report(
    slug="board",
    words="District board",
    about="The month on one page: the numbers, the cases, what was agreed, schools causing concern, what ends next.",
    whom="The monthly NEET meeting of a district",
    sections=(
        board.standing,
        board.cases_here,
        board.agreed,
        monthly.in_and_out,
        monthly.not_known_by_contact,
        board.schools,
        board.endings,
    ),
    is_one_page=True,
)
SERVICES = Report(
    slug="services",
    words="Service indicators",
    about="By service: cases reviewed in time, how soon somebody is spoken to, and who goes into learning or work.",
    whom="Service leads, and those they answer to",
    sections=(
        casework.cases,
        casework.first_contact,
        casework.went_on,
        casework.groups,
        cuts.by_cut("service", "NEET and not known by service"),
    ),
)
PROGRESS = Report(
    slug="progress",
    words="Progress of the year",
    about="The plan of the year by service, what is late and whose it is, what is missing, meetings, indicators.",
    whom="The meeting of all services",
    sections=(
        monthly.summary,
        progress.plan,
        progress.gaps,
        board.log,
        casework.cases,
        casework.went_on,
        progress.calendar,
        progress.who_answers,
    ),
)
OFFER_GAP = Report(
    slug="offer-gap",
    words="Sought and offered",
    about="What young people who are NEET look for, held against the places there are, by sector, level and district.",
    whom="Those who plan provision, in February and when a start is missing",
    sections=(
        offer_gap.by_sector,
        offer_gap.by_place,
        offer_gap.from_when,
        seeking.levels,
        seeking.barriers,
        progress.gaps,
    ),
)
PROFILE = Report(
    slug="profile",
    words="Who is NEET and what they need",
    about="What they look for, what keeps them from it, where they live, where they came from, who had told us.",
    whom="The yearly self-assessment, and whoever asks what the group is like",
    sections=(
        seeking.recorded,
        seeking.sought,
        seeking.levels,
        seeking.barriers,
        deep.lengths,
        deep.before,
        cuts.by_cut("district", "Districts"),
        wards.by_ward,
        cuts.by_cut("need", "Special educational needs"),
        deep.circumstances,
        profile.at_risk,
        profile.tried,
        profile.endings,
    ),
)
CONVERSATION = Report(
    slug="conversation",
    words="Schools and colleges side by side",
    about="What each told us and when, where its Year 11 went, and what became of whom it worried about.",
    whom="The yearly talk with each school and college",
    sections=(conversation.told, conversation.leavers, conversation.worried),
)
SCHOOL = Report(
    slug="school",
    words="Sheet of one school or college",
    about="Its returns, where its Year 11 went in three years, whom it worried about, who is there now, beside all.",
    whom="The yearly talk with it; what it may read of it lies there for it",
    sections=(one_school.sheet,),
    of_a_school=True,
)
REPORTS: Mapping[str, Report] = {
    each.slug: each
    for each in (
        MONTHLY,
        BOARD,
        SERVICES,
        PROGRESS,
        CONVERSATION,
        SCHOOL,
        DEEP_DIVE,
        ONWARD,
        OFFER_GAP,
        PROFILE,
    )
}


def content(report: Report, authority: Authority, month: ReportingMonth, whom: Whom) -> Content:
    """What a report says of a month. Raises NoSuchMonth."""
    made_of = material(authority, month, whom)
    sections = tuple(section for part in report.sections for section in _sections(part(made_of)))
    return Content(report.words, month.words, whom.words, made_of.state, sections, report.is_one_page)


def _sections(found: Section | Sequence[Section] | None) -> Sequence[Section]:
    """What a part gave: one section, several, or none."""
    return [found] if isinstance(found, Section) else found or ()
