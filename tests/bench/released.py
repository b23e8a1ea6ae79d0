"""The tables for everybody at county size: made of a frozen month with what is held back, and read as a page. Beside
it, the counting alone, so that one sees what the holding back costs."""

import logging

from django.db import transaction
from django.test import Client
from django.urls import reverse

from schools.models import Authority
from tests.bench._measuring import Figure, county, median, percentile, report
from tests.bench.pages import answered, statements, times
from tests.factories import make_user, sign_in
from tracking.figures.actions import Month, freeze
from tracking.figures.models import Freeze
from tracking.figures.queries.scorecard import standing_freezes
from tracking.released.actions import make_tables, make_ward_tables
from tracking.released.models import ReleasedCell
from tracking.released.queries import lines_of
from tracking.released.queries_wards import ward_lines

RUNS, MUST = 5, 300


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    with transaction.atomic():
        council = Authority.objects.get()
        newest = standing_freezes(council.pk)[0].month
        # frozen anew: of this freeze no tables were made
        fresh = freeze(month=Month(council.pk, newest), by=None)
        tables(fresh)
        page(fresh)
        transaction.set_rollback(True)


def tables(fresh: Freeze) -> None:
    """Each run makes them of the same freeze as if for the first time."""

    def made() -> None:
        with transaction.atomic():
            made_for_good()
            transaction.set_rollback(True)

    def made_for_good() -> None:
        make_tables(freeze=fresh, by=None)
        make_ward_tables(freeze=fresh, by=None)

    ours = median(made, RUNS)
    counting = median(lambda: (lines_of(fresh), ward_lines(fresh)), RUNS)
    made_for_good()
    cells = ReleasedCell.objects.filter(table__freeze=fresh)
    held = cells.filter(value=None).count()
    what = f"tables for everybody of a month, {cells.count():,} numbers, {held:,} held back, county"
    report(Figure(what, f"{ours:.2f} s", f"counting them alone {counting:.2f} s", counting / ours, RUNS))


def page(fresh: Freeze) -> None:
    client = sign_in(Client(), make_user("manager", fresh.authority))
    url, month = reverse("released_tables"), f"{fresh.month:%Y-%m}"

    def read(_: int) -> None:
        answered(client.get(url, {"month": month}))

    taken = times(read)
    p50, p95 = percentile(taken, 0.5), percentile(taken, 0.95)
    ours = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {statements(read)} statements"
    report(
        Figure("tables for everybody, whole page, county", ours, f"must be {MUST} ms", MUST / p95, len(taken))
    )


if __name__ == "__main__":
    main()
