"""The list before the freeze: whom to look at so that nobody is counted who left, and nobody twice (R38, R49)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.conf import settings
from django.db import connection
from django.utils.module_loading import import_string

from schools.models import Authority
from tracking.guarantee.queries.cohort import Asked, cohort_day
from tracking.guarantee.sql import text
from tracking.guarantee.statements import Awaited, Doubt, Group
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import AreaKind, CohortKind
from tracking.rules.offers import group_age

FIRST_YEAR_LOOKED_UP = 9
MOVED_AWAY = "moved_away"
TOLD_BY = "GUARANTEE_WORKLIST"


@dataclass(frozen=True, slots=True)
class About:
    """A group in words: what it is, what to do, and where on the record that is done (error_rules' places)."""

    title: str
    to_do: str
    mend: str
    mend_words: str


GROUPS: Mapping[Group, About] = MappingProxyType(
    {
        Group.MOVED: About(
            "Moved away?",
            "Find out where they live. Whoever lives elsewhere is moved to that council.",
            "cohort",
            "Say that they moved",
        ),
        Group.TWICE: About(
            "Perhaps the same person twice",
            "Look at both records and put them together if they are one.",
            "person",
            "Open the record",
        ),
        Group.GONE: About(
            "Died or left England?",
            "Whoever died or left England leaves the cohort before it is set.",
            "cohort",
            "Say what happened",
        ),
        Group.AT_HOME: About(
            "Taught at home, not looked up yet",
            "Find out whether they still live here, and write down how that is known.",
            "residency",
            "Write down what was found",
        ),
        Group.DOUBTFUL: About(
            "School or year group not clear",
            "Without a date of birth nobody is in a year group; without a school nobody asks them.",
            "identity",
            "Open the details",
        ),
        Group.SERVICES: About(
            "Services that have not said who is theirs",
            "Each service says who of its Year 11 and 12 is still its own.",
            "",
            "Open their list",
        ),
    }
)


@dataclass(frozen=True)
class Worklist:
    """Everything to look at: people by group, each once a group with all reasons, and work of others."""

    doubts: Mapping[Group, Mapping[int, str]]
    awaited: Sequence[Awaited]

    def number(self, group: Group) -> int:
        return len(self.doubts.get(group, {})) + sum(
            each.number for each in self.awaited if each.group is group
        )

    @property
    def total(self) -> int:
        return sum(self.number(group) for group in Group)


def worklist(authority: Authority, year: int, on: date) -> Worklist:
    """Whom to look at before the cohort of this September is set, as the register stands on the day. One statement,
    and what other rooms add."""
    doubts: list[Doubt] = list(_own(authority, year, on))
    awaited: list[Awaited] = []
    for told in _told(authority, year, on):
        if isinstance(told, Doubt):
            doubts.append(told)
        else:
            awaited.append(told)
    by_group: dict[Group, dict[int, str]] = {group: {} for group in Group}
    for each in doubts:
        of_it = by_group[each.group]
        said = of_it.get(each.person_id)
        of_it[each.person_id] = f"{said}; {each.why}" if said and each.why not in said else each.why
    return Worklist(by_group, awaited)


def _told(authority: Authority, year: int, on: date) -> Iterable[Doubt | Awaited]:
    for path in settings.GUARANTEE_WORKLIST:
        tell: Callable[[Authority, int, date], Iterable[Doubt | Awaited]] = import_string(path)
        yield from tell(authority, year, on)


def _own(authority: Authority, year: int, on: date) -> Iterable[Doubt]:
    rules = ruleset(on)
    school_year = date(year, 8, 31)
    asked = {
        **Asked(authority, year, min(on, cohort_day(year))).parameters,
        "today": on,
        "year": year,
        "tracked": sorted(rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)),
        "has_districts": authority.districts.exists(),
        "moved_away": MOVED_AWAY,
        "outside": sorted(rules.areas_of(AreaKind.OUTSIDE_ENGLAND)),
        "year_9_to": birth_range(group_age(FIRST_YEAR_LOOKED_UP), school_year)[1],
    }
    with connection.cursor() as cursor:
        cursor.execute(text("before").replace("{belonging}", text("belonging")), asked)
        return [Doubt(Group(group), person, why) for group, person, why in cursor.fetchall()]
