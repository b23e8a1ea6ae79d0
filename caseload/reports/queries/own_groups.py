"""The groups the council has named itself and wants told of, in the month's figures (R101)."""

from typing import Any

from caseload.reports.queries.cuts import of_counts
from caseload.reports.queries.material import Material
from caseload.reports.rules.content import Section
from tracking.figures.queries.tallies import Key
from tracking.groups.queries import counts_of, told_of
from tracking.rules.rates import Counts

NOTE = "Groups may overlap. Each is as it is defined today, counted among the young people of this month."


def own_groups(made_of: Material) -> Section | None:
    """Each group of which the monthly report tells; nothing where there is none. Two statements."""
    told = told_of(made_of.authority.pk)
    asked: dict[str, Any] = {}
    here = made_of.chosen.condition("r", asked)
    counted = counts_of(made_of.source, [each.rule for each in told], here, **asked)
    found: dict[Key, Counts] = {each.pk: counts for each, counts in zip(told, counted, strict=True)}
    return of_counts("Own groups", "Group", found, {str(each.pk): each.name for each in told}, note=NOTE)
