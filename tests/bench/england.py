"""One council as large as a county, alone on its register and among all of England's: the same pages, a month, a return
and the file, one database after the other on one server, twice round; the quicker round counts.

England is invented into a database beside the one at hand, named like it with `_england`; where one stands already it
is used as it is.
"""

import json
import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

from tests.bench._measuring import ROOT, Figure, county, report

ROUNDS, MOST = 2, 3.0
PROCESSOR = "processor"
Measured = dict[str, dict[str, float]]
SIZES = """
    select (select count(*) from tracking_youngperson), (select count(*) from schools_authority),
        (select sum(greatest(reltuples, 0))::bigint from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r'),
        pg_database_size(current_database())
"""


def main() -> None:
    county()
    elsewhere = england()
    told_size(elsewhere)
    rounds = [(measured({}), measured(elsewhere)) for _ in range(ROUNDS)]
    slow = [name for name in rounds[0][0] if told(name, rounds) > MOST]
    assert not slow, f"more than {MOST:.0f} times a county's: {', '.join(slow)}"


def england() -> dict[str, str]:
    """The environment that names England's database, invented where it is not there."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"{parts.path.strip('/')}_england"
    url = urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        there = server.execute("select from pg_database where datname = %s", [name]).fetchone()
        if there is None:
            server.execute(f'create database "{name}"')
    named = {"DATABASE_URL": url, "OWNER_DATABASE_URL": url}
    if there is None:
        run(named, "-m", "neet.launch.prepare")
        run(named, "manage.py", "seed", "--size", "england", "--on", "2026-11-20")
    return named


def run(named: dict[str, str], *asked: str) -> str:
    done = subprocess.run(
        [sys.executable, *asked],
        cwd=ROOT,
        env=os.environ | named,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def measured(named: dict[str, str]) -> Measured:
    return json.loads(run(named, "-m", "tests.bench._of_a_council").splitlines()[-1])


def told_size(named: dict[str, str]) -> None:
    with psycopg.connect(named["DATABASE_URL"]) as there:
        people, councils, rows, size = there.execute(SIZES).fetchone()
    with connection.cursor() as cursor:
        cursor.execute(SIZES)
        alone = cursor.fetchone()
    print(f"England: {people:,} people, {councils} councils, {rows:,} rows, {size >> 20:,} MB", flush=True)
    print(f"county: {alone[0]:,} people, {alone[2]:,} rows, {alone[3] >> 20:,} MB", flush=True)


def told(name: str, rounds: list[tuple[Measured, Measured]]) -> float:
    """The row of one page or piece of work; how many times a county's it takes, by processor time."""
    alone, among = (min((each[side][name] for each in rounds), key=_taken) for side in (0, 1))
    ratio = _taken(among) / max(_taken(alone), 1.0)
    report(Figure(f"a council as large as a county among England's, {name}", _words(among),
                  f"alone {_words(alone)}; must be within 3 times", ratio, ROUNDS))  # fmt: skip
    return ratio


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
