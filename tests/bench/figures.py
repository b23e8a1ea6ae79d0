"""Freezing a month and reading figures at county size, beside Django's own way and DuckDB over the same rows."""

import itertools
import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from random import Random
from urllib.parse import urlencode

import duckdb
from django.db import connection, transaction
from django.db.models import Count, F, Prefetch, Q
from django.test import Client
from django.urls import reverse

from neet import clock
from schools.models import Authority, District
from tests.bench._measuring import Figure, county, data_officer, median, percentile, report
from tests.bench.pages import WARM, answered, statements, times
from tests.factories import sign_in
from tracking.figures.actions import Month, freeze
from tracking.figures.forms import FiguresFilter
from tracking.figures.models import Freeze, MonthRecord
from tracking.figures.queries import remembered
from tracking.figures.queries.scorecard import scorecard, standing_freezes
from tracking.figures.queries.tallies import DIMENSIONS, Chosen, by_month, frozen
from tracking.models import Activity, Characteristic, Confirmation, YoungPerson
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import birth_range
from tracking.rules.codes import Status
from tracking.rules.cohort import CohortFacts, place_of
from tracking.rules.currency import ActivityFacts
from tracking.rules.months import ReportingMonth
from tracking.rules.ruleset import RuleSet
from tracking.rules.status import status_on

RUNS, RUNS_OF_PAGES = 5, 60
MEASURED = Q(is_measured=True)
CUTS = ("district", "academic_age", "establishment", "service", "need", "is_vulnerable", "gender")
EXPORTED = (
    "freeze_id", "month", "person_id", "is_measured", "status", "participates", "district_id", "academic_age",
    "establishment_id", "service_id", "need", "is_vulnerable", "gender",
)  # fmt: skip
SUMS = """count(*) filter (where status <> 'EXCLUDED') as cohort, count(*) filter (where status = 'NEET') as neet,
    count(*) filter (where status = 'NOT_KNOWN') as not_known, count(*) filter (where participates) as participating"""


# --- Django's own way ---------------------------------------------------------------------------------
def counted_one_by_one(authority: Authority, day: date) -> Counter[str]:
    """Each young person fetched with what the plain rules ask, a thousand at a time."""
    rules, counts = ruleset(day), Counter()
    (first, _), (_, last) = birth_range(17, day), birth_range(16, day)
    counted = YoungPerson.objects.of(authority).filter(date_of_birth__range=(first, last))
    people = counted.prefetch_related(
        Prefetch("activities", Activity.objects.filter(is_primary=True, starts_on__lte=day), "begun"),
        Prefetch("begun__confirmations", Confirmation.objects.filter(verified_on__lte=day), "told"),
        Prefetch("characteristics", Characteristic.objects.filter(code="EHCP"), "plans"),
        "residences",
    )
    for person in people.iterator(chunk_size=1000):
        facts = CohortFacts(
            person.date_of_birth, person.cohort_status, person.cohort_status_on, bool(person.plans)
        )
        if place_of(facts, rules, day).is_measured:
            counts[status_of(person, rules, day)] += 1
    return counts


def status_of(person: YoungPerson, rules: RuleSet, day: date) -> str:
    going_on = [each for each in person.begun if each.ends_on is None or each.ends_on >= day]
    if not going_on:
        return Status.NOT_KNOWN
    now = max(going_on, key=lambda each: each.starts_on)
    facts = ActivityFacts(now.code, now.starts_on, now.predicted_end_on, now.review_on, now.ends_on)
    return status_on(facts, max((each.verified_on for each in now.told), default=None), rules, day)


def grouped(rows: object, *by: str) -> list[dict]:
    counts = {
        "cohort": Count("pk", filter=~Q(status="EXCLUDED")),
        "neet": Count("pk", filter=Q(status="NEET")),
        "not_known": Count("pk", filter=Q(status="NOT_KNOWN")),
        "participating": Count("pk", filter=Q(participates=True)),
    }
    return list(rows.order_by().values(*by).annotate(**counts))


# --- DuckDB ---------------------------------------------------------------------------------------------
class Duck:
    """The rows of all frozen months in DuckDB's memory, and how long bringing them there took."""

    def __init__(self) -> None:
        self.db = duckdb.connect()
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(f"select {', '.join(EXPORTED)} from tracking_monthrecord where is_measured")
            rows = cursor.fetchall()
        columns = {name: list(values) for name, values in zip(EXPORTED, zip(*rows, strict=True), strict=True)}
        import pandas  # comes with the other peers

        frame = pandas.DataFrame(columns)
        self.db.execute("create table record as select * from frame")
        self.export = time.perf_counter() - began
        assert len(frame) == len(rows)

    def ask(self, statement: str, *asked: object) -> list[tuple]:
        return self.db.execute(statement, asked).fetchall()


def measure(what: str, ours: Callable[[], object], djangos: Callable[[], object], ducks: Callable[[], object] | None,
            export: float = 0.0, runs: int = RUNS) -> None:  # fmt: skip
    mine, theirs = median(ours, runs), median(djangos, 1 if ducks is None else 3)
    peer = f"Django's way {theirs * 1000:,.0f} ms"
    if ducks:
        peer += f", DuckDB {median(ducks, runs) * 1000:,.0f} ms and {export * 1000:,.0f} ms to bring the rows there"
    report(Figure(f"{what}, county", f"{mine * 1000:,.0f} ms", peer, theirs / mine, runs))


def frozen_and_undone(month: Month) -> None:
    with transaction.atomic():
        freeze(month=month, by=None)
        transaction.set_rollback(True)


