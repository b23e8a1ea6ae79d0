"""A return is checked: its file read, its rows cleaned, matched and compared."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.files.reader import Unreadable
from neet.jobs.actions import submit
from neet.jobs.models import Job
from returns.intake.actions.locking import locked
from returns.intake.actions.receiving import set_older_aside
from returns.intake.checking import look_again, nobody_told
from returns.intake.kinds import Kind
from returns.intake.models import Intake
from returns.intake.queries.work import is_at_work
from returns.intake.reading import Tell, read_sheet
from returns.intake.recognising import tell_which
from tracking.matching.candidates import Beforehand, read_beforehand

State = Intake.State
EMPTY = "The file has headings and no rows beneath them."
SMALL_FILE = 2 << 20  # bytes; larger files wait in the line of long work
FILE_OF_MANY = 100 << 10
TITLE = 300


def check(*, intake: Intake, by: User | None, tell: Tell = nobody_told) -> Intake:
    """Read a return's file if that is still to be done, then clean, match and compare its rows.

    A file that cannot be read leaves it refused, with the reason, and an older version as it was. Where it is not sure
    which heading holds which column, it waits for a person to say so. Checking again keeps fixes, explanations and
    decisions. Raises NotNow.
    """
    with recorded(Kind.CHECKED, by=by, authority_id=intake.authority_id) as event, _no_litter():
        intake = locked(intake, *Intake.OPEN)
        if intake.state == State.UPLOADED and intake.file_id:
            _read_and_look(intake, tell)
            if intake.state == State.CHECKED:
                set_older_aside(intake=intake, by=by)
        else:
            look_again(intake, tell=tell)
            intake.state = State.CHECKED
        intake.save()
        event.counts = {"intake": intake.pk, **_shown(intake)}
    return intake


def ask_to_check(*, intake: Intake, by: User | None) -> Job | None:
    """Have a return checked beside the pages; None where that is asked for already."""
    with recorded(Kind.CHECK_ASKED, by=by, authority_id=intake.authority_id, counts={"intake": intake.pk}):
        now = locked(intake, *Intake.OPEN)
        if is_at_work(now):
            return None
        large = now.file is not None and now.file.size > SMALL_FILE
        return submit(
            kind=Kind.CHECKED,
            by=by,
            authority_id=now.authority_id,
            payload={"intake": now.pk},
            queue=Job.Queue.LARGE if large else Job.Queue.SMALL,
        )


@contextmanager
def _no_litter() -> Iterator[None]:
    """Rows and cells hold no rings, so nobody need walk all of them again and again to look for some."""
    was_looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_looking:
            gc.enable()


def _read_and_look(intake: Intake, tell: Tell) -> None:
    names: list[Beforehand | None] = []
    try:
        sheet = read_sheet(intake, tell, lambda: names.append(_names_beforehand(intake)))
    except Unreadable as reason:
        intake.state, intake.refusal = State.REFUSED, str(reason)
        return
    intake.headings, intake.heading_row = list(sheet.headings), sheet.heading_row
    intake.remarks, intake.columns = list(sheet.remarks), dict(sheet.columns)
    intake.title, intake.orders = sheet.title[:TITLE], {**sheet.orders, **intake.orders}
    tell_which(intake, sheet)
    if sheet.lines is None:
        return
    if not sheet.lines:
        intake.state, intake.refusal = State.REFUSED, EMPTY
        return
    look_again(intake, sheet.lines, tell, *names)
    intake.state = State.CHECKED


def _names_beforehand(intake: Intake) -> Beforehand | None:
    """The names on the register, for a file of so many that some of them will have to be weighed against all."""
    has_many = intake.file is not None and intake.file.size > FILE_OF_MANY
    return read_beforehand(intake.authority_id) if has_many else None


def _shown(intake: Intake) -> dict[str, int]:
    return {name: count for name, count in intake.counts.items() if count}
