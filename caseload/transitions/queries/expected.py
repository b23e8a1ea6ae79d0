"""Who is to be asked about in autumn, and where they were expected: from plans, what went on in summer, and what they
said they would do (R136)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from caseload.prevention.models import AtRisk
from caseload.transitions.models import StartCheck, TransitionPlan
from caseload.transitions.queries.people import BEFORE_LEAVING, in_years, tracked, worked_with
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import Activity, YoungPerson
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.codes import Status
from tracking.rules.ruleset import RuleSet

DAY = timedelta(days=1)
AUTUMN = timedelta(days=30)
PLAN, AT_RISK, SUPPORTED = "plan", "at_risk", "supported"


@dataclass(frozen=True)
class Expected:
    """Somebody for the list, where they were expected, and why they stand on it."""

    person_id: int
    establishment_id: int | None
    words: str
    why: str


def expected_of(authority: Authority, on: date) -> list[Expected]:
    """Whoever of this council is to be asked about this autumn and does not stand on the list yet: with a plan for
    this year, at risk when the summer ended, or worked with in Year 11 or 12. Two statements."""
    rules, year = ruleset(on), academic_year(on)
    last = starts_on(year) - DAY
    plans = TransitionPlan.objects.filter(year=year, ended_on=None, person__authority=authority)
    had_ended = Q(ends_on__isnull=False, ends_on__lt=last)
    risk = AtRisk.objects.exclude(had_ended).filter(person=OuterRef("pk"), starts_on__lte=last)
    listed = StartCheck.objects.filter(person=OuterRef("pk"), year=year)
    stayed = going_on(sorted(rules.activities_with(Status.EET)), last)
    people = (
        YoungPerson.objects.of(authority)
        .filter(tracked(rules), ~Exists(listed))
        .annotate(has_plan=Exists(plans.filter(person=OuterRef("pk"))), is_at_risk=Exists(risk))
        .filter(Q(has_plan=True) | Q(is_at_risk=True) | (in_years(BEFORE_LEAVING, last) & worked_with(on)))
        .annotate(stayed=Subquery(stayed.values("establishment")[:1]))
    )
    planned = {each.person_id: each for each in plans}
    rows = people.order_by("pk").values_list("pk", "is_at_risk", "stayed", "intended_destination")
    return [_expected(*row, planned.get(row[0]), rules) for row in rows]


def going_on(codes: list[str], last: date) -> QuerySet[Activity]:
    """What somebody did at the end of summer and was expected to go on with in autumn."""
    goes_on = Q(ends_on__isnull=True) | Q(ends_on__gt=last)
    beyond = Q(predicted_end_on__isnull=True) | Q(predicted_end_on__gt=last + AUTUMN)
    return Activity.objects.filter(
        goes_on & beyond, person=OuterRef("pk"), is_primary=True, code__in=codes, starts_on__lte=last
    )


def _expected(
    pk: int, at_risk: bool, stayed: int | None, means_to: str, plan: TransitionPlan | None, rules: RuleSet
) -> Expected:
    """A plan says it best; else where they were in summer; else what they said they would do."""
    if plan:
        return Expected(pk, plan.establishment_id, plan.place or plan.next_step, PLAN)
    destination = rules.intended_destinations.get(means_to)
    words = "" if stayed or not destination else destination.plain_words
    return Expected(pk, stayed, words, AT_RISK if at_risk else SUPPORTED)
