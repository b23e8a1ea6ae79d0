"""Whom to call next at county size: the whole order of 5,000 and of 13,000 not known, beside Django's way; and what an
hour of calls comes to beside other orders."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from statistics import mean

from django.db import connection, transaction
from django.db.models import Prefetch

from caseload.chase.models import Attempt
from caseload.chase.queries.calling import call_list, next_call
from caseload.chase.queries.order import Day
from caseload.chase.queries.protocol import breaches
from caseload.chase.queries.whom import to_call
from caseload.chase.rules.floor import Placed, placed, with_floor
from caseload.chase.rules.hours import BANDS, band_of
from caseload.chase.rules.ranking import Candidate, Kind, Number, ranked
from caseload.chase.statements import Wanted
from neet import clock
from neet.accounts.models import User
from neet.clock import LONDON
from neet.ui.listing import Listing
from tests.bench._measuring import Figure, Spent, county, report, spent
from tests.caseload.chase.simulating import (
    Order,
    alphabetical,
    oldest_first,
    ours,
    reached_within,
    tried,
    weeks_of_calls,
    world,
)
from tracking.models import Activity, Characteristic, ContactPoint, Situation
from tracking.register.columns import open_on
from tracking.rules.academic_year import birth_range

RUNS = 5
EVERYBODY = Wanted("pool", str(Kind.NOT_KNOWN))
TRIED = """
    INSERT INTO caseload_attempt (person_id, channel, asked, contact_point_id, outcome, reached, learned, words, cause,
                                  tried_at, recorded_at)
    SELECT c.person_id, 'telephone', c.whose, c.id, CASE WHEN x.n %% 4 = 0 THEN 'passed_on' ELSE 'no_answer' END,
           x.n %% 4 = 0, false, '', '', x.at, x.at
    FROM tracking_contactpoint c JOIN tracking_situation s ON s.person_id = c.person_id
    CROSS JOIN LATERAL (
        SELECT (c.id + n) AS n,
            %(now)s - make_interval(days => 3 + (c.id %% 40)::int + n * 9, hours => (c.id + n)::int %% 8) AS at
        FROM generate_series(1, (c.id %% 4)::int) n) x
    WHERE s.lapses_on < %(day)s AND c.kind <> 'email'
