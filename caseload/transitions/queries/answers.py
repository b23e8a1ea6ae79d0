"""What plans, steps and autumn checks answer to the self-assessment."""

from datetime import date

from django.db.models import Count, Q

from caseload.transitions.models import PlanStep, StartCheck, TransitionPlan
from caseload.transitions.queries.people import in_years, tracked, with_plan
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import academic_year
from tracking.rules.assessment import Answer, percent

YEAR_11 = 11


def needs_passed_on(authority: Authority, on: date) -> Answer:
    """Of the plans for the newest summer, which name a place and the support on the way (R144). One statement."""
    plans = TransitionPlan.objects.filter(
        person__authority=authority, ended_on=None, year__in=(academic_year(on), academic_year(on) + 1)
    )
    named = Q(establishment__isnull=False) & ~Q(support="")
    found = plans.order_by().aggregate(whole=Count("pk"), named=Count("pk", filter=named))
    words = f"{found['named']} of {found['whole']} plans for the next step name a place and the support on the way"
    return Answer(words, percent(found["named"], found["whole"]), "%", True, page="next_steps")


def continuity(authority: Authority, on: date) -> Answer:
    """Of those at risk or supported who were checked this autumn, who started (R136, R144). One statement."""
    checks = StartCheck.objects.filter(person__authority=authority, year=academic_year(on))
    by = {answer: Count("pk", filter=Q(answer=answer)) for answer in StartCheck.Answer.values}
    found = checks.order_by().aggregate(whole=Count("pk"), **by)
    started = found[StartCheck.Answer.STARTED] + found[StartCheck.Answer.ELSEWHERE]
    parts = {str(words): found[answer] for answer, words in StartCheck.Answer.choices}
    parts["Not asked yet"] = found["whole"] - sum(parts.values())
    words = f"{started} of {found['whole']} at risk or supported started in September"
    return Answer(words, percent(started, found["whole"]), "%", True, parts, "starts")


def plan_steps(authority: Authority, on: date) -> Answer:
    """Of the steps of this year's EHC plans that are due, which are done (R143). One statement."""
    due = PlanStep.objects.filter(person__authority=authority, year=academic_year(on), due_on__lte=on)
    found = due.order_by().aggregate(whole=Count("pk"), done=Count("pk", filter=Q(done_on__isnull=False)))
    words = f"{found['done']} of {found['whole']} recorded steps that are due are done"
    return Answer(words, percent(found["done"], found["whole"]), "%", True, page="plan_steps")


def places_named(authority: Authority, on: date) -> Answer:
    """Of Year 11 with an EHC plan, who has a place named this year. One statement."""
    steps = [code for code, each in ruleset(on).plan_steps.items() if each.needs_place]
    named = Q(
        plan_steps__year=academic_year(on),
        plan_steps__step__in=steps,
        plan_steps__establishment__isnull=False,
    )
    people = YoungPerson.objects.filter(
        in_years((YEAR_11,), on), with_plan(on), tracked(ruleset(on)), authority=authority
    )
    found = people.order_by().aggregate(
        whole=Count("pk", distinct=True), named=Count("pk", distinct=True, filter=named)
    )
    words = f"{found['named']} of {found['whole']} in Year 11 with an EHC plan have a place named"
    return Answer(words, percent(found["named"], found["whole"]), "%", True, page="plan_steps")
