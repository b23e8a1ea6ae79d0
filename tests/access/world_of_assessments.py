"""A council's self-assessment in the world, by what an address may name."""

from datetime import date
from typing import Any

from caseload.assessment.models import LineAnswer, SelfAssessment
from schools.models import Authority
from tracking.register.models import Task

DUE = date(2027, 1, 15)


def build_assessment(authority: Authority) -> dict[str, Any]:
    """One that is open, with a line to be worked on."""
    own = SelfAssessment.objects.create(authority=authority, year=2026, counted_on=date(2026, 11, 1))
    LineAnswer.objects.create(
        assessment=own, line="trained", rating="partly", action="Train them", due_on=DUE
    )
    task = Task.objects.create(
        authority=authority,
        kind="assessment",
        words="Train them",
        cause=f"assessment:{own.pk}:trained",
        due_on=DUE,
    )
    return {"self_assessment": own.pk, "assessment_task": task.pk}
