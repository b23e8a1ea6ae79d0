"""Checking an authority's records as the DfE would, and building the file it takes."""

import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.jobs.actions import submit
from neet.jobs.models import Job
from returns.nccis import xml
from returns.nccis.assembly import records
from returns.nccis.checks import Context, FileChecks, Finding, check_record
from returns.nccis.header import Header
from returns.nccis.kinds import Kind
from returns.nccis.models import CheckRun, RecordError, Submission
from returns.nccis.queries import database_ids, too_old, work_of
from returns.nccis.reading import Reading
from returns.nccis.record import Record
from returns.nccis.signing import CannotSign, NotSigned, may_sign, refuse_signing
from schools.models import Authority
from tracking.figures.actions import close, reopen
from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import standing_freeze
from tracking.figures.replay import as_known_at
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import reporting_year, year_words

SUPPLIER = "NEET register"
SUPPLIER_VERSION = "1"
SCHEMA_VERSION = "1"
TELL_EVERY = 500

Tell = Callable[[int], None]


def nobody_asks(done: int) -> None:
    """For work whose progress nobody watches."""


class NothingToSend(Exception):
    """The authority has nobody for the month's file."""


@dataclass(frozen=True)
class Month:
    """One authority's reporting month."""

    authority: Authority
    period_end: date


class Kept:
    """A file being written: compressed, counted and fingerprinted as it comes, so that memory stays flat."""

    def __init__(self) -> None:
        self._packed = io.BytesIO()
        self._packer = gzip.GzipFile(fileobj=self._packed, mode="wb", compresslevel=1, mtime=0)
        self._digest = hashlib.sha256()
        self.size = 0

    def add(self, data: bytes) -> None:
        self._packer.write(data)
        self._digest.update(data)
        self.size += len(data)

    def compressed(self) -> bytes:
        """The whole file, packed. Nothing can be written afterwards."""
        self._packer.close()
        return self._packed.getvalue()

    @property
    def fingerprint(self) -> str:
        return self._digest.hexdigest()


class Inspection:
    """Lets records through while checking them, keeps what was found, tells how many came."""

    def __init__(self, context: Context, tell: Tell) -> None:
        self._context = context
        self._tell = tell
        self._file = FileChecks(context)
        self.findings: list[Finding] = []
        self.people = 0

    def through(self, each: Iterable[Record]) -> Iterator[Record]:
        """The same records; afterwards `findings` and `people` are complete."""
        for record in each:
            self.people += 1
            self.findings += check_record(record, self._context)
            self._file.add(record)
            if self.people % TELL_EVERY == 0:
                self._tell(self.people)
            yield record
        self.findings += self._file.findings()

    @property
    def counts(self) -> dict[str, int]:
        """How many records have each error, by its number."""
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))


@transaction.atomic
def ask_for(*, kind: Kind, month: Month, by: User) -> Job | None:
    """Have the month checked or built beside the pages; None where work on it is under way already, whoever
    asked: two clicks, or two people, make one piece of work."""
    Authority.objects.select_for_update(no_key=True).get(pk=month.authority.pk)
    if work_of(month.authority.pk, month.period_end).filter(state__in=Job.OPEN).exists():
        return None
    return submit(
        kind=kind, by=by, authority_id=month.authority.pk, payload={"month": f"{month.period_end:%Y-%m}"}
    )


def check_month(*, month: Month, by: User | None, tell: Tell = nobody_asks) -> CheckRun:
    """Check everybody the month's file would hold by the DfE's rules of that month; the error board shows the
    latest run (R118, wishes 4.3). Changes no record."""
    inspection = _inspection(month, tell)
    with recorded(Kind.CHECKED, by=by, authority_id=month.authority.pk) as event:
        for _ in inspection.through(_records(month)):
            pass
        run = _keep(month, inspection, by)
        event.counts = {"people": inspection.people, "errors": len(inspection.findings)}
    return run


def build_file(
    *, month: Month, by: User | None, date_of_send: date | None = None, tell: Tell = nobody_asks
) -> Submission:
    """Build the month's file and keep it byte for byte: of a frozen month as the register was known at that moment,
    else as it stands, to look at. Built again it is the same but for DateOfSend (R85, wishes 4.4). Raises
    NothingToSend where nobody belongs in it."""
    inspection, kept = _inspection(month, tell), Kept()
    sent_on, frozen = date_of_send or clock.today(), standing_freeze(month.authority.pk, month.period_end)
    with recorded(Kind.BUILT, by=by, authority_id=month.authority.pk) as event:
        written = xml.Written()
        with _register_of(frozen):
            for chunk in xml.chunks(_header(month, sent_on), inspection.through(_records(month)), written):
                kept.add(chunk)
        if not inspection.people:
            raise NothingToSend(
                f"Nobody in {month.authority} belongs in the file for {month.period_end:%B %Y}."
            )
        _keep(month, inspection, by)
        submission = Submission.objects.create(
            authority=month.authority,
            period_end=month.period_end,
            date_of_send=sent_on,
            rules_of=year_words(reporting_year(month.period_end)),
            built_by=by,
            freeze=frozen,
            content=kept.compressed(),
            sha256=kept.fingerprint,
            size=kept.size,
            people=inspection.people,
            errors=inspection.counts,
        )
        event.counts = {
            "people": inspection.people,
            "errors": len(inspection.findings),
            "cleaned": len(written.cleaned),
        }
    return submission


