"""Each school's own sheet, laid there for it as a file it collects and may answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from caseload.reports.actions.making import Beside
from caseload.reports.catalogue import SCHOOL
from caseload.reports.kinds import Kind
from caseload.reports.papers import pdf
from caseload.reports.queries.material import material
from caseload.reports.queries.one_school import book_of, for_the_school
from caseload.reports.queries.places import WHOLE, Whom
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.actions import remove
from neet.jobs.actions import submit
from neet.jobs.models import Job
from returns.exchange.actions.parcels import Refused, put_out
from returns.exchange.making import kept
from returns.exchange.models import Parcel, ParcelFile
from returns.exchange.statements import ForOne, Told
from returns.intake.papers import Paper
from schools.models import Authority
from tracking.rules.months import ReportingMonth

ABOUT = "Your numbers beside those of all, for our yearly talk. It names nobody. Answer below what we should know."
NOTHING = "There is nothing to say of any of them that is not of few, or it lies there already. Nothing was put out."


@dataclass(frozen=True)
class Sheets:
    """Sheets to put out: whose month, for whom, and until when they lie there."""

    authority: Authority
    month: ReportingMonth
    schools: Sequence[Whom]
    ends_on: date


def ask_to_put_out(
    *, authority: Authority, month: ReportingMonth, schools: Sequence[int], ends_on: date, by: User
) -> Job:
    """Have sheets made beside the pages and put out together: of these schools and colleges, or of all."""
    payload = {"month": month.slug, "schools": list(schools), "ends_on": ends_on.isoformat()}
    with recorded(Kind.SHEETS_ASKED, by=by, authority_id=authority.pk) as event:
        job = submit(kind=Kind.SHEETS_ASKED, by=by, authority_id=authority.pk, payload=payload)
        event.counts = {"job": job.pk, "schools": len(schools)}
    return job


def put_sheets_out(*, sheets: Sheets, by: User, beside: Beside) -> Parcel:
    """Make each school's sheet and lay them there together; where that fails none stays. Who has the sheet of this
    month already gets no second one, until the first was taken away. Raises NoSuchMonth, Refused, CannotStore."""
    made: list[ForOne] = []
    try:
        made.extend(_sheets(sheets, by, beside))
        with recorded(Kind.SHEETS_PUT_OUT, by=by, authority_id=sheets.authority.pk) as event:
            beside.still_mine()
            Authority.objects.select_for_update(no_key=True).get(
                pk=sheets.authority.pk
            )  # one after the other
            if not made or has_sheet(sheets.authority, sheets.month) & {
                each.establishment_id for each in made
            }:
                raise Refused(NOTHING)
            parcel = put_out(authority=sheets.authority, told=_told(sheets), files=made, by=by)
            event.counts = {"parcel": parcel.pk, "files": len(made)}
    except BaseException:
        with transaction.atomic():
            for each in made:
                remove(file=each.file, by=by, why="not put out")
        raise
    return parcel


def has_sheet(authority: Authority, month: ReportingMonth) -> set[int]:
    """The schools and colleges for which the sheet of a month lies, or lay, there."""
    files = ParcelFile.objects.filter(
        parcel__authority=authority, parcel__kind=Parcel.Kind.TALK, parcel__title=_title(month),
        parcel__withdrawn_at=None,
    )  # fmt: skip
    return set(files.values_list("establishment_id", flat=True))


def _sheets(sheets: Sheets, by: User, beside: Beside) -> Iterator[ForOne]:
    """What is counted is counted once for all of them."""
    authority, month = sheets.authority, sheets.month
    book = book_of(material(authority, month, Whom(WHOLE, authority.name)))
    has = has_sheet(authority, month)
    for done, whom in enumerate(sheets.schools, start=1):
        school = whom.establishment
        said = None if school is None or school.pk in has else for_the_school(book, whom, SCHOOL.words)
        if said and school:
            name = f"sheet_{month.slug}_{school.urn or school.pk}.pdf"
            yield kept(Paper(name, pdf(said), ()), school.pk, authority.pk, by)
        beside.tell(done, len(sheets.schools))


def _told(sheets: Sheets) -> Told:
    return Told(kind=Parcel.Kind.TALK, title=_title(sheets.month), about=ABOUT, ends_on=sheets.ends_on)


def _title(month: ReportingMonth) -> str:
    return f"For our yearly talk: {month.words}"


def chosen(every: Sequence[Whom], asked: Mapping[str, list[int]]) -> Sequence[Whom]:
    """Those a job names of those there are; all where it names none."""
    wanted = set(asked["schools"])
    return [each for each in every if each.establishment and (not wanted or each.establishment.pk in wanted)]
