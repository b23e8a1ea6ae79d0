"""Points of a county's Years 10 to 13, beside the same asked one young person after the other; what a year's judging
and the ranking of schools take."""

from datetime import date

from django.db import transaction

from caseload.prevention.actions.nightly import keep_month
from caseload.prevention.models import RiskFact
from caseload.prevention.queries.looking_back import judged
from caseload.prevention.queries.points import READ_BACK, YEARS, points_of
from caseload.prevention.queries.schools import ranked, years_of
from neet import clock
from schools.models import Authority
from tests.bench._measuring import Figure, county, median, report, timed
from tracking.figures.models import Freeze
from tracking.models import Characteristic, Guarantee, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP, birth_range, year_group
from tracking.rules.codes import Status
from tracking.rules.risk import ReadFrom, in_force, weigh

RUNS, ASKED_ONE_BY_ONE, KEPT = 5, 2_000, 19


def one_by_one(people: list[YoungPerson], authority: Authority, on: date) -> dict[int, int]:
    """The same points, each young person read through Django's models by themselves."""
    rules = ruleset(on)
    factors = in_force(rules.risk_factors.values(), authority.code, on)
    neet = rules.activities_with(Status.NEET)
    found = {}
    for person in people:
        year = year_group(person.date_of_birth, on)
        now = person.situation
        place = now.activity.establishment if now.activity else None
        before = person.activities.filter(is_primary=True, ends_on__lt=on, ends_on__gte=on - READ_BACK)
        earlier = {each.code for each in before}
        known = {
            ReadFrom.CHARACTERISTIC: {
                each.code for each in Characteristic.objects.filter(open_on(on), person=person)
            },
            ReadFrom.ACTIVITY: {now.code},
            ReadFrom.EARLIER: earlier | ({str(Status.NEET)} if earlier & neet else set()),
            ReadFrom.PLACE: {place.kind} if place else set(),
            ReadFrom.DESTINATION: {person.intended_destination},
            ReadFrom.GUARANTEE: {
                each.status for each in Guarantee.objects.filter(person=person, year_group=year)
            },
            ReadFrom.SAID: {each.factor for each in RiskFact.objects.filter(person=person, until=None)},
        }
        held = {each.code for each in factors if known[each.source] & (each.reads or {each.code})}
        if total := weigh(held, year, factors).total:
            found[person.pk] = total
    return found


def main() -> None:
    county()
    with transaction.atomic():
        measure()
        transaction.set_rollback(True)


def measure() -> None:
    authority, day = Authority.objects.get(), clock.today()
    born = (
        birth_range(YEARS[1] + AGE_ABOVE_YEAR_GROUP, day)[0],
        birth_range(YEARS[0] + AGE_ABOVE_YEAR_GROUP, day)[1],
    )
    people = YoungPerson.objects.filter(date_of_birth__range=born, restricted_on=None, cohort_status__in="PG")
    number, asked = (
        people.count(),
        list(people.select_related("situation__activity__establishment")[:ASKED_ONE_BY_ONE]),
    )
    ours = median(lambda: points_of(authority, day), RUNS)
    told = {each.person: each.points for each in points_of(authority, day, [each.pk for each in asked])}
    assert told == one_by_one(asked, authority, day)
    peer = timed(lambda: one_by_one(asked, authority, day)) * number / len(asked)
    what = f"points of {number:,} young people, Years 10 to 13 of a county"
    report(
        Figure(
            what,
            f"{ours * 1000:,.0f} ms",
            f"one by one, from {len(asked):,}: {peer:,.1f} s",
            peer / ours,
            RUNS,
        )
    )
    for month in (
        Freeze.objects.filter(replaced_at=None).order_by("-month").values_list("month", flat=True)[:KEPT]
    ):
        keep_month(authority=authority, month=month)
    length = 100
    judging = median(lambda: judged(authority.pk, length=length, within=6, on=day), 3)
    months = len(judged(authority.pk, length=length, within=6, on=day))
    what = f"were the points right? {months} months of a county, beside schools and lot"
    report(Figure(what, f"{judging:.2f} s", "none", None, 3))
    years = years_of(authority.pk, day)
    ranking = median(lambda: ranked(authority.pk, years, day), 3)
    report(
        Figure(
            f"a county's schools by the NEET of {len(years)} years of leavers",
            f"{ranking:.2f} s",
            "none",
            None,
            3,
        )
    )


if __name__ == "__main__":
    main()
