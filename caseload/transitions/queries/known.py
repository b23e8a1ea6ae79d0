"""What there is of next steps for one young person, asked before anything is fetched: most have nothing of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from caseload.transitions.models import CohortAnswer, PlanStep, StartCheck, TransitionPlan
from caseload.transitions.queries.people import with_plan
from neet.statements.once import built_once
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import academic_year


@dataclass(frozen=True)
class Known:
    """Which parts there are, whether they have an EHC plan, and when they were born."""

    born_on: date | None = None
    plans: bool = False
    asked_this_autumn: bool = False
    asked: bool = False
    answers: bool = False
    steps: bool = False
    has_ehc_plan: bool = False


def known_of(person_id: int, on: date) -> Known:
    """In one statement."""
    row = next(iter(_rows(person_id, on)), None)
    return Known(*row) if row else Known()


@built_once
def _rows(person_id: int, on: date) -> QuerySet[YoungPerson, tuple[Any, ...]]:
    starts = StartCheck.objects.filter(person=OuterRef("pk"))
    found = YoungPerson.objects.filter(pk=person_id).annotate(
        plans=Exists(TransitionPlan.objects.filter(person=OuterRef("pk"))),
        asked_this_autumn=Exists(starts.filter(year=academic_year(on))),
        asked=Exists(starts),
        answers=Exists(CohortAnswer.objects.filter(person=OuterRef("pk"))),
        steps=Exists(PlanStep.objects.filter(person=OuterRef("pk"))),
        has_ehc_plan=with_plan(on),
    )
    names = ("date_of_birth", "plans", "asked_this_autumn", "asked", "answers", "steps", "has_ehc_plan")
    return found.values_list(*names)
