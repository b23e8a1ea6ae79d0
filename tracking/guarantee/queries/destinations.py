"""What Year 11 mean to do next, by school: recorded or not, shares by destination, beside the year before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from schools.models import Establishment
from tracking.guarantee.sql import text
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import birth_range, ends_on
from tracking.rules.codes import CohortKind
from tracking.rules.guarantee import share
from tracking.rules.offers import group_age
from tracking.rules.ruleset import RuleSet

YEAR_11 = 11
LAST_DAY = (5, 31)  # whoever is in Year 11 at a school on 31 May counts there for good
NO_SCHOOL = "0"


@dataclass(frozen=True)
class Asked:
    """Whose Year 11 of which school year (2026: 2026-27), as the register has it on a day."""

    authority_id: int
    year: int
    on: date

    @property
    def rules(self) -> RuleSet:
        return ruleset(self.on)

    @property
    def not_obtained(self) -> str:
        """The code that says that nobody was asked."""
        return str(self.rules.limits["code_when_destination_not_obtained"])

    @property
    def parameters(self) -> dict[str, Any]:
        born = birth_range(group_age(YEAR_11), ends_on(self.year))
        rules = self.rules
        return {
            "authority": self.authority_id,
            "born_from": born[0],
            "born_to": born[1],
            "there_on": min(self.on, date(self.year + 1, *LAST_DAY)),
            "primary": sorted(rules.cohort_letters(CohortKind.PRIMARY)),
            "never": sorted(rules.cohort_letters(CohortKind.MERGED, CohortKind.DECEASED)),
            "not_obtained": self.not_obtained,
        }


@dataclass(frozen=True)
class Meant:
    """How many of some Year 11 mean to do what; by code, those nobody was asked apart."""

    numbers: Mapping[str, int]
    recorded: int
    total: int

    @property
    def missing(self) -> int:
        return self.total - self.recorded

    @property
    def share(self) -> float | None:
        """Per cent of whom it is recorded."""
        return share(self.recorded, self.total)

    def share_of(self, code: str) -> float | None:
        """Per cent of those recorded who mean to do this."""
        return share(self.numbers.get(code, 0), self.recorded)


@dataclass(frozen=True)
class SchoolLine:
    """One school this year and the year before; `key` asks for its list."""

    key: str
    name: str
    now: Meant
    before: Meant


@dataclass(frozen=True)
class DestinationLine:
    """One destination: how many and which share mean it, this year and the year before."""

    code: str
    words: str
    number: int
    share: float | None
    before: float | None


@dataclass(frozen=True)
class Destinations:
    """The whole of a Year 11, by school and by destination, with the year before beside."""

    everybody: Meant
    before: Meant
    schools: Sequence[SchoolLine]
    lines: Sequence[DestinationLine]


Counted = Mapping[int, Mapping[str, int]]


def counted(asked: Asked) -> Counted:
    """How many by school (0: none recorded) and destination; one statement."""
    found: dict[int, dict[str, int]] = {}
    statement = f"select school, destination, count(*) from ({text('meant')}) r group by 1, 2"
    with connection.cursor() as cursor:
        cursor.execute(statement, asked.parameters)
        for school, destination, number in cursor.fetchall():
            found.setdefault(school or 0, {})[destination] = number
    return found


def destinations(asked: Asked) -> Destinations:
    """The page of a year: three statements."""
    last = Asked(asked.authority_id, asked.year - 1, asked.on)
    now, before = counted(asked), counted(last)
    names = dict(Establishment.objects.filter(pk__in=[*now, *before]).values_list("pk", "name"))
    everybody, then = _together(now.values()), _together(before.values())
    schools = [
        SchoolLine(str(pk), names.get(pk, "No school recorded"), _together([now.get(pk, {})]),
                   _together([before.get(pk, {})]))
        for pk in {*now, *before}
    ]  # fmt: skip
    schools.sort(key=lambda line: (line.key == NO_SCHOOL, line.name, line.key))
    known = asked.rules.intended_destinations
    lines = [
        DestinationLine(
            code,
            words.plain_words,
            everybody.numbers.get(code, 0),
            everybody.share_of(code),
            then.share_of(code),
        )
        for code, words in known.items()
        if code != asked.not_obtained
    ]
    return Destinations(everybody, then, schools, lines)


def _together(many: Any) -> Meant:
    numbers: dict[str, int] = {}
    for each in many:
        for code, number in each.items():
            numbers[code] = numbers.get(code, 0) + number
    total = sum(numbers.values())
    return Meant(numbers, total - numbers.get("", 0), total)


def missing(asked: Asked, school: str) -> list[int]:
    """Of whom in this Year 11 nothing is recorded; of one school (0: of none) or, empty, of all."""
    statement = f"select person_id from ({text('meant')}) r where destination = ''"
    said = asked.parameters
    if school:
        statement += " and coalesce(school, 0) = %(school)s"
        said["school"] = int(school)
    with connection.cursor() as cursor:
        cursor.execute(statement, said)
        return [person for (person,) in cursor.fetchall()]
