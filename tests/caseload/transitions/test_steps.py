"""The steps of those with an EHC plan: their days, who takes them, who learns on 31 March that no place is named."""

from datetime import date

import pytest
from django.core import mail

from caseload.transitions.actions import record_step, steps_done, turn_of_day
from caseload.transitions.models import PlanStep
from caseload.transitions.panels import person_panel
from caseload.transitions.queries.steps import DONE, OPEN, of_state, path_of, standings, to_take
from caseload.transitions.queries.steps import rule_of as rule
from caseload.transitions.statements import StepTold
from neet.messages.actions import deliver
from tests.caseload.transitions.conftest import SPRING, YEAR_12
from tests.factories import make_district, make_user
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

PLAN = "EHCP"
DUE = date(2027, 3, 31)


def named(council, person, **told):
    said = {"done_on": SPRING, "establishment": council.college, **told}
    return record_step(person=person, step="named_place", told=StepTold(**said), by=council.officer)


def test_the_steps_are_those_of_year_11_with_a_plan(council):
    person = council.pupil(PLAN)
    council.pupil()
    council.pupil(PLAN, born=YEAR_12)

    assert list(to_take(rule("named_place", SPRING), council.officer, SPRING)) == [person]
    assert [each.due_on for each in path_of(person.pk, person.date_of_birth, SPRING)][-1] == DUE
    by_step = {each.rule.code: each for each in standings(council.officer, SPRING)}
    assert list(by_step)[:2] == ["annual_review", "choices"]
    assert (by_step["named_place"].people, by_step["named_place"].words) == (1, "Due soon")
    assert by_step["annual_review"].words == "Overdue"


def test_a_step_is_done_on_a_day_with_its_place(council):
    person = council.pupil(PLAN)

    made = named(council, person)

    assert named(council, person) == made
    assert of_state(to_take(rule("named_place", SPRING), council.officer, SPRING), DONE).get() == person
    assert path_of(person.pk, person.date_of_birth, SPRING)[-1].done_on == SPRING
    assert PlanStep.objects.get().establishment == council.college


def test_another_day_agreed_for_somebody_is_theirs(council):
    person = council.pupil(PLAN)
    told = StepTold(due_on=date(2027, 4, 30))
    record_step(person=person, step="named_place", told=told, by=council.officer)

    last = path_of(person.pk, person.date_of_birth, date(2027, 4, 10))[-1]

    assert (last.due_on, last.is_late, last.done_on) == (date(2027, 4, 30), False, None)


def test_what_does_not_fit_is_refused(council):
    person = council.pupil(PLAN)
    for somebody, step, told in (
        (person, "named_place", StepTold(done_on=SPRING)),
        (person, "named_place", StepTold()),
        (person, "consulted", StepTold(done_on=date(2027, 3, 11))),
        (person, "no_such_step", StepTold(done_on=SPRING)),
        (council.pupil(), "consulted", StepTold(done_on=SPRING)),
        (council.pupil(PLAN, born=YEAR_12), "consulted", StepTold(done_on=SPRING)),
    ):
        with pytest.raises(NotRight):
            record_step(person=somebody, step=step, told=told, by=council.officer)
    with pytest.raises(NotPermitted):
        record_step(person=person, step="consulted", told=StepTold(done_on=SPRING), by=council.worker)


def test_one_step_is_done_for_many_in_one_act(council, django_assert_max_num_queries):
    people = [council.pupil(PLAN) for _ in range(12)]
    record_step(
        person=people[0],
        step="consulted",
        told=StepTold(due_on=DUE, words="Two colleges"),
        by=council.officer,
    )
    stranger = council.pupil()

    with django_assert_max_num_queries(12):
        done = steps_done(
            step="consulted", people=[each.pk for each in [*people, stranger]], by=council.officer
        )

    assert (done, steps_done(step="consulted", people=[people[0].pk], by=council.officer)) == (12, 0)
    first = PlanStep.objects.get(person=people[0])
    assert (first.done_on, first.words, first.due_on) == (SPRING, "Two colleges", DUE)
    with pytest.raises(NotRight, match="place of each"):
        steps_done(step="named_place", people=[people[0].pk], by=council.officer)


def test_steps_are_told_to_those_who_are_told_of_plans(council):
    person = council.pupil(PLAN)

    assert len(person_panel(person.pk, council.officer, SPRING).steps) == 7
    assert person_panel(council.pupil().pk, council.officer, SPRING).steps == ()
    school = make_user("school_user", council.authority, establishment=council.school)
    assert person_panel(person.pk, school, SPRING) is None
    assert not to_take(rule("named_place", SPRING), school, SPRING).exists()


def test_on_the_day_leads_learn_how_many_they_see_have_no_place(council):
    open_one, done = council.pupil(PLAN, service=council.send, given_name="Quillon"), council.pupil(PLAN)
    named(council, done)
    other = make_user("district_lead", council.authority, district=make_district(council.authority))

    assert turn_of_day(day=date(2027, 3, 30))["told"] == 0
    council.at(DUE)
    assert turn_of_day(day=DUE)["told"] == 3
    assert turn_of_day(day=date(2027, 4, 2))["told"] == 0
    deliver()

    assert {each.to[0] for each in mail.outbox} == {
        council.officer.email, council.chief.email, council.lead.email,
    }  # fmt: skip
    assert other.email not in {each.to[0] for each in mail.outbox}
    assert all("1 " in each.subject and "Quillon" not in each.body for each in mail.outbox)
    assert of_state(to_take(rule("named_place", DUE), council.lead, DUE), OPEN).get() == open_one
