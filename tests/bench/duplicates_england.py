"""Who stands twice on a register of two million: time, memory, and how many of those put on twice are found."""

from django.db import connection, transaction

from neet import clock
from tests.bench._doubles import found_of, plant
from tests.bench._measuring import Figure, report, timed
from tests.bench.match_england import forget_most_memory, make_england, most_memory
from tests.factories import make_authority
from tracking.matching.doubles import Doubles, doubles
from tracking.rules.matching.for_eyes import LINES

TWICE = 1_000


def main() -> None:
    with transaction.atomic():
        authority = make_authority()
        make_england(authority)
        measure(authority.pk)
        transaction.set_rollback(True)


def measure(authority_id: int) -> None:
    """One search, everybody beside everybody."""
    with connection.cursor() as cursor:
        cursor.execute("create sequence england_number start 2000000000")
        for table in ("tracking_youngperson", "tracking_residence"):
            cursor.execute(f"alter table england.{table} alter id set default nextval('england_number')")
    planted = plant(authority_id, TWICE)
    forget_most_memory()
    results: list[Doubles] = []
    seconds = timed(lambda: results.append(doubles(authority_id=authority_id, on=clock.today())))
    pairs = {(each.first, each.second) for each in results[0].found if each.sure >= LINES.worth_a_look}
    found = found_of(planted, pairs)
    said = ", ".join(f"{words} {number} of {TWICE:,}" for words, number in found.items())
    report(
        Figure(
            "who is on a register of two million twice",
            f"{seconds:.0f} s, at most {most_memory():,.0f} MB of memory, {results[0].pairs:,} pairs weighed; {said};"
            f" {len(pairs):,} pairs to look at",
            "no peer",
            None,
            1,
        )
    )


if __name__ == "__main__":
    main()
