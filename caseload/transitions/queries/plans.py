"""Plans for the next step: who needs one, who has none, which are not final and which are to be checked (R135)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, FilteredRelation, Q, QuerySet, Value, When

from caseload.transitions.models import TransitionPlan
from caseload.transitions.queries.people import (
    BEFORE_LEAVING,
    Found,
    at_risk,
    in_years,
    lines_by_person,
    lives_in,
    seen,
    worked_with,
)
from caseload.transitions.rules import checks_began, final_by, planned_year
from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.register import Line

NO_PLAN, NOT_FINAL, TO_CHECK, SETTLED = "none", "draft", "check", "settled"
STATES: Mapping[str, tuple[str, str]] = {
    NO_PLAN: ("No plan", "attention"),
    NOT_FINAL: ("Not final", "waiting"),
    TO_CHECK: ("To be checked", "attention"),
    SETTLED: ("Final", "good"),
}
ORDER = {NO_PLAN: 0, NOT_FINAL: 1, TO_CHECK: 2, SETTLED: 3}


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    state: str = ""
    service: int | None = None
    district: int | None = None
    school: int | None = None


def running(on: date) -> QuerySet[TransitionPlan]:
    """Plans for the next academic year that were not ended."""
    return TransitionPlan.objects.filter(year=planned_year(on), ended_on=None)


def to_plan_for(user: User, on: date) -> Found:
    """Whom this user sees and who needs a plan this year: at risk, or worked with by a service in Year 11 or 12; and
    whoever has one. `needs` says what is to be done, the most urgent first."""
    rules = ruleset(on)
    running_plan = Q(transition_plans__year=planned_year(on), transition_plans__ended_on=None)
    people = seen(user, rules).annotate(plan=FilteredRelation("transition_plans", condition=running_plan))
    wanted = at_risk(on) | (in_years(BEFORE_LEAVING, on) & worked_with(on)) | Q(plan__isnull=False)
    began = checks_began(on, rules.limits)
    unchecked = Q(plan__checked_on=None) | Q(plan__checked_on__lt=began) if began else Q(pk__in=[])
    needs = Case(
        When(plan__isnull=True, then=Value(ORDER[NO_PLAN])),
        When(plan__finalised_on=None, then=Value(ORDER[NOT_FINAL])),
        When(unchecked, then=Value(ORDER[TO_CHECK])),
        default=Value(ORDER[SETTLED]),
    )
    return people.filter(wanted).annotate(needs=needs)


def narrowed(people: Found, wanted: Wanted, on: date) -> Found:
    """Of these, the ones wanted; the state is left to `of_state`."""
    condition = Q()
    if wanted.service:
        condition &= worked_with(on, [wanted.service]) | Q(plan__service=wanted.service)
    if wanted.district:
        condition &= lives_in(wanted.district)
    if wanted.school:
        condition &= Q(situation__activity__establishment=wanted.school)
    return people.filter(condition)


def of_state(people: Found, state: str) -> Found:
    return people.filter(needs=ORDER[state]) if state in ORDER else people


@dataclass(frozen=True)
class Counted:
    """How many have no plan, none that is final, one to check, one that is settled; and by when plans are final."""

    numbers: Mapping[str, int]
    final_by: date
    is_late: bool

    @property
    def total(self) -> int:
        return sum(self.numbers.values())

    def __getitem__(self, state: str) -> int:
        return self.numbers[state]


def counted(people: Found, on: date) -> Counted:
    """How they stand, in one statement."""
    numbers = people.aggregate(
        **{state: Count("pk", filter=Q(needs=place)) for state, place in ORDER.items()}
    )
    day = final_by(on, ruleset(on).limits)
    return Counted(numbers, day, on > day)


@dataclass(frozen=True)
class PlanLine:
    """One young person of the list and their plan, if there is one."""

    person: Line
    plan: TransitionPlan | None
    state: str
    is_late: bool

    @property
    def words(self) -> str:
        return STATES[self.state][0]

    @property
    def tone(self) -> str:
        return "bad" if self.is_late else STATES[self.state][1]


def lines_of(page: Found, user: User, on: date) -> tuple[PlanLine, ...]:
    """A page of the list in its order: three statements."""
    rows = list(page.values_list("pk", "needs"))
    numbers = [pk for pk, _ in rows]
    people = lines_by_person(numbers, user, on)
    plans = {each.person_id: each for each in with_names(running(on).filter(person__in=numbers))}
    states = {place: state for state, place in ORDER.items()}
    late = on > final_by(on, ruleset(on).limits)
    return tuple(
        PlanLine(people[pk], plans.get(pk), states[needs], late and states[needs] in (NO_PLAN, NOT_FINAL))
        for pk, needs in rows
    )


def with_names(plans: QuerySet[TransitionPlan]) -> QuerySet[TransitionPlan]:
    return plans.select_related("establishment", "service", "worker", "drafted_by")


def plan_of(person_id: int, on: date) -> TransitionPlan | None:
    """Their plan for the coming summer."""
    return with_names(running(on)).filter(person=person_id).first()


def latest_of(person_id: int) -> TransitionPlan | None:
    """The newest plan they ever had, ended ones left out."""
    found = TransitionPlan.objects.filter(person=person_id, ended_on=None)
    return with_names(found).order_by("-year", "-pk").first()


def visible_plans(user: User, on: date) -> QuerySet[TransitionPlan]:
    """Running plans of the young people this user sees."""
    people = YoungPerson.objects.visible_to(user).values("pk")
    return running(on).filter(person__in=people)
