"""How everybody of an authority counts on a day, as one SQL statement: what a freeze writes, what is counted live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from tracking.figures import sql
from tracking.rules.academic_year import academic_year, birth_range
from tracking.rules.codes import CohortKind
from tracking.rules.cohort import OUT_BY_KIND
from tracking.rules.ruleset import RuleSet

# In the order of the statement.
COLUMNS = (
    "authority_id", "month", "person_id", "reason", "is_measured", "academic_age", "code", "status", "has_lapsed",
    "participates", "neet_since_on", "district_id", "establishment_id", "service_id", "need", "is_vulnerable",
    "characteristics", "gender", "ethnicity", "guarantee",
)  # fmt: skip
RECORDS = sql.text("records")
OF_THAT_DAY = "tracking_situations(%(day)s, array(select id from placed))"
AS_THEY_STAND = "tracking_situation"  # kept for today by the database: the same, already worked out
# From September to March the year that ended is still reported: Year 11's offer by those now in Year 12.
GUARANTEE_MONTHS_OF_THE_NEW_YEAR = frozenset({9, 10, 11, 12, 1, 2, 3})
OFFER_MADE = "offer made"


@dataclass(frozen=True)
class Asked:
    """Whose month is counted, on which day of it, by which rules; `people` narrows it to some."""

    authority_id: int
    month: date
    day: date
    rules: RuleSet
    people: Sequence[int] | None = None

    @property
    def parameters(self) -> dict[str, Any]:
        """What the statement asks: ages, letters and codes from the rule set."""
        return {
            "authority": self.authority_id,
            "month": self.month,
            "month_start": self.month.replace(day=1),
            "day": self.day,
            "people": list(self.people) if self.people is not None else None,
            "academic_year": academic_year(self.day),
            "born_to": birth_range(self.rules.limits["youngest_academic_age"], self.day)[1],
            **_guarantee(self.day, self.rules),
            **_codes(self.rules),
        }


def select(*, today: bool = False) -> str:
    """The statement; `today` where the day is today, on the register as it is."""
    return RECORDS.replace("{situations}", AS_THEY_STAND if today else OF_THAT_DAY)


def differences(was: str, now: str) -> str:
    """The statement of whom two sets of records count differently: person, then code, status and reason both ways."""
    return sql.text("changes").replace("{was}", was).replace("{now}", now)


def fingerprint(records: str) -> str:
    """The statement of a fingerprint of records: equal rows, equal fingerprint, wherever they stand."""
    return f"""
        select encode(sha256(convert_to(coalesce(string_agg(line, E'\\n' order by person_id), ''), 'UTF8')), 'hex')
        from (select person_id, row({", ".join(COLUMNS)})::text as line from ({records}) r) as record
    """


def _codes(rules: RuleSet) -> dict[str, Any]:
    letters, activities = rules.cohort_statuses, rules.activities
    ages = (
        "youngest_academic_age",
        "oldest_without_plan",
        "oldest_with_plan",
        "youngest_measured",
        "oldest_measured",
    )
    return {
        **{name: rules.limits[name] for name in ages},
        "letters": list(letters),
        "kinds": [_kind(each.kind) for each in letters.values()],
        "reasons": [str(OUT_BY_KIND.get(each.kind, "")) for each in letters.values()],
        "codes": list(activities),
        "statuses": [str(each.status) for each in activities.values()],
        "participating": [each.counts_in_education_and_training for each in activities.values()],
        "characteristics": sorted(rules.characteristics),
        "vulnerable": sorted(
            code for code, each in rules.characteristics.items() if each.in_vulnerable_group
        ),
    }


KINDS: Mapping[CohortKind, str] = MappingProxyType(
    {CohortKind.PRIMARY: "primary", CohortKind.GUARANTEE: "guarantee"}
)


def _kind(kind: CohortKind) -> str:
    return KINDS.get(kind, "left")


def _guarantee(day: date, rules: RuleSet) -> dict[str, Any]:
    """Whose guarantee the month reports: the two ages, and how far an age lies above the year group of its offer."""
    later = day.month in GUARANTEE_MONTHS_OF_THE_NEW_YEAR
    youngest = rules.limits["youngest_academic_age"] + later
    return {"owed_ages": [youngest, youngest + 1], "owed_year_below": 5 if later else 4}
