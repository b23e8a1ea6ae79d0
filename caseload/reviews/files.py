"""A service's list as a spreadsheet that opens with a password only."""

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO

from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import cases_of_service
from caseload.reviews.queries.lists import ORDER, CaseLine, Wanted, case_lines, cases_on
from neet import clock
from neet.accounts.models import User
from neet.files.writers import Sheet, xlsx_bytes
from schools.models import Service
from tracking.rules.months import ReportingMonth

HEADINGS = ("Last name", "First name", "Date of birth", "Year group", "District", "NEET since", "Support", "Worker",
            "Reviewed on", "Outcome", "In one line")  # fmt: skip


def people_of(run: MonthRun, service: Service, user: User) -> list[int]:
    """Whom the file would hold: those of the list that this user sees."""
    return sorted(cases_of_service(run, service, user).values_list("person", flat=True))


def list_as_file(run: MonthRun, service: Service, user: User, password: str) -> bytes:
    """The list with the columns this user reads, encrypted (ECMA-376 agile, AES-256); never kept unencrypted."""
    import msoffcrypto.format.ooxml as office  # heavy: half a second that only files need

    cases = (
        cases_on(run, user, Wanted(service=service.pk)).order_by(*ORDER).select_related("service", "worker")
    )
    month = ReportingMonth(run.month)
    plain = xlsx_bytes(Sheet(month.slug, HEADINGS, rows(cases, user, clock.today())))
    sealed = BytesIO()
    office.OOXMLFile(BytesIO(plain)).encrypt(password, sealed)
    return sealed.getvalue()


def rows(cases: Iterable[Case], user: User, on: date) -> Iterator[tuple[object, ...]]:
    for line in case_lines(cases, user, on):
        yield row(line)


def row(line: CaseLine) -> tuple[object, ...]:
    who, last = line.person, line.last
    return (
        who.family_name,
        who.given_name,
        who.born_on,
        who.year,
        who.district,
        line.neet_since,
        line.offer,
        line.worker,
        last.reviewed_on if last else None,
        last.get_outcome_display() if last else "",
        last.words if last else "",
    )
