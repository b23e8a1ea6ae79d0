"""Did they start? Drawn up by itself, fallen off by itself, answered in a click that the register hears of."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from caseload.prevention.models import AtRisk
from caseload.transitions.actions import answer_start, draw_up_starts, refer_unstarted, turn_of_day
from caseload.transitions.models import StartCheck, TransitionPlan
from caseload.transitions.queries.starts import (
    TO_ASK,
    Wanted,
    by_school,
    by_service,
    checked,
    counted,
    lines_of,
    narrowed,
    of_state,
    refer_to,
)
from tests.caseload.transitions.conftest import YEAR_11, YEAR_12
from tests.factories import make_activity, make_college, make_person, make_residence, make_user
from tracking.register.actions.confirmations import confirm_activity
from tracking.register.models import Activity, Guarantee
from tracking.register.refusals import NotPermitted, NotRight

pytestmark = pytest.mark.django_db

FIRST, LATER = date(2027, 9, 1), date(2027, 9, 20)
Answer = StartCheck.Answer


def planned(council, person, **fields):
    said = {"next_step": "Level 2 course", "code": "230", "establishment": council.college}
    return TransitionPlan.objects.create(person=person, year=2027, **{**said, **fields})


def listed(council, person, **fields):
    """Somebody with a plan for the college who stands on the list, as it is later that month."""
    planned(council, person, **fields)
    council.at(FIRST)
    draw_up_starts(authority=council.authority, on=FIRST)
    council.at(LATER)
    return StartCheck.objects.get(person=person)


def standing(council, user=None):
    people = checked(user or council.officer, LATER)
    return dict(people.values_list("pk", "stands"))


def test_the_list_is_drawn_up_in_autumn_and_once(council):
    with_plan, risk = council.at_risk(), council.at_risk()
    planned(council, with_plan)
    worked_with = council.pupil(born=YEAR_12, service=council.send)
    council.pupil()
    over = council.pupil()
    AtRisk.objects.create(
        person=over,
        said_by="school",
        starts_on=date(2026, 10, 1),
        ends_on=date(2027, 5, 1),
        ended="no_longer",
    )

    assert draw_up_starts(authority=council.authority, on=date(2027, 8, 31)) == 0
    council.at(FIRST)
    assert turn_of_day(day=FIRST)["to_ask"] == 3
    assert turn_of_day(day=FIRST)["to_ask"] == 0
    assert draw_up_starts(authority=council.authority, on=date(2027, 11, 1)) == 0

    found = {each.person_id: (each.expected, each.why) for each in StartCheck.objects.all()}
    assert found == {
        with_plan.pk: (council.college, "plan"),
        risk.pk: (None, "at_risk"),
        worked_with.pk: (council.school, "supported"),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        StartCheck.objects.create(person=risk, year=2027, why="plan")


def test_what_they_meant_to_do_stands_where_no_place_is_known(council):
    person = council.at_risk(intended_destination="211")
    council.at(FIRST)

    draw_up_starts(authority=council.authority, on=FIRST)

    assert StartCheck.objects.get(person=person).expected_words == "Apprenticeship or traineeship"


def test_who_is_reported_to_have_started_falls_off_by_themselves(council):
    there, elsewhere, silent = (council.at_risk() for _ in range(3))
    planned(council, elsewhere)
    planned(council, silent)
    listed(council, there)
    assert set(standing(council).values()) == {TO_ASK}

    other = make_college()
    for person, place in ((there, council.college), (elsewhere, other)):
        person.activities.update(ends_on=date(2027, 8, 31))
        make_activity(person, "230", FIRST, establishment=place, verified_on=date(2027, 9, 14))

    assert standing(council) == {
        there.pk: Answer.STARTED, elsewhere.pk: Answer.ELSEWHERE, silent.pk: TO_ASK,
    }  # fmt: skip
    assert counted(checked(council.officer, LATER))["n_ask"] == 1


def test_who_went_on_where_they_were_is_asked_about_until_somebody_says_so(council):
    person = council.pupil(born=YEAR_12, service=council.send)
    council.at(FIRST)
    draw_up_starts(authority=council.authority, on=FIRST)
    council.at(LATER)
    assert standing(council) == {person.pk: TO_ASK}

    confirm_activity(activity=person.activities.get(), on=LATER, source="provider", by=council.officer)

    assert standing(council) == {person.pk: Answer.STARTED}


def test_started_there_records_what_the_plan_names(council):
    person = council.at_risk()
    check = listed(council, person)

    said = answer_start(check=check, answer=Answer.STARTED, by=council.officer)

    assert not said.is_to_record
    made = Activity.objects.get(person=person, code="230")
    assert (made.establishment, made.starts_on, made.source) == (council.college, FIRST, "service")
    assert made.predicted_end_on == date(2028, 8, 31)
    assert standing(council) == {person.pk: Answer.STARTED}


def test_started_there_confirms_what_goes_on_there(council):
    person = council.pupil(born=YEAR_12, service=council.send)
    council.at(FIRST)
    draw_up_starts(authority=council.authority, on=FIRST)
    council.at(LATER)

    said = answer_start(check=StartCheck.objects.get(), answer=Answer.STARTED, by=council.lead)

    assert not said.is_to_record
    assert person.activities.get().confirmations.filter(verified_on=LATER, source="service").exists()


@pytest.mark.parametrize(
    ("answer", "plan", "to_record"),
    [
        (Answer.STARTED, {"code": ""}, True),
        (Answer.STARTED, {"code": "230", "establishment": None}, True),
        (Answer.STARTED, {"code": "460"}, True),
        (Answer.ELSEWHERE, {}, True),
        (Answer.NOT_STARTED, {}, False),
        (Answer.NOT_KNOWN, {}, False),
    ],
)
def test_what_a_click_cannot_say_is_left_to_the_page_that_asks(council, answer, plan, to_record):
    person = council.at_risk()
    check = listed(council, person, **plan)

    said = answer_start(check=check, answer=answer, by=council.officer)

    assert said.is_to_record is to_record
    assert standing(council) == {person.pk: answer}
    assert person.activities.count() == 1


def test_an_answer_is_of_the_list_and_of_those_who_see_them(council):
    check = listed(council, council.at_risk())

    with pytest.raises(NotRight, match="whether they started"):
        answer_start(check=check, answer="perhaps", by=council.officer)
    with pytest.raises(NotPermitted):
        answer_start(check=check, answer=Answer.NOT_STARTED, by=council.worker)


def test_who_did_not_start_is_referred_to_the_service_the_rules_name(council):
    make_user("caseworker", council.authority, service=council.send)
    person = council.at_risk()
    check = listed(council, person)
    answer_start(check=check, answer=Answer.NOT_STARTED, by=council.officer)
    page = of_state(checked(council.officer, LATER), Answer.NOT_STARTED)

    (line,) = lines_of(page, council.officer, LATER)
    assert line.refer_to == council.support
    assert not refer_to([person.pk], council.authority.pk, council.worker, LATER)
    made = refer_unstarted(check=check, to_service=line.refer_to, by=council.officer)

    assert (made.to_service, made.words) == (council.support, "Did not start as planned: Ambleford College.")
    (line,) = lines_of(page, council.officer, LATER)
    assert (line.check.referral, line.refer_to) == (made, None)


def test_the_guarantee_of_the_year_that_ended_stands_beside_it(council):
    person = council.at_risk()
    Guarantee.objects.create(person=person, year_group=11, status="110")
    Guarantee.objects.create(person=person, year_group=12, status="151")
    listed(council, person)

    (line,) = lines_of(checked(council.officer, LATER), council.officer, LATER)

    assert line.guarantee == "Has been offered a place"


def test_sums_by_service_and_by_place_add_up(council):
    ours, theirs = council.pupil(service=council.support), council.pupil(service=council.send)
    planned(council, ours)
    check = listed(council, theirs)
    answer_start(check=check, answer=Answer.NOT_STARTED, by=council.officer)
    people = checked(council.officer, LATER)

    services = {each.words: each for each in by_service(people, LATER)}
    (place,) = by_school(people)

    assert services["NEET support"].numbers == {TO_ASK: 1}
    assert services["SEND team"].numbers == {Answer.NOT_STARTED: 1}
    assert (place.words, place.total, place.cells) == ("Ambleford College", 2, (1, 1, 0, 0, 0))
    for wanted, number in (
        (Wanted(service=council.send.pk), 1),
        (Wanted(school=council.college.pk), 2),
        (Wanted(district=council.district.pk), 2),
    ):
        assert narrowed(people, wanted, LATER).count() == number


def test_a_county_s_list_takes_as_many_statements_as_one(council, django_assert_max_num_queries):
    for number in range(30):
        person = make_person(council.authority, date_of_birth=YEAR_11, given_name=f"N{number}")
        make_residence(person, district=council.district)
        planned(council, person)
    council.at(FIRST)

    with django_assert_max_num_queries(10):
        assert draw_up_starts(authority=council.authority, on=FIRST) == 30
    with django_assert_max_num_queries(8):
        assert len(lines_of(checked(council.officer, LATER), council.officer, LATER)) == 30
