"""Whether everybody is on the register: the whole page at county size, as first asked and after somebody changed.
Beside it, Django's own way of counting the register by age."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import F
from django.test import Client
from django.urls import reverse

from neet import clock
from schools.models import Authority
from tests.bench._measuring import Figure, county, data_officer, median, percentile, report
from tests.bench.pages import answered, statements, times
from tests.factories import sign_in
from tracking.models import YoungPerson
from tracking.rules.academic_year import academic_age

RUNS, PEERS, MUST = 30, 3, 300


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    with transaction.atomic():
        measure(Authority.objects.get(), clock.today())
        transaction.set_rollback(True)


def measure(authority: Authority, today: date) -> None:
    client, url = sign_in(Client(), data_officer()), reverse("coverage")
    somebody = YoungPerson.objects.of(authority).earliest("pk")

    def read(_: int) -> None:
        answered(client.get(url))

    def changed(number: int) -> None:
        YoungPerson.objects.filter(pk=somebody.pk).update(version=F("version") + 1)
        read(number)

    peer = median(lambda: one_by_one(authority, today), PEERS)
    kinds: tuple[tuple[str, Callable[[int], None]], ...] = (
        ("unchanged", read), ("after a change each", changed),
    )  # fmt: skip
    for words, ask in kinds:
        taken = times(ask, RUNS)
        p50, p95 = percentile(taken, 0.5), percentile(taken, 0.95)
        ours = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {statements(ask)} statements"
        must = f"must be {MUST} ms; ages counted by Django without a page {peer * 1000:.0f} ms"
        report(Figure(f"coverage, whole page, {words}, county", ours, must, peer * 1000 / p50, len(taken)))


def one_by_one(authority: Authority, today: date) -> Counter[int]:
    """Every birthday fetched and counted."""
    born = YoungPerson.objects.of(authority).values_list("date_of_birth", flat=True)
    return Counter(academic_age(each, today) for each in born.iterator(chunk_size=5000) if each)


if __name__ == "__main__":
    main()