def sign_off(*, submission: Submission, by: User, why: str = "") -> Submission:
    """Sign this file off and close its month: its figures stand from here on (R85). Said twice, the first time
    stands. Raises CannotSign."""
    with recorded(Kind.SIGNED_OFF, by=by, authority_id=submission.authority_id, why=why) as event:
        locked = _locked(submission)
        event.counts = {"submission": locked.pk}
        if locked.signed_off_at is None:
            close(freeze=refuse_signing(locked, by, why), by=by)
            locked.signed_off_at, locked.signed_off_by, locked.signed_off_why = clock.now(), by, why
            locked.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_why"])
    return locked


def take_back_sign_off(*, submission: Submission, by: User, why: str) -> Submission:
    """Take a sign-off back for a reason, such as a file the DfE refused: the month may be frozen anew. Raises
    CannotSign where the person may not sign."""
    with recorded(Kind.SIGN_OFF_TAKEN_BACK, by=by, authority_id=submission.authority_id, why=why) as event:
        locked = _locked(submission)
        event.counts = {"submission": locked.pk}
        if not may_sign(locked, by) or not why.strip():
            raise CannotSign("Enter why the sign-off is taken back")
        if locked.signed_off_at is not None and locked.freeze is not None:
            reopen(freeze=locked.freeze, by=by, why=why)
            locked.signed_off_at, locked.signed_off_by, locked.signed_off_why = None, None, ""
            locked.save(update_fields=["signed_off_at", "signed_off_by", "signed_off_why"])
    return locked


def mark_sent(*, submission: Submission, by: User) -> Submission:
    """Note that this file is the one that went to the DfE, and what it said of whom; said twice, the first time
    stands (R85). Raises NotSigned."""
    with recorded(Kind.SENT, by=by, authority_id=submission.authority_id) as event:
        locked = _locked(submission)
        if locked.signed_off_at is None:
            raise NotSigned
        if locked.sent_at is None:
            locked.sent_at, locked.sent_by = clock.now(), by
            locked.save(update_fields=["sent_at", "sent_by"])
            _keep_what_was_sent(locked)
        event.counts = {"submission": locked.pk}
    return locked


def _locked(submission: Submission) -> Submission:
    found = Submission.objects.select_for_update(of=("self",)).select_related("freeze", "authority")
    return found.defer("content").get(pk=submission.pk)


KEEP_SENT = """
    insert into returns_sentrecord (submission_id, person_id, period_end, letter)
    select %(submission)s, p.id, %(period_end)s, f.letter
    from unnest(%(numbers)s::text[], %(letters)s::text[]) as f (number, letter)
    left join tracking_youngperson p on p.authority_id = %(authority)s and p.young_person_id = f.number
"""


def _keep_what_was_sent(submission: Submission) -> None:
    """Read from the very bytes that went."""
    content = io.BytesIO(gzip.decompress(submission.content))
    told = [(record.young_persons_id, record.cohort_status) for record in Reading(content)]
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP_SENT,
            {
                "submission": submission.pk,
                "authority": submission.authority_id,
                "period_end": submission.period_end,
                "numbers": [number for number, _ in told],
                "letters": [letter for _, letter in told],
            },
        )


def _register_of(frozen: Freeze | None) -> AbstractContextManager[None]:
    """The register as it was known when the month was frozen; as it stands where it was not."""
    return as_known_at(frozen.frozen_at, frozen.authority_id) if frozen else nullcontext()


def _inspection(month: Month, tell: Tell) -> Inspection:
    header = _header(month, month.period_end)
    rules = ruleset(month.period_end)
    return Inspection(Context(rules, month.period_end, header.database_ids, header.la_codes), tell)


def _records(month: Month) -> Iterator[Record]:
    return records(authority=month.authority, period_end=month.period_end, ruleset=ruleset(month.period_end))


def _header(month: Month, sent_on: date) -> Header:
    return Header(
        database_ids=database_ids(month.authority),
        la_codes=(month.authority.code,),
        date_of_send=sent_on.isoformat(),
        period_end=month.period_end.isoformat(),
        supplier_name=SUPPLIER,
        supplier_xml_version=SUPPLIER_VERSION,
        xml_schema_version=SCHEMA_VERSION,
    )


KEEP_ERRORS = """
    insert into returns_recorderror (run_id, person_id, code, field, priority)
    select distinct %(run)s, p.id, f.code, f.field, f.priority
    from unnest(%(numbers)s::text[], %(codes)s::text[], %(fields)s::text[], %(priorities)s::int[])
      as f (number, code, field, priority)
    join tracking_youngperson p on p.authority_id = %(authority)s and p.young_person_id = f.number
"""


def _keep(month: Month, inspection: Inspection, by: User | None) -> CheckRun:
    """The run and its errors; of earlier runs of the month only the counts stay."""
    earlier = CheckRun.objects.filter(authority=month.authority, period_end=month.period_end)
    RecordError.objects.filter(run__in=earlier).delete()
    run = CheckRun.objects.create(
        authority=month.authority,
        period_end=month.period_end,
        by=by,
        people=inspection.people,
        too_old=too_old(month.authority, month.period_end, ruleset(month.period_end)).count(),
        counts=inspection.counts,
    )
    found = inspection.findings
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP_ERRORS,
            {
                "run": run.pk,
                "authority": month.authority.pk,
                "numbers": [finding.young_persons_id for finding in found],
                "codes": [finding.code for finding in found],
                "fields": [finding.field for finding in found],
                "priorities": [finding.rule.priority for finding in found],
            },
        )
    return run
