"""What became of those the points named, beside a list by school and one drawn by lot: a few statements."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db import connection, transaction

from caseload.prevention import sql
from caseload.prevention.models import RiskPoints
from caseload.prevention.rules import Group, Result, by_chance, by_school
from tracking.figures.models import Freeze
from tracking.reference.queries import ruleset
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

MOST_MONTHS = 12
# On 31 August every place at a school or college runs out: a list made or judged in September says nothing.
SEPTEMBER = 9
# Measured on 24 months of 3,000 people: half a second; taken for one row each, minutes.
NO_NESTED_LOOPS = "set local enable_nestloop = off"


@dataclass(frozen=True)
class Judged:
    """One month's list by points, by school and by lot, and what became of each within so many months."""

    month: ReportingMonth
    points: Result
    school: Result
    chance: Result


def judged(authority_id: int, *, length: int, within: int, on: date) -> tuple[Judged, ...]:
    """The last twelve months that can be judged, the oldest first: points were kept and the figures are frozen, then
    and `within` months later.

    Whoever was in learning at the month's end counts, if the figures still hold them at the end; they became NEET or
    not known if they were NEET at the end of any month in between, or either at the end of the last.
    """
    months = _months(authority_id, within)
    if not months:
        return ()
    lasts = [_later(each, within) for each in months]
    asked: dict[str, Any] = {
        "authority": authority_id,
        "months": months,
        "lasts": lasts,
        "first": months[0],
        "until": lasts[-1],
        "at_school": sorted(ruleset(on).activities_with(Status.COMPULSORY)),
        "length": length,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(NO_NESTED_LOOPS)
        cursor.execute(sql.text("outcomes"), asked)
        rows = cursor.fetchall()
    groups: dict[date, list[tuple]] = defaultdict(list)
    for month, *numbers in rows:
        groups[month].append(tuple(numbers))
    return tuple(_judged(month, found, length) for month, found in groups.items())


def _judged(month: date, groups: list[tuple], length: int) -> Judged:
    people, became = sum(each[0] for each in groups), sum(each[1] for each in groups)
    listed, found = sum(each[3] for each in groups), sum(each[4] for each in groups)
    return Judged(
        ReportingMonth(month),
        Result(listed, found, became, people),
        by_school(length, (Group(each[0], each[1], each[2]) for each in groups)),
        by_chance(length, people, became),
    )


def _months(authority_id: int, within: int) -> list[date]:
    kept = set(
        RiskPoints.objects.filter(person__authority=authority_id)
        .order_by()
        .values_list("month", flat=True)
        .distinct()
    )
    frozen = set(
        Freeze.objects.filter(authority=authority_id, replaced_at=None).values_list("month", flat=True)
    )
    found = [
        each
        for each in sorted(kept & frozen)
        if _later(each, within) in frozen and SEPTEMBER not in (each.month, _later(each, within).month)
    ]
    return found[-MOST_MONTHS:]


def _later(month: date, months: int) -> date:
    return ReportingMonth.of(month.replace(day=1) + relativedelta(months=months)).ends_on
