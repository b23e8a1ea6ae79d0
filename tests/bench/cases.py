"""A month's work on cases at county size: opening it, beside the same done one young person after the other."""

from collections import Counter
from datetime import date, timedelta

from django.db import transaction

from caseload.allocation.actions import open_month
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import neet_on
from neet import clock
from neet.accounts.models import User
from schools.models import Authority, Service
from tests.bench._measuring import Figure, county, median, report
from tracking.models import Activity, Characteristic, Confirmation, Responsibility, Situation, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.queries.rule_facts import BY_CODE, facts
from tracking.register.queries.standing import standing_as
from tracking.rules.academic_year import birth_range
from tracking.rules.allocation import decide
from tracking.rules.codes import Status
from tracking.rules.months import ReportingMonth

RUNS, NEET = 3, 1_300
STATES: dict[str, Counter] = {}


def opened(authority: Authority, by: User, day: date) -> None:
    """Ours, undone again."""
    with transaction.atomic():
        run = open_month(authority=authority, month=day, by=by)
        STATES["ours"] = counted(run)
        transaction.set_rollback(True)


def one_by_one(authority: Authority, by: User, day: date) -> None:
    """The same list and the same rules, each young person read and written through Django's models by themselves."""
    with transaction.atomic():
        run = MonthRun.objects.create(authority=authority, month=ReportingMonth.of(day).ends_on, opened_by=by)
        rules = ruleset(day)
        book = rules.rulebook(authority.code)
        services = {each.slug: each for each in Service.objects.filter(authority=authority)}
        neet = YoungPerson.objects.of(authority).filter(
            standing_as(Status.NEET, rules, day), cohort_status="P"
        )
        for person in neet.select_related("situation"):
            take_on(run, person, book, services, day)
        STATES["peer"] = counted(run)
        transaction.set_rollback(True)


def take_on(run: MonthRun, person: YoungPerson, book, services: dict[str, Service], day: date) -> None:
    held = Characteristic.objects.filter(person=person, code__in=list(BY_CODE), ends_on=None)
    codes = [each.code for each in held]
    at_home = person.activities.filter(code="120", starts_on__lte=day).exists()
    read = facts(
        person.date_of_birth, person.corporate_parent_la, codes, at_home, own=run.authority.code, on=day
    )
    said = decide(read, day, book)
    state = "conflict" if said.conflict else "allocated" if said.service else "no_rule"
    case = Case.objects.create(
        run=run, person=person, state=state, service=services.get(said.service), offer=said.offer, rule=said.rule,
        offer_rule=said.offer_rule, facts=read.words, neet_since=person.situation.neet_since_on,
    )  # fmt: skip
    if case.service is None or case.offer == Case.Offer.MINIMAL:
        return
    before = Responsibility.objects.filter(person=person, kind="lead", ends_on=None).first()
    if before and before.service_id == case.service_id:
        return
    if before:
        before.ends_on = max(before.starts_on, day - timedelta(days=1))
        before.save()
    Responsibility.objects.create(person=person, service=case.service, kind="lead", starts_on=day)


def counted(run: MonthRun) -> Counter:
    return Counter(run.cases.values_list("state", "offer"))


def more_neet(authority: Authority, day: date) -> None:
    """A winter's number of them: students of the right age who look for something instead."""
    missing = NEET - len(neet_on(authority, day))
    first, last = birth_range(17, day)[0], birth_range(16, day)[1]
    students = Situation.objects.filter(
        code="230", person__cohort_status="P", person__date_of_birth__range=(first, last)
    )
    chosen = list(students.order_by("person").values_list("activity", flat=True)[:missing])
    Activity.objects.filter(pk__in=chosen).update(code="619", review_on=None, predicted_end_on=None)
    Confirmation.objects.bulk_create(
        Confirmation(activity_id=pk, verified_on=day, source="young_person") for pk in chosen
    )


def main() -> None:
    county()
    with transaction.atomic():
        measure()
        transaction.set_rollback(True)


def measure() -> None:
    authority, day = Authority.objects.get(), clock.today()
    by = User.objects.filter(memberships__role="tracking_officer").earliest("pk")
    more_neet(authority, day)
    ours = median(lambda: opened(authority, by, day), RUNS)
    peer = median(lambda: one_by_one(authority, by, day), 1)
    number = sum(STATES["ours"].values())
    assert abs(number - sum(STATES["peer"].values())) <= number * 0.03, STATES
    what = f"open a month: {number:,} NEET of a county allocated by all rules, leads with them"
    report(Figure(what, f"{ours * 1000:,.0f} ms", f"one by one {peer * 1000:,.0f} ms", peer / ours, RUNS))


if __name__ == "__main__":
    main()
