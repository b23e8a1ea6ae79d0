"""A school's report as a document."""

from neet import clock
from neet.documents.pdf import pdf_of
from returns.activity_survey.queries.report import Report

TEMPLATE = "returns/activity_survey/report_print.html"


def paper_of(report: Report) -> bytes:
    """The report as a tagged PDF; it names nobody."""
    return pdf_of(TEMPLATE, {"report": report, "today": clock.today()})


def name_of(report: Report) -> str:
    """What the file is called: the school's number, not its pupils."""
    place = report.establishment.number or report.establishment.pk
    return f"activity-survey-{report.year}-{place}.pdf"
