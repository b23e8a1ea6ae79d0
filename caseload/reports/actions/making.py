"""Asking for a report, and making it: its files are kept with a fingerprint of its numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from caseload.reports.catalogue import content
from caseload.reports.kinds import Kind
from caseload.reports.models import MadeReport
from caseload.reports.papers import pdf, xlsx
from caseload.reports.queries.asked import being_made
from caseload.reports.queries.made import made_of
from caseload.reports.rules.content import Content
from caseload.reports.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.actions import remove, store
from neet.files.models import StoredFile
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.turns import one_at_a_time

PURPOSE = "report for meetings"
STEPS = 3
TURN = "neet.report"  # two who ask for the same report at once get one


def _nobody_asks() -> None:
    """There is no fence where nobody else can take the work over."""


def _nobody_watches(done: int, total: int) -> None:
    """There is no page that shows how far it is."""


@dataclass(frozen=True)
class Beside:
    """Work beside the pages: the fence to ask before writing, and where to say how far it is."""

    still_mine: Callable[[], None] = _nobody_asks
    tell: Callable[[int, int], None] = _nobody_watches


ALONE = Beside()


def ask(*, wanted: Wanted, by: User) -> Job:
    """Have a report made beside the pages. Whoever asks while it is being made waits for the same work."""
    with recorded(Kind.ASKED, by=by, authority_id=wanted.authority.pk) as event:
        one_at_a_time(TURN, wanted.authority.pk)
        job = being_made(wanted) or submit(
            kind=Kind.ASKED, by=by, authority_id=wanted.authority.pk, payload=wanted.asked
        )
        event.counts = {"job": job.pk}
    return job


def make(*, wanted: Wanted, by: User | None, beside: Beside = ALONE) -> MadeReport:
    """Make a report and keep it as PDF and sheet. Of the same numbers the one that was made stands, whoever asks again.
    Nothing is locked while the pages are set. Raises NoSuchMonth, and CannotStore where there is no room."""
    said = content(wanted.report, wanted.authority, wanted.month, wanted.whom)
    beside.tell(1, STEPS)
    if _standing(wanted, said):
        return _kept(wanted, said, {}, by, beside)
    files: dict[str, StoredFile] = {}
    try:
        _set(wanted, said, by, beside, files)
        made = _kept(wanted, said, files, by, beside)
    except BaseException:
        _forget(files, by)
        raise
    if made.pdf_id != files["pdf"].pk:
        _forget(files, by)  # somebody else made the same one meanwhile
    return made


def _standing(wanted: Wanted, said: Content) -> MadeReport | None:
    """What was made last, if it says the same."""
    last = made_of(wanted.authority.pk, wanted.report.slug, wanted.month, wanted.whom).first()
    return last if last and last.digest == said.digest else None


def _set(
    wanted: Wanted, said: Content, by: User | None, beside: Beside, files: dict[str, StoredFile]
) -> None:
    place = "" if wanted.whom.is_whole else f"_{wanted.whom.slug}"
    name = f"{wanted.report.slug}_{wanted.month.slug}{place}"
    for step, (ending, set_as) in enumerate((("pdf", pdf), ("xlsx", xlsx)), start=2):
        files[ending] = store(
            source=[set_as(said)], name=f"{name}.{ending}", purpose=PURPOSE, by=by,
            authority_id=wanted.authority.pk,
        )  # fmt: skip
        beside.tell(step, STEPS)


def _kept(
    wanted: Wanted, said: Content, files: dict[str, StoredFile], by: User | None, beside: Beside
) -> MadeReport:
    with recorded(Kind.MADE, by=by, authority_id=wanted.authority.pk) as event:
        beside.still_mine()
        one_at_a_time(TURN, wanted.authority.pk)
        made = _standing(wanted, said) or MadeReport.objects.create(
            authority=wanted.authority,
            slug=wanted.report.slug,
            month=wanted.month.ends_on,
            district=wanted.whom.district,
            service=wanted.whom.service,
            establishment=wanted.whom.establishment,
            is_frozen=wanted.month.is_over(clock.today()),
            digest=said.digest,
            made_by=by,
            **files,
        )
        event.counts = {"report": made.pk, "sections": len(said.sections)}
    return made


def _forget(files: dict[str, StoredFile], by: User | None) -> None:
    for each in files.values():
        remove(file=each, by=by, why="not needed")
