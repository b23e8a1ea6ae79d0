"""The duty to participate, read from the figures: now and month by month, by district, place and age."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from returns.activity_survey import sql
from returns.activity_survey.queries.asking import rows
from returns.activity_survey.rules.duty import Duty, added_up, duty_of
from schools.models import District, Establishment
from tracking.figures.queries.reach import EVERYBODY, Reach
from tracking.figures.queries.scorecard import asked_today, standing_freezes
from tracking.figures.queries.tallies import Source, frozen, live
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP
from tracking.rules.months import ReportingMonth

MONTHS = 13
CUTS: Mapping[str, str] = {"district": "District", "school": "School or college", "age": "Age"}
CUT_OF = {7: "", 3: "district", 5: "school", 6: "age"}  # a bit for each of the three that a row is not about
PLACE = {"district": 1, "school": 2, "age": 3}
NOWHERE = {"district": "No district recorded", "school": "None known", "age": "Age not known"}


@dataclass(frozen=True)
class Part:
    """One district, place or age; `key` asks for it, 0 for none."""

    key: int
    words: str
    duty: Duty


@dataclass(frozen=True)
class DutyPage:
    """How the 16 and 17 year olds stand today, in parts, and at the ends of the months before."""

    whole: Duty
    parts: Mapping[str, Sequence[Part]]
    months: Sequence[tuple[ReportingMonth, Duty]]


def duty_page(authority_id: int, today: date, reach: Reach = EVERYBODY) -> DutyPage:
    """The page's numbers, of those its reader's places reach. A dozen statements at most, whatever the months and
    parts."""
    rules = ruleset(today)
    records, asked = _reached(live(asked_today(authority_id, today)), reach)
    found = rows(sql.text("duty").replace("{records}", records), asked)
    counted: dict[str, dict[int | None, list[tuple[str, str, int]]]] = defaultdict(lambda: defaultdict(list))
    for which, *keys, code, status, number in found:
        cut = CUT_OF[which]
        counted[cut][keys[PLACE[cut] - 1] if cut else None].append((code, status, number))
    whole = added_up(counted[""][None], rules.activities)
    parts = {
        cut: _named(cut, {key: added_up(each, rules.activities) for key, each in counted[cut].items()})
        for cut in CUTS
    }
    return DutyPage(whole, parts, _months(authority_id, reach))


def _reached(source: Source, reach: Reach) -> tuple[str, dict[str, Any]]:
    """The records a reach leaves, and what they ask for."""
    asked = dict(source.parameters)
    return (
        f"select * from ({source.records}) as all_of_them where {reach.condition('all_of_them', asked)}",
        asked,
    )


def _named(cut: str, found: Mapping[int | None, Duty]) -> list[Part]:
    keys = [key for key in found if key is not None]
    names: dict[int, str] = {}
    if cut == "age":
        names = {key: f"Academic age {key} (Year {key - AGE_ABOVE_YEAR_GROUP})" for key in keys}
    elif cut == "district":
        names = dict(District.objects.filter(pk__in=keys).values_list("pk", "name"))
    else:
        names = dict(Establishment.objects.filter(pk__in=keys).values_list("pk", "name"))
    parts = [
        Part(key or 0, names.get(key or 0, NOWHERE[cut]), duty) for key, duty in found.items() if duty.people
    ]
    return sorted(parts, key=lambda each: (each.key == 0, each.words, each.key))


def _months(authority_id: int, reach: Reach) -> list[tuple[ReportingMonth, Duty]]:
    """The months that were frozen, the newest first, each by the rules of its end."""
    freezes = {each.pk: each.month for each in standing_freezes(authority_id)[:MONTHS]}
    if not freezes:
        return []
    records, asked = _reached(frozen(freezes), reach)
    statement = sql.text("duty_months").replace("{records}", records)
    by_month: dict[date, list[tuple[str, str, int]]] = defaultdict(list)
    for month, code, status, number in rows(statement, asked):
        by_month[month].append((code, status, number))
    return [
        (ReportingMonth(month), added_up(by_month[month], ruleset(month).activities))
        for month in sorted(by_month, reverse=True)
    ]


WHO = """
    select r.person_id, r.code, r.status from ({records}) r where r.is_measured
      and (%(district)s::bigint is null or coalesce(r.district_id, 0) = %(district)s)
      and (%(school)s::bigint is null or coalesce(r.establishment_id, 0) = %(school)s)
      and (%(age)s::int is null or coalesce(r.academic_age, 0) = %(age)s)
"""


def people_standing(
    authority_id: int,
    duty: str,
    narrowed: Mapping[str, int | None],
    today: date,
    reach: Reach = EVERYBODY,
) -> list[int]:
    """Who stands so towards the duty today, of those a reach leaves, narrowed to a district, a place, an age."""
    activities = ruleset(today).activities
    records, asked = _reached(live(asked_today(authority_id, today)), reach)
    asked |= {cut: narrowed.get(cut) for cut in CUTS}
    return [
        person
        for person, code, status in rows(WHO.format(records=records), asked)
        if duty_of(code, status, activities) == duty
    ]
