"""The first time a page of one council is asked for after a night: the process has its statements and templates, while
neither the database nor the system has anything of the files in memory. For `england`, which says by a line which page
and reads the milliseconds.
"""

import sys
import time
from collections.abc import Callable

from django.db import connection, transaction

from tests.plans.doors import Council, pages

ONCE, ANOTHER = 0, 1


def main() -> None:
    """A page asked for to have its code at hand; then, when the server has begun anew, about somebody else."""
    with transaction.atomic():
        council = Council.found()
        names = list(pages(council))
        for ask in pages(council).values():
            ask(ONCE)
        transaction.set_rollback(True)
    tell(" / ".join(names))
    for line in sys.stdin:
        tell(f"{first_of(council, line.strip()):.1f}")


def first_of(council: Council, name: str) -> float:
    """Milliseconds. Signing in comes before, and reads who the user is; nothing of it stays."""
    connection.close()
    with transaction.atomic():
        ask = pages(council)[name]
        took = by_the_clock(lambda: ask(ANOTHER))
        transaction.set_rollback(True)
    return took


def by_the_clock(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def tell(words: str) -> None:
    print(words, flush=True)


if __name__ == "__main__":
    import django

    django.setup()
    main()
