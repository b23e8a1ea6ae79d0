"""The steps of those with an EHC plan: how many are done, who is still to take one, and one person's (R40, R143)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from caseload.transitions.models import PlanStep
from caseload.transitions.queries.people import Found, in_years, lines_by_person, lives_in, seen, with_plan
from neet.accounts.models import User
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import Characteristic, Residence, YoungPerson
from tracking.register.queries.register import Line
from tracking.rules.academic_year import academic_year, year_group
from tracking.rules.plan_steps import StepRule

FIELD = f"characteristic.code={Characteristic.EHCP}"
OPEN, DONE, EVERYBODY = "", "done", "all"
SOON = 28


def may_read(user: User, on: date) -> bool:
    """Who is told that somebody has an EHC plan is told its steps (fields.csv)."""
    return asker(user, on).reads(FIELD)


def step_rules(on: date) -> tuple[StepRule, ...]:
    """The steps of this academic year in their order."""
    return tuple(sorted(ruleset(on).plan_steps.values(), key=lambda each: (each.order, each.code)))


def to_take(rule: StepRule, user: User, on: date, district: int | None = None) -> Found:
    """Whom this user sees with an EHC plan in the year groups of a step, with `step`: what was recorded of it."""
    taken = Q(plan_steps__step=rule.code, plan_steps__year=academic_year(on))
    people = with_plans(user, on, district).filter(in_years(rule.year_groups, on))
    return people.annotate(step=FilteredRelation("plan_steps", condition=taken)).annotate(
        done_on=F("step__done_on"), moved_to=F("step__due_on")
    )


def with_plans(user: User, on: date, district: int | None = None) -> QuerySet[YoungPerson]:
    """Whom this user sees with an EHC plan; nobody for those who are not told of plans."""
    if not may_read(user, on):
        return YoungPerson.objects.none()
    where = lives_in(district) if district else Q()
    return seen(user, ruleset(on)).filter(with_plan(on), where)


def of_state(people: Found, state: str) -> Found:
    if state == EVERYBODY:
        return people
    return people.filter(done_on__isnull=state != DONE)


@dataclass(frozen=True)
class Standing:
    """How one step stands: how many take it, how many have, by when the others should have."""

    rule: StepRule
    due_on: date
    people: int
    done: int
    is_due: bool
    is_near: bool

    @property
    def open(self) -> int:
        return self.people - self.done

    @property
    def tone(self) -> str:
        if not self.open:
            return "good"
        return "bad" if self.is_due else "attention" if self.is_near else "plain"

    @property
    def words(self) -> str:
        if not self.people:
            return "Nobody takes this step"
        if not self.open:
            return "All done"
        return "Overdue" if self.is_due else "Due soon" if self.is_near else "Not due yet"


def standings(user: User, on: date, district: int | None = None) -> tuple[Standing, ...]:
    """Every step of the year, in one statement."""
    rules = step_rules(on)
    if not rules:
        return ()
    sums = {}
    for place, each in enumerate(rules):
        theirs = in_years(each.year_groups, on)
        sums[f"n_{place}"] = Count("pk", filter=theirs)
        sums[f"done_{place}"] = Count("pk", filter=theirs & Q(_taken(each, on)))
    found = with_plans(user, on, district).aggregate(**sums)
    return tuple(
        _standing(each, found[f"n_{place}"], found[f"done_{place}"], on) for place, each in enumerate(rules)
    )


def _taken(rule: StepRule, on: date) -> Exists:
    """Who has taken a step this year."""
    done = PlanStep.objects.filter(step=rule.code, year=academic_year(on), done_on__isnull=False)
    return Exists(done.filter(person=OuterRef("pk")))


def _standing(rule: StepRule, people: int, done: int, on: date) -> Standing:
    due_on = rule.due_on(academic_year(on))
    return Standing(rule, due_on, people, done, is_due=on > due_on, is_near=0 <= (due_on - on).days <= SOON)


@dataclass(frozen=True)
class StepLine:
    """One young person and one step: due when, done when, with which place."""

    person: Line
    district: str
    due_on: date
    step: PlanStep | None
    is_late: bool

    @property
    def done_on(self) -> date | None:
        return self.step.done_on if self.step else None


def lines_of(page: Found, rule: StepRule, user: User, on: date) -> tuple[StepLine, ...]:
    """A page of a step's list in its order: four statements."""
    numbers = list(page.values_list("pk", flat=True))
    people = lines_by_person(numbers, user, on)
    taken = PlanStep.objects.filter(person__in=numbers, step=rule.code, year=academic_year(on))
    steps = {each.person_id: each for each in taken.select_related("establishment")}
    lives = Residence.objects.filter(person__in=numbers, ends_on=None, district__isnull=False)
    districts = (
        dict(lives.values_list("person", "district__name"))
        if asker(user, on).reads("residence.district")
        else {}
    )
    return tuple(_line(people[pk], districts.get(pk, ""), steps.get(pk), rule, on) for pk in numbers)


def _line(person: Line, district: str, step: PlanStep | None, rule: StepRule, on: date) -> StepLine:
    due_on = due_of(step, rule, on)
    done = step is not None and step.done_on is not None
    return StepLine(person, district, due_on, step, is_late=not done and due_on < on)


def due_of(step: PlanStep | None, rule: StepRule, on: date) -> date:
    """The day agreed for this young person, else the usual one."""
    return (step.due_on if step else None) or rule.due_on(academic_year(on))


@dataclass(frozen=True)
class Step:
    """One step on a record."""

    rule: StepRule
    due_on: date
    step: PlanStep | None
    is_late: bool

    @property
    def done_on(self) -> date | None:
        return self.step.done_on if self.step else None


def path_of(person_id: int, born_on: date | None, on: date) -> tuple[Step, ...]:
    """The steps of this year of one young person with an EHC plan; none where their year group takes none. One
    statement."""
    group = year_group(born_on, on) if born_on else None
    rules = [each for each in step_rules(on) if group in each.year_groups]
    if not rules:
        return ()
    taken = PlanStep.objects.filter(person=person_id, year=academic_year(on)).select_related("establishment")
    steps = {each.step: each for each in taken}
    return tuple(_step(steps.get(each.code), each, on) for each in rules)


def _step(step: PlanStep | None, rule: StepRule, on: date) -> Step:
    due_on = due_of(step, rule, on)
    done = step is not None and step.done_on is not None
    return Step(rule, due_on, step, is_late=not done and due_on < on)


def rule_of(code: str, on: date) -> StepRule | None:
    return ruleset(on).plan_steps.get(code)
