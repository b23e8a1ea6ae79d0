"""The invented next steps: something on every list, and the same dice give the same."""

from datetime import date
from random import Random

import pytest

from caseload.seeding.transitions import next_steps
from caseload.transitions.models import CohortAnswer, PlanStep, StartCheck, TransitionPlan
from tests.caseload.transitions.conftest import YEAR_12, YEAR_13, council  # noqa: F401  a fixture here too

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


def invented(place):
    """What these dice made, as what can be told from it."""
    next_steps(Random("1 next"), place.authority, place.officer, TODAY)
    return (
        list(TransitionPlan.objects.order_by("person").values_list("next_step", "agreed_on", "finalised_on")),
        list(StartCheck.objects.order_by("person").values_list("why", "answer", "checked_on")),
        list(CohortAnswer.objects.order_by("person").values_list("answer", "answered_on")),
        list(PlanStep.objects.order_by("person", "step").values_list("step", "done_on")),
    )


def test_every_list_has_somebody(council):  # noqa: F811  the fixture
    council.at(TODAY)
    for _ in range(8):
        council.pupil("EHCP", service=council.send)
        council.pupil(born=YEAR_12, service=council.support)
        council.pupil(born=YEAR_13, service=council.support)

    plans, starts, answers, steps = invented(council)

    assert {bool(agreed) for _, agreed, _ in plans} == {True, False}
    assert 0 < len(plans) < 16
    assert len(starts) == 16
    assert {bool(answer) for _, answer, _ in starts} == {True, False}
    assert answers
    assert all(day <= TODAY for _, day in answers)
    assert {step for step, _ in steps} >= {"annual_review"}
    assert all(day <= TODAY for _, day in steps)
