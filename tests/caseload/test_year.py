"""Months of casework lived one after the other: nobody is forgotten, nobody stands on two lists, nobody is dropped."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

import pytest
from django.db import connection

from caseload.allocation.actions import allocate, decide, offers_of_the_day, open_month
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import neet_on
from caseload.chase.queries.waiting import waiting_people
from caseload.chase.queries.whom import to_call
from caseload.chase.statements import Wanted
from caseload.reviews.actions import review_many
from caseload.reviews.models import Review
from caseload.reviews.queries import lists
from caseload.reviews.statements import ReviewTold
from neet.accounts.models import User
from neet.clock import LONDON
from neet.working_days import working_day_of
from schools.models import Authority, Service
from tests.factories import make_user
from tests.returns.nccis.living import Council, turn_clock
from tracking.reference.queries import ruleset
from tracking.register.columns import open_on
from tracking.register.models import Characteristic, Responsibility, Situation, YoungPerson
from tracking.register.queries.standing import Facts, standing
from tracking.rules.academic_year import academic_age
from tracking.rules.codes import CohortKind, Status
from tracking.rules.months import ReportingMonth
from tracking.seeding.actions import Invention, invent

pytestmark = pytest.mark.django_db

BEGINS = date(2024, 9, 2)
REVIEWED = 0.7
LATE = 22


@dataclass
class Year:
    """A council at work: what happens to its young people, and an officer who works on the cases."""

    council: Council
    officer: User
    seen: Counter[str] = field(default_factory=Counter)

    @property
    def authority(self) -> Authority:
        return self.council.authority

    def begin(self, month: ReportingMonth) -> MonthRun:
        """The month is opened on its second working day, and rules that disagree are decided about."""
        day = max(working_day_of(month.ends_on, 2), BEGINS)
        self.at(day)
        offers_of_the_day(day=day)
        neet = set(neet_on(self.authority, day))
        run = open_month(authority=self.authority, month=month.ends_on, by=self.officer)
        assert set(run.cases.values_list("person", flat=True)) == neet
        self.seen["neet"] += len(neet)
        self.settle(run)
        return run

    def settle(self, run: MonthRun) -> None:
        """A person decides where rules insist on two services or none fits."""
        services = list(Service.objects.filter(authority=self.authority).order_by("pk"))
        for case in Case.objects.undecided().filter(run=run).select_related("person", "run").order_by("pk"):
            decide(case=case, service=self.council.dice.choice(services), why="Agreed", by=self.officer)
            self.seen["decided"] += 1

    def end(self, run: MonthRun) -> None:
        """Who became NEET since is added; most of those on the lists were reviewed."""
        self.officer.kept_scope = None
        allocate(run=run, by=self.officer)
        self.settle(run)
        cases = Case.objects.to_review().filter(run=run).order_by("pk").values_list("pk", flat=True)
        looked_at = [case for case in cases if self.council.dice.random() < REVIEWED]
        told = ReviewTold(Review.Outcome.WORKING)
        self.seen["reviewed"] += review_many(run=run, cases=looked_at, told=told, by=self.officer)

    def at(self, day: date, hour: int = 10) -> None:
        self.council.at(day, hour)
        self.officer.kept_scope = self.council.officer.kept_scope = None


def every_case_is_reviewed_or_listed(year: Year, run: MonthRun) -> None:
    """Who is case-loaded was reviewed in the month or stands among those who were not (R64)."""
    duty = set(Case.objects.to_review().filter(run=run).values_list("pk", flat=True))
    reviewed = set(Review.objects.filter(case__run=run).values_list("case", flat=True))
    listed = set(lists.cases_on(run, year.officer, lists.Wanted(lists.BREACH)).values_list("pk", flat=True))

    assert duty == (duty & reviewed) | listed
    assert not reviewed & listed
    year.seen["not reviewed"] += len(listed)


def nobody_is_on_two_lists(year: Year, run: MonthRun, on: date) -> None:
    """Who is case-loaded is one service's, which leads for them, and nobody's to call (R74)."""
    loaded = dict(
        Case.objects.running().filter(run=run, offer=Case.Offer.CASELOAD).values_list("person", "service")
    )
    to_track = set(to_call(year.officer, Wanted(whose="all"), on).values_list("pk", flat=True))
    leads = Responsibility.objects.filter(open_on(on), person__in=loaded, kind=Responsibility.Kind.LEAD)

    assert not to_track & set(loaded)
    assert sorted(leads.values_list("person", "service")) == sorted(loaded.items())
    year.seen["case-loaded"] += len(loaded)
    year.seen["to call"] += len(to_track)


def nobody_is_dropped(year: Year, run: MonthRun, on: date) -> None:
    """Everybody whom the council has to know about, counted one by one: who is not known or NEET is case-loaded, to be
    called, or waited for; what is offered to them changes nothing about that (R77)."""
    loaded = set(
        Case.objects.running().filter(run=run, offer=Case.Offer.CASELOAD).values_list("person", flat=True)
    )
    to_track = set(to_call(year.officer, Wanted(whose="all"), on).values_list("pk", flat=True))
    visible = YoungPerson.objects.visible_to(year.officer)
    waits = set(visible.filter(waiting_people(year.officer, on)).values_list("pk", flat=True))
    for person, status in one_by_one(visible, on):
        if status is Status.NOT_KNOWN:
            assert person in loaded | to_track | waits, (person, on)
        if status is Status.NEET:
            assert person in loaded | to_track, (person, on)
    others = Case.objects.filter(run=run).exclude(offer=Case.Offer.CASELOAD)
    year.seen["not case-loaded"] += others.count()


def one_by_one(people, on: date) -> Iterator[tuple[int, Status]]:
    """Each of the cohort and how they stand, by the plain rules."""
    rules = ruleset(on)
    letters = rules.cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)
    plans = Characteristic.objects.filter(open_on(on), code=Characteristic.EHCP)
    with_plan = set(plans.values_list("person", flat=True))
    situations = {each.person_id: each for each in Situation.objects.all()}
    for pk, born_on, letter in people.values_list("pk", "date_of_birth", "cohort_status"):
        oldest = rules.limits["oldest_with_plan" if pk in with_plan else "oldest_without_plan"]
        of_age = born_on is None or (rules.limits["youngest_measured"] <= academic_age(born_on, on) <= oldest)
        if letter in letters and of_age:
            now = situations.get(pk) or Situation()
            facts = Facts(now.code, now.starts_on, now.ends_on, now.lapses_on)
            yield pk, standing(facts, rules, on).status


SIZES = [
    pytest.param("tiny", 3, 60, id="three months of a few"),
    pytest.param("small", 12, 400, id="a year of three thousand", marks=pytest.mark.assure),
]


@pytest.mark.parametrize(("size", "months", "acts"), SIZES)
def test_casework_lived_month_after_month(
    monkeypatch: pytest.MonkeyPatch, clock_goes_on: None, size: str, months: int, acts: int
) -> None:
    turn_clock(monkeypatch, datetime(2024, 9, 2, 8, tzinfo=LONDON))
    invent(Invention(size, 3, BEGINS))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all deferred")  # as at the start of a transaction of its own
    authority = Authority.objects.get(code="886")
    council = Council(authority, make_user("mi_officer", authority), Random(size), monkeypatch)
    year = Year(council, make_user("tracking_officer", authority))
    month, before = ReportingMonth(date(2024, 9, 30)), None

    for _ in range(months):
        run = year.begin(month)
        if before:
            every_case_is_reviewed_or_listed(year, before)
            assert MonthRun.objects.get(pk=before.pk).closed_at is not None
        nobody_is_on_two_lists(year, run, working_day_of(month.ends_on, 2))
        council.live(month, acts)
        year.at(month.ends_on, LATE)
        year.end(run)
        every_case_is_reviewed_or_listed(year, run)
        nobody_is_on_two_lists(year, run, month.ends_on)
        nobody_is_dropped(year, run, month.ends_on)
        month, before = month.after, run

    assert all(year.seen[what] for what in ("neet", "reviewed", "not reviewed", "case-loaded", "to call"))
    assert council.done["depart"]
    if months == 12:
        assert year.seen["decided"]
        assert year.seen["not case-loaded"]
