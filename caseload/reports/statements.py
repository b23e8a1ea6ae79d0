"""What is asked for, as a page hands it to the action."""

from dataclasses import dataclass

from caseload.reports.catalogue import Report
from caseload.reports.queries.places import Whom
from schools.models import Authority
from tracking.rules.months import ReportingMonth


@dataclass(frozen=True)
class Wanted:
    """Which report, whose month, of whom."""

    report: Report
    authority: Authority
    month: ReportingMonth
    whom: Whom

    @property
    def asked(self) -> dict[str, str]:
        """As an address and the payload of a job say it."""
        return {"report": self.report.slug, "month": self.month.slug, "of": self.whom.slug}
