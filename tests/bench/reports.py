"""Every report at county size: what it says, cold and warm, then as PDF and as sheet."""

from django.db import transaction

from caseload.allocation.actions import open_month
from caseload.reports.catalogue import REPORTS, Report, content
from caseload.reports.papers import pdf, xlsx
from caseload.reports.queries.places import Whom, all_of, schools_of
from caseload.reports.rules.content import Content
from neet import clock
from schools.models import Authority
from tests.bench._measuring import Figure, county, median, report, spent, timed
from tests.bench.pages import statements
from tracking.figures.actions import Month, freeze
from tracking.figures.queries.scorecard import standing_freezes
from tracking.rules.months import ReportingMonth

RUNS, MONTHS = 5, 4


def main() -> None:
    county()
    with transaction.atomic():
        authority, today = Authority.objects.get(), clock.today()
        month = ReportingMonth.of(today).before
        kept = {each.month for each in standing_freezes(authority.pk)}
        for end in ends_asked(month):
            if end.ends_on not in kept:
                freeze(month=Month(authority.pk, end.ends_on), by=None)
        open_month(authority=authority, month=month.ends_on, by=None, on=month.ends_on)
        school = schools_of(authority)[0]
        for each in REPORTS.values():
            measure(each, authority, month, school if each.of_a_school else all_of(authority)[0])
        transaction.set_rollback(True)


def ends_asked(month: ReportingMonth) -> list[ReportingMonth]:
    """A month with the three before it and the same month of the year before, the oldest first."""
    found = [month]
    while len(found) < MONTHS:
        found.insert(0, found[0].before)
    return [ReportingMonth.of(month.starts_on.replace(year=month.starts_on.year - 1)), *found]


def measure(each: Report, authority: Authority, month: ReportingMonth, whom: Whom) -> None:
    """Cold: asked for the first time in this run. The first paper of all also reads the fonts."""

    def said(_: int = 0) -> Content:
        return content(each, authority, month, whom)

    cold, warm, number = timed(said), median(said, RUNS), statements(said)
    found = said()
    paper, sheet = spent(lambda: pdf(found)), spent(lambda: xlsx(found))
    figure = f"cold {cold:.2f} s, warm {warm:.2f} s, {number} statements; PDF {paper}, sheet {sheet}"
    report(Figure(f"report: {each.words}, county", figure, "none", None, RUNS))


if __name__ == "__main__":
    main()