def main() -> None:
    logging.getLogger("neet").setLevel(logging.WARNING)
    county()
    authority = Authority.objects.get()
    freezes = standing_freezes(authority.pk)
    newest = freezes[0]
    month, duck = Month(authority.pk, newest.month), Duck()
    district = District.objects.first()
    rows = MonthRecord.objects.filter(MEASURED, freeze__in=freezes)
    of_month = rows.filter(freeze=newest, month=newest.month)
    months = frozen({each.pk: each.month for each in freezes})
    agree(newest, of_month, duck, authority)

    measure("freeze a month", lambda: frozen_and_undone(month),
            lambda: counted_one_by_one(authority, newest.month), None, runs=3)  # fmt: skip

    def as_first_asked(ask: Callable[[], object]) -> Callable[[], object]:
        """As a process answers that never was asked before."""

        def asked() -> object:
            remembered.MONTHS.forget()
            remembered.MOVES.forget()
            return ask()

        return asked

    sets = ", ".join(f"({each}{'' if each in EXPORTED else '_id'})" for each in CUTS)
    measure("one month's whole scorecard, by all seven cuts, 24 months beside it, joiners and leavers",
            as_first_asked(lambda: scorecard(authority.pk, ReportingMonth(newest.month), Chosen())),
            lambda: [grouped(of_month, each) for each in CUTS] + [grouped(rows, "month")],
            lambda: [duck.ask(f"select {SUMS} from record where freeze_id = ? group by grouping sets ({sets})",
                              newest.pk),
                     duck.ask(f"select month, {SUMS} from record group by month")],
            duck.export)  # fmt: skip
    measure(f"{len(freezes)} months", lambda: by_month(months, Chosen()), lambda: grouped(rows, "month"),
            lambda: duck.ask(f"select month, {SUMS} from record group by month"), duck.export)  # fmt: skip
    narrowed = Chosen({"district": district.pk, "year": 17, "vulnerable": True})
    cut = rows.filter(district=district, academic_age=17, is_vulnerable=True)
    measure(f"{len(freezes)} months of one district's vulnerable Year 13",
            lambda: by_month(months, narrowed), lambda: grouped(cut, "month"),
            lambda: duck.ask(f"select month, {SUMS} from record where district_id = ? and academic_age = 17"
                             " and is_vulnerable group by month", district.pk), duck.export)  # fmt: skip
    somebody = YoungPerson.objects.filter(cohort_status="P").first()

    def after_a_change() -> None:
        YoungPerson.objects.filter(pk=somebody.pk).update(version=F("version") + 1)
        scorecard(authority.pk, None, Chosen())

    measure("the month in progress, by all seven cuts, after a change", after_a_change,
            lambda: counted_one_by_one(authority, newest.month), None, runs=5)  # fmt: skip
    measure("the same as first asked", as_first_asked(after_a_change),
            lambda: counted_one_by_one(authority, newest.month), None, runs=5)  # fmt: skip
    pages(authority, newest)


def pages(authority: Authority, newest: Freeze) -> None:
    """Whole pages, every cut another one, each after somebody's change; who asks for a cut first waits longest."""
    client, cuts = sign_in(Client(), data_officer()), cuts_of(authority)
    people = list(YoungPerson.objects.filter(cohort_status="P").values_list("pk", flat=True)[: len(cuts)])
    for what, of in (("the month in progress", ""), ("a frozen month", f"&month={newest.month:%Y-%m}")):

        def page(number: int, of: str = of) -> None:
            place = number % len(cuts)
            YoungPerson.objects.filter(pk=people[place]).update(version=F("version") + 1)
            answered(client.get(f"{reverse('figures')}?{cuts[place]}{of}"))

        taken = times(page, len(cuts) - WARM)
        p50, p95 = percentile(taken, 0.5), percentile(taken, 0.95)
        ours = f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, {statements(page)} statements"
        asked = (
            f"figures, whole page, {what}, {len(taken)} cuts asked for the first time, after a change each"
        )
        report(Figure(f"{asked}, county", ours, "must be under 300 ms", 300 / p95, len(taken)))


def cuts_of(authority: Authority) -> list[str]:
    """What may be asked for: each part alone, and each with each of another dimension, mixed."""
    freezes = standing_freezes(authority.pk)
    form = FiguresFilter({}, authority_id=authority.pk, freezes=freezes, on=clock.today())
    alone = [(name, slug) for name in DIMENSIONS for slug, _ in form.fields[name].choices if slug]
    pairs = [(one, other) for one, other in itertools.combinations(alone, 2) if one[0] != other[0]]
    both = [urlencode([one]) for one in alone] + [urlencode(each) for each in pairs]
    return Random("cuts").sample(both, RUNS_OF_PAGES + WARM)


def agree(newest: Freeze, rows: object, duck: Duck, authority: Authority) -> None:
    """All ways give the same figures, or none is worth measuring."""
    ours = newest.counts
    (djangos,) = rows.aggregate(neet=Count("pk", filter=Q(status="NEET"))).values()
    (ducks,) = duck.ask("select count(*) from record where freeze_id = ? and status = 'NEET'", newest.pk)[0]
    assert ours["neet"] == djangos == ducks, (ours, djangos, ducks)
    again = scorecard(authority.pk, ReportingMonth(newest.month), Chosen())
    assert again.counts.neet == ours["neet"]
    assert not again.faults
    by_hand = rows.annotate(where=F("district")).values_list("where").annotate(Count("pk")).order_by()
    assert (
        sum(count for _, count in by_hand)
        == ours["people"]
        == sum(int(part.counts.people) for part in itertools.chain(again.parts["district"]))
    )


if __name__ == "__main__":
    main()
