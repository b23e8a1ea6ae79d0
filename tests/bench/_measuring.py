"""What the measurements share: times, the county register, and the row each of them leaves in docs/benchmarks.md.

Machines are noisy: ours and the peer's figure are taken in one run, and the ratio is what counts.
"""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection

from neet import clock
from neet.accounts.models import User
from schools.models import Membership
from tracking.register.models import YoungPerson
from tracking.seeding.actions import Invention, invent

ROOT = Path(__file__).resolve().parent.parent.parent
TABLE = ROOT / "docs" / "benchmarks.md"
HEADING = """# Measurements

Taken by `bin/bench`, ours and the peer's in one run on one machine; judge by the ratio. Sizes: county = 55,000 young
people with six activities each.

| day | what | ours | peer | ratio | runs | machine |
|---|---|---|---|---|---|---|
"""
COUNTY = 55_000
AS_ON = date(2026, 11, 20)


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in the words of the row."""

    what: str
    ours: str
    peer: str
    ratio: float | None
    runs: int


def timed(action: Callable[[], object]) -> float:
    """Seconds one run takes."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of processor time: of this process, its children and its session of the database. The
    second hangs less on what else a machine does."""

    wall: float
    processor: float

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(self.wall + other.wall, self.processor + other.processor)

    def times(self, factor: float) -> "Spent":
        return Spent(self.wall * factor, self.processor * factor)

    def __str__(self) -> str:
        return f"{self.wall:.2f} s ({self.processor:.2f} s of processor time)"


def spent(action: Callable[[], object]) -> Spent:
    """What one run takes."""
    before, began = _processor(), time.perf_counter()
    action()
    return Spent(time.perf_counter() - began, _processor() - before)


def _processor() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (session,) = cursor.fetchone()
    ticks = Path(f"/proc/{session}/stat").read_text().rpartition(")")[2].split()[11:13]
    return sum(os.times()[:4]) + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def median(action: Callable[[], object], runs: int) -> float:
    """Seconds the middle one of several runs takes."""
    return statistics.median(timed(action) for _ in range(runs))


def percentile(seconds: Sequence[float], share: float) -> float:
    """The time that this share of the requests stay under, in milliseconds."""
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)] * 1000


def county() -> None:
    """The county register, invented once for all measurements of a run."""
    if not YoungPerson.objects.exists():
        measured_county()
    assert YoungPerson.objects.count() == COUNTY, "The measurements need a database of their own."


def measured_county() -> float:
    """Seconds it takes to invent the county register."""
    return timed(lambda: invent(Invention("county", 1, AS_ON)))


def data_officer() -> User:
    """The county's data officer, invented with it."""
    officers = Membership.objects.select_related("user").filter(role="mi_officer")
    return officers.order_by("pk")[0].user


def report(figure: Figure) -> None:
    """Print the figure and keep its dated row."""
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else "-"
    print(f"{figure.what}: {figure.ours}; {figure.peer}; ratio {ratio}", flush=True)
    if not TABLE.exists():
        TABLE.write_text(HEADING)
    cells = (
        clock.today().isoformat(),
        figure.what,
        figure.ours,
        figure.peer,
        ratio,
        str(figure.runs),
        machine(),
    )
    with TABLE.open("a") as rows:
        rows.write(f"| {' | '.join(cells)} |\n")


def machine() -> str:
    """Cores, memory, Python, PostgreSQL and how busy it is with other work; no names."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        server = cursor.fetchone()[0].split()[0]
    versions = f"Python {platform.python_version()}, PostgreSQL {server}"
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {versions}, load {os.getloadavg()[0]:.0f}"
