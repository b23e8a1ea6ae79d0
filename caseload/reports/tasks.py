"""Making a report, and each school's sheet, beside the pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from caseload.reports.actions import sheets
from caseload.reports.actions.making import Beside, make
from caseload.reports.actions.sheets import Sheets, chosen
from caseload.reports.queries.asked import NotOpen, wanted_of
from caseload.reports.queries.places import open_to, schools_open_to
from neet.files.actions import CannotStore
from neet.jobs.work import JobFailed, Work
from returns.exchange.actions.parcels import Refused
from schools.models import Authority
from tracking.figures.queries.scorecard import NoSuchMonth
from tracking.rules.months import ReportingMonth

NOT_OPEN = "This is not open to whoever asked for it any more."
NO_MONTH = "This month was not frozen and does not go on, so there is no report of it."


def make_report(work: Work) -> dict[str, int]:
    """The report as it is open to whoever asked, at this moment."""
    authority = _council(work)
    with _in_words():
        if work.by is None:
            raise NotOpen
        places = [*open_to(work.by, authority), *schools_open_to(work.by, authority)]
        wanted = wanted_of(authority, work.payload, places)
        made = make(wanted=wanted, by=work.by, beside=Beside(work.still_mine, work.progress))
    return {"report": made.pk}


def put_sheets_out(work: Work) -> dict[str, int]:
    """The sheets of the schools and colleges that are open to whoever asked, at this moment."""
    authority = _council(work)
    with _in_words():
        schools = chosen(schools_open_to(work.by, authority), work.payload) if work.by else ()
        if not schools or work.by is None:
            raise NotOpen
        asked = Sheets(
            authority, ReportingMonth.read(work.payload["month"]), schools,
            date.fromisoformat(work.payload["ends_on"]),
        )  # fmt: skip
        beside = Beside(work.still_mine, work.progress)
        parcel = sheets.put_sheets_out(sheets=asked, by=work.by, beside=beside)
    return {"parcel": parcel.pk}


def _council(work: Work) -> Authority:
    assert work.authority_id is not None  # whoever asks asks for a council
    return Authority.objects.get(pk=work.authority_id)


@contextmanager
def _in_words() -> Iterator[None]:
    """Whatever refuses the work, as the page says it."""
    try:
        yield
    except NotOpen:
        raise JobFailed(NOT_OPEN) from None
    except NoSuchMonth:
        raise JobFailed(NO_MONTH) from None
    except (CannotStore, Refused) as refused:
        raise JobFailed(str(refused)) from None
