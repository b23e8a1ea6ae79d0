"""Plans for the next step: who needs one, what stands by itself, final by the end of March, checked in both terms."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from caseload.transitions.actions import change_plan, check_plans, end_plan, write_plan
from caseload.transitions.models import TransitionPlan
from caseload.transitions.queries.plans import (
    NO_PLAN,
    NOT_FINAL,
    SETTLED,
    TO_CHECK,
    Wanted,
    counted,
    lines_of,
    narrowed,
    of_state,
    to_plan_for,
)
from caseload.transitions.statements import PlanTold
from neet.audit.models import AuditEvent
from tests.caseload.transitions.conftest import SPRING, YEAR_12, YEAR_13
from tests.factories import make_authority, make_service
from tracking.register.refusals import Conflict, NotPermitted, NotRight

pytestmark = pytest.mark.django_db

TOLD = PlanTold("Level 2 construction", code="230")
FINAL = PlanTold("Level 2 construction", agreed_on=date(2027, 2, 1), finalised_on=date(2027, 3, 1))


def states(user, on):
    return {each.person.pk: each.state for each in lines_of(to_plan_for(user, on), user, on)}


def test_those_at_risk_and_those_worked_with_before_they_leave_need_a_plan(council):
    risk = council.at_risk()
    year_11 = council.pupil(service=council.support)
    year_12 = council.pupil(born=YEAR_12, service=council.send)
    council.pupil()
    council.pupil(born=YEAR_13, service=council.support)
    tracked_only = council.pupil()
    tracked_only.responsibilities.create(service=council.support, kind="tracking", starts_on=SPRING)

    assert states(council.officer, SPRING) == dict.fromkeys([risk.pk, year_11.pk, year_12.pk], NO_PLAN)
    assert states(council.worker, SPRING) == {year_11.pk: NO_PLAN}


def test_a_plan_goes_through_its_lists_until_it_is_checked_in_both_terms(council):
    person = council.at_risk()
    plan = write_plan(person=person, told=TOLD, by=council.officer)
    assert (plan.year, states(council.officer, SPRING)) == (2027, {person.pk: NOT_FINAL})

    plan = change_plan(plan=plan, told=FINAL, version=1, by=council.officer)
    assert states(council.officer, SPRING) == {person.pk: SETTLED}

    for term in (date(2027, 4, 15), date(2027, 6, 1)):
        council.at(term)
        assert states(council.officer, term) == {person.pk: TO_CHECK}
        assert check_plans(plans=[plan.pk], by=council.officer) == 1
        assert check_plans(plans=[plan.pk], by=council.officer) == 0
        assert states(council.officer, term) == {person.pk: SETTLED}
    assert AuditEvent.objects.filter(kind="transitions.transition_plans_checked").count() == 2


@pytest.mark.parametrize(("on", "late"), [(date(2027, 3, 31), False), (date(2027, 4, 1), True)])
def test_who_has_no_final_plan_after_the_end_of_march_is_late(council, on, late):
    none, draft = council.at_risk(), council.at_risk()
    write_plan(person=draft, told=TOLD, by=council.officer)

    lines = lines_of(to_plan_for(council.officer, on), council.officer, on)
    numbers = counted(to_plan_for(council.officer, on), on)

    assert {each.person.pk: each.is_late for each in lines} == {none.pk: late, draft.pk: late}
    assert (numbers[NO_PLAN], numbers[NOT_FINAL], numbers.total) == (1, 1, 2)
    assert (numbers.final_by, numbers.is_late) == (date(2027, 3, 31), late)


def test_the_list_is_narrowed_by_service_district_school_and_state(council):
    ours = council.pupil(service=council.support)
    council.pupil(service=council.send)
    for wanted, number in (
        (Wanted(service=council.support.pk), 1),
        (Wanted(district=council.district.pk), 2),
        (Wanted(school=council.school.pk), 2),
        (Wanted(school=council.college.pk), 0),
    ):
        people = narrowed(to_plan_for(council.officer, SPRING), wanted, SPRING)
        assert of_state(people, NO_PLAN).count() == number, wanted
    write_plan(person=ours, told=TOLD, by=council.officer)
    assert of_state(to_plan_for(council.officer, SPRING), NO_PLAN).count() == 1


def test_one_plan_a_summer_and_another_once_it_ended(council):
    person = council.at_risk()
    plan = write_plan(person=person, told=TOLD, by=council.officer)

    assert write_plan(person=person, told=TOLD, by=council.officer) == plan
    with pytest.raises(Conflict):
        write_plan(person=person, told=FINAL, by=council.chief)
    with pytest.raises(IntegrityError), transaction.atomic():
        TransitionPlan.objects.create(person=person, year=2027, next_step="Another")
    with pytest.raises(NotRight, match="why the plan ends"):
        end_plan(plan=plan, why=" ", by=council.officer)

    ended = end_plan(plan=plan, why="Moved to another college", by=council.officer)
    assert end_plan(plan=plan, why="Again", by=council.officer) == ended
    assert write_plan(person=person, told=FINAL, by=council.chief) != plan
    with pytest.raises(NotRight, match="was ended"):
        change_plan(plan=plan, told=FINAL, version=2, by=council.officer)


def test_what_a_colleague_saved_meanwhile_is_not_overwritten(council):
    plan = write_plan(person=council.at_risk(), told=TOLD, by=council.officer)
    now = change_plan(plan=plan, told=PlanTold("A levels"), version=1, by=council.chief)
    assert now.version == 2

    with pytest.raises(Conflict) as conflict:
        change_plan(plan=plan, told=PlanTold("Apprenticeship"), version=1, by=council.officer)
    assert conflict.value.theirs == {"next_step": "A levels"}

    assert change_plan(plan=plan, told=PlanTold("A levels"), version=1, by=council.officer).version == 2
    assert change_plan(plan=plan, told=PlanTold("Apprenticeship"), version=2, by=council.officer).version == 3


def test_what_cannot_be_a_plan_is_refused(council):
    person = council.at_risk()
    for told, field in (
        (PlanTold(" "), "next_step"),
        (PlanTold("College", code="999"), "code"),
        (PlanTold("College", finalised_on=SPRING), "agreed_on"),
        (PlanTold("College", agreed_on=SPRING, finalised_on=date(2027, 3, 1)), "finalised_on"),
        (PlanTold("College", service=make_service(make_authority())), "service"),
    ):
        with pytest.raises(NotRight) as refused:
            write_plan(person=person, told=told, by=council.officer)
        assert list(refused.value.words) == [field]
    with pytest.raises(IntegrityError), transaction.atomic():
        TransitionPlan.objects.create(person=person, year=2027, next_step="x", finalised_on=SPRING)


def test_only_who_works_with_them_writes_or_checks(council):
    person = council.pupil(service=council.support)
    plan = write_plan(person=person, told=FINAL, by=council.worker)

    for act in (
        lambda: write_plan(person=person, told=TOLD, by=council.lead),
        lambda: change_plan(plan=plan, told=TOLD, version=1, by=council.lead),
        lambda: end_plan(plan=plan, why="No", by=council.lead),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert check_plans(plans=[plan.pk], by=council.lead) == 0
