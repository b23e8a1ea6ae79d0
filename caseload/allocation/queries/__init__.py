"""Reading the month's cases: which month runs, whose cases somebody sees, what the rules read."""

from caseload.allocation.queries.cases import case_of, cases_of_service, running_run, settings_of
from caseload.allocation.queries.people import decisions, neet_on, statuses

__all__ = [
    "case_of",
    "cases_of_service",
    "decisions",
    "neet_on",
    "running_run",
    "settings_of",
    "statuses",
]
