"""One council as large as a county, alone on its register and among all of England's: the same pages, a month, a return
and the file, one database after the other on one server, twice round; the quicker round counts. A council of 3,000
beside them, to see what grows with a council and what with the register.

All are invented the first time, which takes most of an hour. `ENGLAND=folder bin/bench england` keeps them there, as
a server's files, and measures those of the last time (17 GB); without it they are gone afterwards. Of files that are
kept, and for root, each page is also asked for with nothing of them in memory.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from neet.launch.postgres import OWNER, Postgres
from neet.launch.processes import stop
from tests.bench._measuring import AS_ON, ROOT, Figure, report

ROUNDS, MOST = 2, 3.0
KEPT_IN = "ENGLAND"
SMALL, COUNTY, ENGLAND = SIZES = ("small", "county", "england")
PROCESSOR = "processor"
TICK = 10.0  # milliseconds: what the clock of processor time counts by
Measured = dict[str, dict[str, float]]
Round = dict[str, Measured]
Named = dict[str, str]
HOW_LARGE = """
    select (select count(*) from tracking_youngperson), (select count(*) from schools_authority),
        (select sum(greatest(reltuples, 0))::bigint from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r'),
        pg_database_size(current_database())
"""


def main() -> None:
    with server() as (at, kept):
        there = {size: named(at, size) for size in SIZES}
        for size, where in there.items():
            told_size(size, where)
        rounds = [{size: measured(where) for size, where in there.items()} for _ in range(ROUNDS)]
        slow = [name for name in rounds[0][COUNTY] if told(name, rounds) > MOST]
        if kept and os.geteuid() == 0:
            first = {
                size: quicker(cold(kept, there[size]) for _ in range(ROUNDS)) for size in (COUNTY, ENGLAND)
            }
            slow += [f"{name}, cold" for name in first[COUNTY] if told_cold(name, first) > MOST]
    assert not slow, f"more than {MOST:.0f} times a county's: {', '.join(slow)}"


@contextmanager
def server() -> Iterator[tuple[str, Postgres | None]]:
    """The address of a database of this run's server, or of the one whose files are kept, and that one."""
    if not (folder := os.environ.get(KEPT_IN)):
        yield os.environ["DATABASE_URL"], None
        return
    kept = Postgres(Path(folder).resolve(), durable=True)
    kept.start()
    try:
        kept.psql("postgres", "-c", f"ALTER ROLE {OWNER} CREATEDB")
        yield kept.url(OWNER), kept
    finally:
        kept.stop()


def named(at: str, size: str) -> Named:
    """The environment that names the register of this size beside the database at hand, invented where it is not there
    and brought to today's tables where it is."""
    with psycopg.connect(at, autocommit=True) as beside:
        if not beside.execute("select 1 from pg_database where datname = %s", [size]).fetchone():
            beside.execute(f'create database "{size}"')
        url = f"postgresql://{OWNER}@/{size}?host={beside.info.host}"
    where = {"DATABASE_URL": url, "OWNER_DATABASE_URL": url}
    run(where, "-m", "neet.launch.prepare")
    with psycopg.connect(url) as there:
        is_empty = not there.execute("select 1 from tracking_youngperson limit 1").fetchone()
    if is_empty:
        run(where, "manage.py", "seed", "--size", size, "--on", f"{AS_ON}")
    return where


def run(where: Named, *asked: str) -> str:
    done = subprocess.run(
        [sys.executable, *asked],
        cwd=ROOT,
        env=os.environ | where,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def measured(where: Named) -> Measured:
    return json.loads(run(where, "-m", "tests.bench._of_a_council").splitlines()[-1])


def cold(kept: Postgres, where: Named) -> dict[str, float]:
    """Milliseconds of each page, by the clock, when nothing of the files is in memory."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.bench._cold"],
        cwd=ROOT,
        env=os.environ | where,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        taken = {}
        for name in child.stdout.readline().strip().split(" / "):
            begin_anew(kept)
            child.stdin.write(f"{name}\n")
            child.stdin.flush()
            taken[name] = float(child.stdout.readline())
            print(name, taken[name], file=sys.stderr, flush=True)
        child.stdin.close()
    return taken


def quicker(rounds: Iterable[dict[str, float]]) -> dict[str, float]:
    """Of each page the least that it took."""
    first, *others = rounds
    return {name: min(taken, *(each[name] for each in others)) for name, taken in first.items()}


def begin_anew(kept: Postgres) -> None:
    """The server begins anew, and the system forgets what it has read."""
    stop(kept.process, signal.SIGINT, kept.patience)
    os.sync()
    Path("/proc/sys/vm/drop_caches").write_text("3")
    kept.start()


def told_size(size: str, where: Named) -> None:
    with psycopg.connect(where["DATABASE_URL"]) as there:
        people, councils, rows, taken = there.execute(HOW_LARGE).fetchone()
    print(f"{size}: {people:,} people, {councils} councils, {rows:,} rows, {taken >> 20:,} MB", flush=True)


def told(name: str, rounds: list[Round]) -> float:
    """The row of one page or piece of work; how many times a county's it takes, by processor time."""
    small, alone, among = (min((each[size][name] for each in rounds), key=_taken) for size in SIZES)
    ratio = _taken(among) / max(_taken(alone), TICK)
    peer = f"alone {_words(alone)}; a council of 3,000 {_words(small)}; must be within {MOST:.0f} times alone"
    report(
        Figure(f"a council as large as a county among England's, {name}", _words(among), peer, ratio, ROUNDS)
    )
    return ratio


def told_cold(name: str, first: Measured) -> float:
    """The row of one page asked for the first time; how many times a county's it takes, by the clock."""
    alone, among = first[COUNTY][name], first[ENGLAND][name]
    what = f"a council as large as a county among England's, nothing in memory, {name}"
    peer = f"alone {alone:.0f} ms; must be within {MOST:.0f} times alone"
    report(Figure(what, f"{among:.0f} ms", peer, among / alone, ROUNDS))
    return among / alone


def _taken(each: dict[str, float]) -> float:
    return each.get(PROCESSOR, each.get("most", 0.0))


def _words(each: dict[str, float]) -> str:
    if "most" in each:
        return f"at most {each['most']:.0f} MB of memory"
    if "p95" not in each:
        return f"{each['wall'] / 1000:.2f} s ({each[PROCESSOR] / 1000:.2f} s of processor time)"
    waited = f"p50 {each['wall']:.0f} ms, p95 {each['p95']:.0f} ms"
    return f"{waited} ({each[PROCESSOR]:.0f} ms of processor time), {each['statements']:.0f} statements"


if __name__ == "__main__":
    main()
