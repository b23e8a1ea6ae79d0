"""Answers for the pupils who were expected: one by one, for all at once, and changed again."""

from datetime import date

import pytest

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.answering import Answered, all_still_here, answer_for, answer_for_all
from returns.intake.actions.mending import answer_missing
from returns.intake.actions.receiving import begin_on_page, discard
from returns.intake.models import Intake, Missing
from returns.intake.refusals import NotNow
from schools.models import Authority, Establishment
from tests.factories import make_activity, make_person
from tracking.register.models import YoungPerson

pytestmark = pytest.mark.django_db
LEFT = Answered("left", left_on=date(2026, 9, 4), destination="Work")


@pytest.fixture
def pupils(authority: Authority, school: Establishment) -> list[YoungPerson]:
    made = []
    for name in ("Ashe", "Birch", "Cedar"):
        person = make_person(authority, family_name=name, date_of_birth=date(2009, 5, 1))
        make_activity(person, "210", date(2025, 9, 1), establishment=school)
        made.append(person)
    return made


@pytest.fixture
def page(expected: ExpectedReturn, pupils: list[YoungPerson], secretary: User) -> Intake:
    return begin_on_page(expected=expected, by=secretary)


def here(page: Intake) -> set[str]:
    return set(page.rows.filter(left_out=False).values_list("person__family_name", flat=True))


def test_all_of_a_list_are_still_here_under_one_event(page: Intake, secretary: User) -> None:
    count = all_still_here(intake=page, by=secretary)

    event = AuditEvent.objects.get(kind="intake.all_still_there")
    assert (count, here(page)) == (3, {"Ashe", "Birch", "Cedar"})
    assert not page.missing.exists()
    assert (len(event.subjects), event.counts["people"]) == (3, 3)


def test_who_was_in_year_11_is_not_taken_to_be_still_here(
    expected: ExpectedReturn,
    pupils: list[YoungPerson],
    authority: Authority,
    school: Establishment,
    secretary: User,
) -> None:
    leaver = make_person(authority, family_name="Mole", date_of_birth=date(2010, 3, 1))
    make_activity(leaver, "110", date(2021, 9, 1), establishment=school, ends_on=date(2026, 8, 31))
    page = begin_on_page(expected=expected, by=secretary)

    all_still_here(intake=page, by=secretary)

    assert list(page.missing.values_list("person", "answer")) == [(leaver.pk, "")]


def test_somebody_who_was_said_to_be_here_has_left(
    page: Intake, pupils: list[YoungPerson], secretary: User
) -> None:
    all_still_here(intake=page, by=secretary)

    answer_for(intake=page, person_id=pupils[0].pk, said=LEFT, by=secretary)

    missing = page.missing.get()
    assert here(page) == {"Birch", "Cedar"}
    assert (missing.answer, missing.left_on, missing.destination) == ("left", date(2026, 9, 4), "Work")


def test_an_answer_is_taken_back(page: Intake, pupils: list[YoungPerson], secretary: User) -> None:
    answer_for(intake=page, person_id=pupils[0].pk, said=LEFT, by=secretary)
    answer_for(intake=page, person_id=pupils[0].pk, said=Answered("still_here"), by=secretary)
    answer_for(intake=page, person_id=pupils[0].pk, said=Answered("still_here"), by=secretary)

    assert here(page) == {"Ashe"}
    assert set(page.missing.values_list("answer", flat=True)) == {Missing.Answer.OPEN}


def test_those_answered_for_stay_as_they_were_said_to_be(
    page: Intake, pupils: list[YoungPerson], secretary: User
) -> None:
    answer_for(intake=page, person_id=pupils[0].pk, said=Answered("never_came"), by=secretary)

    assert all_still_here(intake=page, by=secretary) == 2
    assert here(page) == {"Birch", "Cedar"}


def test_what_the_register_wrote_is_not_asked_of_the_school(
    page: Intake, pupils: list[YoungPerson], secretary: User
) -> None:
    all_still_here(intake=page, by=secretary)

    assert not page.problems.exists()


def test_nobody_is_answered_for_who_is_not_expected(
    page: Intake, authority: Authority, secretary: User
) -> None:
    with pytest.raises(NotNow, match="expected"):
        answer_for(intake=page, person_id=make_person(authority).pk, said=LEFT, by=secretary)


def test_a_page_that_was_set_aside_takes_no_answers(page: Intake, secretary: User) -> None:
    discard(intake=page, by=secretary)

    with pytest.raises(NotNow):
        all_still_here(intake=page, by=secretary)


def test_several_answers_are_one_act_and_the_same_again_is_none(
    page: Intake, pupils: list[YoungPerson], secretary: User
) -> None:
    ashe, birch, cedar = (each.pk for each in pupils)
    said = {ashe: LEFT, birch: Answered("still_here"), cedar: Answered("never_came")}

    assert answer_for_all(intake=page, said=said, by=secretary) == 3
    assert answer_for_all(intake=page, said=said, by=secretary) == 0
    assert answer_for_all(intake=page, said={**said, ashe: Answered("still_here")}, by=secretary) == 1

    assert here(page) == {"Ashe", "Birch"}
    assert list(page.missing.values_list("person", "answer")) == [(cedar, "never_came")]
    events = AuditEvent.objects.filter(kind="intake.missing_answered")
    assert sorted(len(each.subjects) for each in events) == [1, 3]


def test_a_save_that_was_under_way_does_not_stop_the_same_answer_again(
    page: Intake, pupils: list[YoungPerson], secretary: User
) -> None:
    seen = page.missing.select_related("intake").get(person=pupils[0])
    answer_for(intake=page, person_id=pupils[0].pk, said=Answered("still_here"), by=secretary)

    assert answer_missing(missing=seen, answer="still_here", by=secretary) is None
    assert here(page) == {"Ashe"}
