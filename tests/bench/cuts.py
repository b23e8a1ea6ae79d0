"""Free cuts at county size, whole pages: any cut of one month, of the month in progress and of 24 months, asked for the
first time and again, and narrowed to a group the council named. Beside each, Django's own way of counting the same."""

import logging
from collections.abc import Callable, Sequence
from random import Random
from urllib.parse import urlencode

from django.db import connection, transaction
from django.db.models import Count, Q
from django.test import Client
from django.urls import reverse

from schools.models import Authority
from tests.bench._measuring import Figure, county, data_officer, median, percentile, report, spent
from tests.bench.pages import WARM, answered, statements, times
from tests.factories import sign_in
from tracking.exploring import queries as exploring
from tracking.exploring.forms import COLUMNS, ROWS
from tracking.exploring.queries import MONTH
from tracking.exploring.rules import MEASURES
from tracking.figures.models import MonthRecord
from tracking.figures.queries import remembered
from tracking.figures.queries.scorecard import standing_freezes
from tracking.figures.tasks import keep_wards_of_months
from tracking.groups.actions import Naming, keep_group
from tracking.groups.seeding import CARE

RUNS, PEERS, MUST = 60, 3, 300
Asked = dict[str, str]


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    with transaction.atomic():
        with_wards(Authority.objects.get())
        measure(Authority.objects.get())
        transaction.set_rollback(True)


OF_ALL_POSTCODES = """
    insert into tracking_postcode (postcode, authority_code, district_code, ward_code)
    select distinct on (code) code, 'E10000016', 'E07000001', 'E05' || lpad((abs(hashtext(code)) % 200)::text, 6, '0')
    from (select upper(regexp_replace(postcode, '[^A-Za-z0-9]', '', 'g')) as code from tracking_residence) r
    where length(code) between 5 and 7
"""


def with_wards(authority: Authority) -> None:
    """A directory with the postcodes of the register in 200 wards, and the wards of its months kept."""
    with connection.cursor() as cursor:
        cursor.execute(OF_ALL_POSTCODES)
    months = len(standing_freezes(authority.pk))
    taken = spent(keep_wards_of_months)
    report(Figure(f"wards of {months} months looked up and kept, county", str(taken), "no peer", None, 1))


def measure(authority: Authority) -> None:
    officer, freezes = data_officer(), standing_freezes(authority.pk)
    client, newest = sign_in(Client(), officer), f"{freezes[0].month:%Y-%m}"
    group = keep_group(authority=authority, naming=Naming("Measured"), rule=CARE, by=officer)
    pages = asked_for()
    one = [each for each in pages if each["columns"] != MONTH]
    many = [each for each in pages if each["columns"] == MONTH]
    peer = median(lambda: djangos([freezes[0].pk]), PEERS)
    peers = median(lambda: djangos([each.pk for each in freezes]), PEERS)
    kinds: Sequence[tuple[str, list[Asked], Asked, float]] = (
        ("a frozen month", one, {"month": newest}, peer),
        ("the month in progress", one, {}, peer),
        (f"{len(freezes)} months", many, {"month": newest}, peers),
        ("a frozen month, narrowed to a group", one, {"month": newest, "group": str(group.pk)}, peer),
        (
            f"{len(freezes)} months, narrowed to a group",
            many,
            {"month": newest, "group": str(group.pk)},
            peers,
        ),
    )
    for words, cuts, more, of_peer in kinds:
        one_kind(f"any cut, {words}", client, [{**each, **more} for each in cuts], of_peer)


def one_kind(what: str, client: Client, cuts: list[Asked], peer: float) -> None:
    """Cold: as a process answers that was never asked for a cut before. Warm: the same cut once more."""
    url = reverse("figures_explore")

    def asked(number: int) -> None:
        answered(client.get(f"{url}?{urlencode(cuts[number % len(cuts)])}"))

    def cold(number: int) -> None:
        forget()
        asked(number)

    first: list[float] = []
    whole = spent(lambda: first.extend(times(cold, RUNS)))
    for number in range(len(cuts)):
        asked(number)
    again = times(asked, RUNS)
    processor = f"{whole.processor * 1000 / (RUNS + WARM):.0f} ms of processor time each"
    ours = f"cold {said(first)} ({processor}), warm {said(again)}, {statements(cold)} statements"
    must = f"must be {MUST} ms; Django's way without a page {peer * 1000:.0f} ms"
    ratio = peer * 1000 / percentile(first, 0.5)
    report(Figure(f"{what}, whole page, county", ours, must, ratio, len(first)))


def forget() -> None:
    """What this process remembers of months that never change."""
    for each in (exploring.REMEMBERED, exploring.MOVES, remembered.MONTHS, remembered.MOVES):
        each.forget()


def said(taken: Sequence[float]) -> str:
    return f"p50 {percentile(taken, 0.5):.0f} ms, p95 {percentile(taken, 0.95):.0f} ms"


def asked_for() -> list[Asked]:
    """Any two dimensions, any measure, each as often as the other: in an order thrown by dice."""
    dice = Random("cuts")
    found = [
        {"rows": row, "columns": column, "measure": dice.choice(list(MEASURES))}
        for row, _ in ROWS
        for column, _ in COLUMNS
        if row != column
    ]
    dice.shuffle(found)
    return found + found[: max(RUNS + WARM - len(found), 0)]


def djangos(freezes: list[int]) -> object:
    """Every district by year group from the rows of the months, as the ORM asks for it."""
    rows = MonthRecord.objects.filter(freeze__in=freezes, is_measured=True).order_by()
    counts: dict[str, Callable] = {
        "cohort": Count("pk", filter=~Q(status="EXCLUDED")),
        "neet": Count("pk", filter=Q(status="NEET")),
        "not_known": Count("pk", filter=Q(status="NOT_KNOWN")),
    }
    return list(rows.values("month", "district", "academic_age").annotate(**counts))


if __name__ == "__main__":
    main()