"""


def not_known(number: int, day: date) -> None:
    """So many students of the right age of whom nothing was heard since last month, and the calls made to them."""
    first, last = birth_range(17, day)[0], birth_range(16, day)[1]
    known = Situation.objects.filter(
        code__in=["210", "220", "230", "310"], person__cohort_status="P",
        person__date_of_birth__range=(first, last), person__restricted_on=None, lapses_on__gte=day,
    )  # fmt: skip
    chosen = list(known.order_by("person").values_list("person", flat=True)[:number])
    Situation.objects.filter(pk__in=chosen).update(lapses_on=day - timedelta(days=23))
    with connection.cursor() as cursor:
        cursor.execute(TRIED, {"now": clock.now(), "day": day})
        cursor.execute("ANALYZE caseload_attempt, tracking_situation")


def djangos_way(user: User, day: date, now: datetime) -> list[Placed]:
    """The same order from models: people with their contacts, calls and circumstances fetched beside them."""
    at = Day.of(user, day, now)
    points = ContactPoint.objects.filter(open_on(day), do_not_use=False).exclude(kind="email")
    vulnerable = Characteristic.objects.filter(open_on(day), code__in=["110", "130", "140", "150", "160", "170", "190",
                                                                      "200", "210", "EHCP"])  # fmt: skip
    people = (
        to_call(user, EVERYBODY, day)
        .select_related("situation")
        .prefetch_related(
            Prefetch("contact_points", points),
            Prefetch("contact_points__attempts", Attempt.objects.filter(channel="telephone")),
            Prefetch("characteristics", vulnerable),
            Prefetch("attempts", Attempt.objects.order_by("-tried_at", "-pk")),
            Prefetch("activities", Activity.objects.filter(is_primary=True)),
        )
    )
    order = ranked([_candidate(person, at) for person in people], at.moment)
    return with_floor([placed(each) for each in order], at.rules.weights.limit("floor_lines"))


def _candidate(person, at: Day) -> Candidate:
    tries = list(person.attempts.all())
    return Candidate(
        person_id=person.pk, kind=Kind.NOT_KNOWN, code=person.situation.code, is_measured=True,
        since=person.situation.lapses_on, need=person.level_of_need, vulnerable=bool(person.characteristics.all()),
        tries=len(tries), tried_at=tries[0].tried_at if tries else None,
        numbers=tuple(_number(each) for each in person.contact_points.all()),
    )  # fmt: skip


def _number(point: ContactPoint) -> Number:
    tried, answered = [0 for _ in BANDS], [0 for _ in BANDS]
    for each in point.attempts.all():
        band = band_of(each.tried_at.astimezone(LONDON))
        tried[band] += 1
        answered[band] += each.reached
    return Number(point.pk, point.whose, tried, answered)


def main() -> None:
    county()
    for number in (5_000, 13_000):
        with transaction.atomic():
            measure(number)
            transaction.set_rollback(True)
    simulated()


def measure(number: int) -> None:
    user = User.objects.filter(memberships__role="tracking_officer").earliest("pk")
    day, now = clock.today(), clock.now()
    not_known(number, day)
    page = Listing({"worth": ()}, "worth")
    _, lines = call_list(user, EVERYBODY, page, day, now)
    assert len(lines) == page.per_page
    listed = middle(lambda: call_list(user, EVERYBODY, page, day, now))
    peer = spent(lambda: djangos_way(user, day, now))
    size = call_list(user, EVERYBODY, page, day, now)[0].total
    report(Figure(
        f"calls in their order, {size:,} not known of a county, a page of fifty with reasons", str(listed),
        f"Django's way {peer}; by processor time {peer.processor / listed.processor:,.0f} times",
        peer.wall / listed.wall, RUNS,
    ))  # fmt: skip
    following = middle(lambda: next_call(user, EVERYBODY, day, now))
    late = middle(lambda: breaches(user, day, page))
    report(Figure(
        f"the next call of {size:,}", f"{following}; "
        f"who should have been spoken to {late}", "must be under 1 s, by processor time", 1 / following.processor, RUNS,
    ))  # fmt: skip


def middle(action: Callable[[], object]) -> Spent:
    """What the middle one of several runs takes."""
    return sorted((spent(action) for _ in range(RUNS)), key=lambda each: each.wall)[RUNS // 2]


def simulated() -> None:
    """Four weeks of 60 calls a day at 1,000 not known, in five worlds: with a year of calls behind and without."""
    orders = (ours, alphabetical, oldest_first)
    for past, words in (
        (3, "numbers rung up to three times in the year before"),
        (0, "no number rung before"),
    ):
        known, reached, rung = zip(*(_four_weeks(order, past) for order in orders), strict=True)
        report(Figure(
            f"statuses known of 100 calls, 1,000 not known, 1,200 calls in four weeks, {words}",
            f"{known[0]:.1f}; of vulnerable groups {rung[0]:.0%} rung and {reached[0]:.0%} reached",
            f"alphabetical {known[1]:.1f} ({rung[1]:.0%}, {reached[1]:.0%}), "
            f"oldest first {known[2]:.1f} ({rung[2]:.0%}, {reached[2]:.0%})",
            known[0] / max(known[1:]), 5,
        ))  # fmt: skip


def _four_weeks(order: Order, past: int) -> tuple[float, float, float]:
    """Known of a hundred calls; of vulnerable groups the share reached, and rung at all."""
    ends = [weeks_of_calls(order, world(1_000, seed, past), days=20, calls_a_day=60) for seed in range(1, 6)]
    return (
        mean(each.per_hundred for each in ends),
        mean(reached_within(each, 28, vulnerable=True) for each in ends),
        mean(tried(each, vulnerable=True) for each in ends),
    )


if __name__ == "__main__":
    main()
