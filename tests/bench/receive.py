"""One return of 15,004 rows, from its file to the checked report and into the register, beside what would be used
instead: django-import-export, and the limit, COPY of the same rows."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from neet.files.actions import store
from neet.files.models import StoredFile
from neet.files.writers import Sheet, csv_chunks, xlsx_bytes
from returns.calendar.models import Collection, ExpectedReturn
from returns.intake.actions.applying import confirm
from returns.intake.actions.checking import check
from returns.intake.actions.handing import record_notice
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from schools.models import Authority, Establishment
from tests.bench import _peers
from tests.bench._measuring import AS_ON, ROOT, Figure, Spent, county, report, spent, timed
from tests.returns.intake._sent import sent

ROWS, RUNS = 15_004, 3
PARTS = (500, 1_500)  # the library, row by row: first these, then all rows where that takes no longer than
PATIENCE = 15 * 60
FROM, TO = date(2008, 9, 1), date(2010, 9, 1)
# After what the register holds of this term, so that nearly every row ends one activity and begins another.
STARTED = "15/09/2026"
HEADINGS = ("Surname", "Forename", "DOB", "Gender", "UPN", "ULN", "Address line 1", "Town", "Postcode", "Year group",
            "Activity", "Start date")  # fmt: skip
Row = tuple[str, ...]


def rows() -> list[Row]:
    """What a school's system would export, with the mistakes of the mix: twins, siblings' numbers, slips, moves."""
    authority = Authority.objects.get()
    everybody = sent("school", 1, _of_age(), authority.pk).rows
    found = [_row(each) for each in everybody if FROM.isoformat() <= each["date_of_birth"] < TO.isoformat()]
    assert len(found) >= ROWS, len(found)
    return found[:ROWS]


def _of_age() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from tracking_youngperson where date_of_birth is not null and upn <> ''"
        )
        return int(cursor.fetchone()[0])


def _row(each: dict[str, str]) -> Row:
    born = date.fromisoformat(each["date_of_birth"])
    names = ("family_name", "given_name")
    places = ("gender", "upn", "uln", "line_1", "town", "postcode")
    year = "12" if born >= date(2009, 9, 1) else "13"
    gender, *rest = (each.get(name) or "" for name in places)
    return (
        *(each[name] for name in names),
        f"{born:%d/%m/%Y}",
        gender,
        *rest,
        year,
        "A levels",
        STARTED,
    )


def expected() -> ExpectedReturn:
    """What the largest place was asked for."""
    authority = Authority.objects.get()
    asked = Collection.objects.create(
        authority=authority,
        type="enrolment",
        title="Enrolment",
        academic_year=2026,
        as_at=AS_ON,
        opens_on=AS_ON,
        due_on=AS_ON,
    )
    return ExpectedReturn.objects.create(
        collection=asked, establishment=Establishment.objects.filter(kind="school")[0]
    )


def kept(content: bytes) -> StoredFile:
    return store(source=[content], name="enrolment.xlsx", purpose="return", by=None, authority_id=None)


class Stages:
    """How long each part of a check took, from what it tells of its progress."""

    NAMES = ("read", "clean and keep", "match", "keep problems", "compare")

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.at: dict[int, float] = {}

    def tell(self, done: int, total: int) -> None:
        self.at[done if total else 0] = time.perf_counter()

    def spent(self) -> str:
        moments = [self.began, *(self.at[step] for step in sorted(self.at)), time.perf_counter()]
        spent = [after - before for before, after in pairwise(moments)]
        return ", ".join(f"{name} {took:.2f}" for name, took in zip(self.NAMES, spent, strict=False))


@contextmanager
def statements(into: dict[str, int], name: str):
    with CaptureQueriesContext(connection) as seen:
        yield
    into[name] = len(seen)


def checked(asked: ExpectedReturn, file: StoredFile) -> tuple[Intake, Stages, float]:
    """The file from arrival to its report."""
    began = time.perf_counter()
    Intake.objects.filter(expected=asked).update(sha256="")  # else the same file again would be no work
    stages = Stages()
    intake = check(intake=begin_with_file(expected=asked, file=file, by=None), by=None, tell=stages.tell)
    assert intake.state == Intake.State.CHECKED, intake.refusal
    return intake, stages, time.perf_counter() - began


def memory(*contents: bytes) -> str:
    """What reading these files took at most."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / str(number) for number, _ in enumerate(contents)]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        asked = [sys.executable, "-m", "tests.files.read_all", *map(str, paths)]
        said = json.loads(subprocess.run(asked, capture_output=True, check=True, cwd=ROOT).stdout)
    assert said["read"] == len(contents)
    return f"{said['memory'] >> 20} MB, {said['seconds']:.1f} s of processor time"


