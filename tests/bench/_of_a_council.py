"""What the pages and the month of one council take in the database at hand; told as JSON, for `england`."""

import json
import logging
import resource
import sys
import tempfile
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from returns.intake.queries.matches import waiting
from tests.bench._measuring import percentile, spent
from tests.plans.doors import Council, in_doubt, pages, works

WARM, RUNS = 2, 10
DOUBTFUL = 2_000


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    found = {}
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        settings.MEDIA_ROOT = folder
        council = Council.found()
        for name, do in works(council).items():
            took = spent(do)
            found[name] = {"wall": took.wall * 1000, "processor": took.processor * 1000}
            print(name, found[name], file=sys.stderr, flush=True)
        in_doubt(council, DOUBTFUL)
        doubts = waiting(council.analyst).count()
        print(f"{doubts} matches in doubt", file=sys.stderr, flush=True)
        for name, ask in pages(council).items():
            found[name] = of_page(ask)
            print(name, found[name], file=sys.stderr, flush=True)
        transaction.set_rollback(True)
    found["memory"] = {"most": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}
    print(json.dumps(found), flush=True)


def of_page(ask: Callable[[int], object]) -> dict[str, float]:
    """Milliseconds: the middle one and the slow ones by the clock, processor time of all as one."""
    for number in range(WARM):
        ask(RUNS + number)
    taken: list[float] = []

    def all_of_them() -> None:
        for number in range(RUNS):
            began = time.perf_counter()
            ask(number)
            taken.append(time.perf_counter() - began)

    whole = spent(all_of_them)
    with CaptureQueriesContext(connection) as seen:
        ask(0)
    return {
        "wall": percentile(taken, 0.5),
        "p95": percentile(taken, 0.95),
        "processor": whole.processor / RUNS * 1000,
        "statements": len(seen),
    }


if __name__ == "__main__":
    import django

    django.setup()
    main()
