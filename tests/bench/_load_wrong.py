"""What goes wrong under load on purpose, and what must be true afterwards; for `load`."""

import csv
import json
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.neet.launch.installation import Installation
from tracking.models import Note

CUT_EVERY, END_EVERY = 5, 20  # seconds
Broken = Counter[str]
CUT = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and usename = current_user
"""
HALF = "half an answer"
KINDS = {  # words of an error, and what it was for whoever asked; the first that fit
    "IncompleteRead": HALF,
    "ChunkedEncodingError": HALF,
    "ContentDecodingError": HALF,
    "Connection refused": "found nobody, as the web began again",
    "Connection reset": "closed without an answer",
    "Broken pipe": "closed without an answer",
    "Remote end closed": "closed without an answer",
    "500": "told that it failed",
    "503": "told that it failed",
}


@contextmanager
def going_wrong(here: Installation, how: str) -> Iterator[None]:
    """While this lasts, connections are cut (`cuts`) or the web is asked to end (`ends`), again and again."""
    over, times = threading.Event(), Counter[str]()

    def goes_wrong() -> None:
        every, deed = {"cuts": (CUT_EVERY, cut), "ends": (END_EVERY, end)}[how]
        while not over.wait(every):
            times[how] += deed(here)

    working = threading.Thread(target=goes_wrong) if how else None
    if working:
        working.start()
    try:
        yield
    finally:
        over.set()
        if working:
            working.join()
            print(f"{how}: {times[how]}", flush=True)


def named(here: Installation) -> dict[str, str]:
    """Where the installation's database is."""
    (running,) = here.folder.glob("services.json")
    found: dict[str, str] = json.loads(running.read_text())
    return found


def cut(here: Installation) -> int:
    """How many connections of pages and workers this cut."""
    with psycopg.connect(named(here)["database_url"], autocommit=True) as connection:
        return len(connection.execute(CUT).fetchall())


def end(here: Installation) -> int:
    """Ask the web to end; whoever watches it starts it again. 0 where it was just beginning."""
    with suppress(StopIteration, ProcessLookupError):
        os.kill(here.main_pid("web"), signal.SIGTERM)
        return 1
    return 0


def lost(here: Installation, told: Path) -> tuple[int, int]:
    """How many notes people were told are saved, and how many of these are not there exactly once."""
    texts: list[str] = json.loads(told.read_text())
    with psycopg.connect(named(here)["owner_database_url"]) as connection:
        found = Counter(
            text
            for (text,) in connection.execute(
                f"select text from {Note._meta.db_table} where text = any(%s)", [texts]
            )
        )
    return len(texts), sum(found[text] != 1 for text in texts)


def broken(failures: Path) -> Broken:
    """How often what kind of failure met somebody."""
    found = Broken()
    for row in csv.DictReader(failures.open()):
        kind = next((what for words, what in KINDS.items() if words in row["Error"]), row["Error"][:80])
        found[kind] += int(row["Occurrences"])
    return found