def middle(action: Callable[[], float]) -> float:
    return sorted(action() for _ in range(RUNS))[RUNS // 2]


def ours(asked: ExpectedReturn, content: bytes) -> tuple[Spent, Spent]:
    """What a check takes (the middle of three) and an apply, printed by stages."""
    file, counted, took, last = kept(content), {}, [], {}

    def again() -> None:
        last["intake"], last["stages"], _ = checked(asked, file)

    for _ in range(RUNS):
        took.append(spent(again))
        print(f"  check {took[-1]}: {last['stages'].spent()}", flush=True)
    with statements(counted, "check"):
        again()
    intake = last["intake"]
    print(f"  {intake.counts}", flush=True)
    record_notice(intake=intake, issued_on=AS_ON, by=None)
    intake.refresh_from_db()
    with statements(counted, "apply"):
        applied = spent(lambda: confirm(intake=intake, by=None))
    print(f"  apply {applied}; statements {counted}", flush=True)
    return sorted(took, key=lambda each: each.wall)[RUNS // 2], applied


def honest(count: int, columns: int) -> Iterable[Row]:
    return (tuple(f"{number} {at}" for at in range(columns)) for number in range(count))


def reading() -> None:
    """The most memory an honest file takes."""
    headings = [f"Heading {at}" for at in range(25)]
    book = xlsx_bytes(Sheet("Pupils", headings, honest(50_000, 25)))
    text = b"".join(csv_chunks(headings, honest(50_000, 25)))
    both = f"Excel {memory(book)}; CSV {memory(text)}"
    report(
        Figure("read a file of 50,000 rows and 25 columns in its own process", both, "limit 512 MB", None, 1)
    )


def main() -> None:
    county()
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        reading()
        sheet = rows()
        content = xlsx_bytes(Sheet("Pupils", HEADINGS, sheet))
        _peers.prepare()
        indexed = middle(lambda: timed(lambda: _peers.copied(sheet, "bench_rows")))
        bare = middle(lambda: timed(lambda: _peers.copied(sheet, "bench_bare")))
        limit = f"COPY of the rows {indexed:.2f} s indexed, {bare:.2f} s bare"
        print(f"  {limit}", flush=True)
        took = ours(expected(), content)
        beside(took, "default on bare copies", limit, row_by_row(_peers.Rowwise, sheet))
        beside(took, "default on the register itself", limit, row_by_row(_peers.OnRegister, sheet))
        beside(took, "use_bulk on bare copies", limit, Passes(*passes(_peers.Bulk, sheet), "all rows"))


@dataclass(frozen=True)
class Passes:
    """The library's dry run and its import of the whole file, and how their times were come by."""

    dry: Spent
    wet: Spent
    how: str


def passes(peer: type, some: list[Row]) -> tuple[Spent, Spent]:
    """What it takes of the library's dry run and import of these rows, as its admin does them."""
    content = xlsx_bytes(Sheet("Pupils", HEADINGS, some))
    dry, wet = (spent(lambda d=dry: _peers.imported(content, peer, dry_run=d)) for dry in (True, False))
    each = _each(dry + wet, some)
    print(f"  {peer.__name__} {len(some):,} rows: dry run {dry}, import {wet}, {each}", flush=True)
    return dry, wet


def _each(took: Spent, some: list[Row]) -> str:
    return f"{took.wall / len(some) * 1000:.1f} ms a row"


def row_by_row(peer: type, sheet: list[Row]) -> Passes:
    """The library's own way with all rows; where that takes too long with a part of them, as many times over, and a
    smaller part beside it that shows whether it grows evenly."""
    fewer, some = (sheet[:part] for part in PARTS)
    small, large = passes(peer, fewer), passes(peer, some)
    times = len(sheet) / len(some)
    if (large[0] + large[1]).wall * times <= PATIENCE:
        return Passes(*passes(peer, sheet), "all rows")
    evenly = [
        f"{len(part):,} rows at {_each(dry + wet, part)}"
        for part, (dry, wet) in ((some, large), (fewer, small))
    ]
    return Passes(large[0].times(times), large[1].times(times), f"scaled from {evenly[0]}, {evenly[1]}")


def beside(took: tuple[Spent, Spent], name: str, limit: str, peer: Passes) -> None:
    """Our check, our apply and both, each beside the library's dry run and import together."""
    theirs = peer.dry + peer.wet
    said = f"django-import-export {name}, {peer.how}: dry run {peer.dry}, import {peer.wet}"
    steps = ("file to checked report", "apply", "file to register")
    for what, mine in zip(steps, (*took, took[0] + took[1]), strict=True):
        by_processor = f"by processor time {theirs.processor / mine.processor:.0f} times; {limit}"
        times = theirs.wall / mine.wall
        report(
            Figure(f"a return of {ROWS:,} rows, {what}", str(mine), f"{said}; {by_processor}", times, RUNS)
        )


if __name__ == "__main__":
    main()
