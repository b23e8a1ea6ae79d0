"""Who may object, what happens at 16, and how it is answered."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_objection, make_person, make_user
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.nightly import sweep
from tracking.register.actions.objections import answer_at_16, record_objection, withdraw_objection
from tracking.register.models import Objection, Task
from tracking.register.refusals import NotPermitted, NotRight


@pytest.mark.parametrize(
    ("born_on", "made_on", "made_by", "is_right"),
    [
        (date(2010, 11, 20), date(2026, 11, 19), "parent", True),
        (date(2010, 11, 20), date(2026, 11, 20), "parent", False),
        (date(2010, 11, 20), date(2026, 11, 20), "young_person", True),
        (date(2010, 11, 20), date(2026, 11, 19), "young_person", False),
        (date(2008, 2, 29), date(2024, 2, 28), "young_person", False),
        (date(2008, 2, 29), date(2024, 2, 29), "young_person", True),
        (None, date(2024, 2, 29), "young_person", False),
    ],
)
def test_until_16_the_parent_objects_and_from_16_the_young_person(
    officer, authority, born_on, made_on, made_by, is_right
):
    person = make_person(authority, date_of_birth=born_on)
    act = {"person": person, "made_by": made_by, "made_on": made_on, "channel": "letter", "by": officer}

    if is_right:
        assert record_objection(**act) == record_objection(**act)
    else:
        with pytest.raises(NotRight):
            record_objection(**act)
    assert Objection.objects.count() == int(is_right)


def test_the_16th_birthday_opens_one_task_on_its_day(authority):
    turned = make_person(authority, date_of_birth=date(2010, 11, 20))
    still_15 = make_person(authority, date_of_birth=date(2010, 11, 21))
    for each in (turned, still_15):
        make_objection(each)

    sweep(day=TODAY)
    sweep(day=TODAY)

    task = Task.objects.get(kind="ask_at_16")
    assert (task.person, task.due_on) == (turned, TODAY)


def test_someone_born_on_29_february_comes_of_age_on_that_day(authority):
    person = make_person(authority, date_of_birth=date(2008, 2, 29))
    make_objection(person, made_on=date(2023, 1, 10))

    sweep(day=date(2024, 2, 28))
    assert not Task.objects.filter(kind="ask_at_16").exists()
    sweep(day=date(2024, 2, 29))

    assert Task.objects.get(kind="ask_at_16").due_on == date(2024, 2, 29)


@pytest.mark.parametrize("keeps", [True, False])
def test_the_answer_at_16_ends_the_parents_objection_and_the_task(officer, authority, keeps):
    person = make_person(authority, date_of_birth=date(2010, 11, 1))
    parents = make_objection(person)
    sweep(day=TODAY)

    own = answer_at_16(person=person, keeps=keeps, on=TODAY, channel="telephone", by=officer)

    parents.refresh_from_db()
    assert parents.withdrawn_on == TODAY
    assert (own is not None) is keeps
    assert Task.objects.get(kind="ask_at_16").done_by == officer


def test_no_answer_before_16_nor_without_an_objection(officer, authority):
    young = make_person(authority, date_of_birth=date(2011, 11, 1))
    make_objection(young)
    older = make_person(authority, date_of_birth=date(2009, 11, 1))

    for person in (young, older):
        with pytest.raises(NotRight):
            answer_at_16(person=person, keeps=True, on=TODAY, channel="", by=officer)


def test_withdraw_objection_once_and_not_before_it_was_made(officer, person):
    objection = make_objection(person)

    with pytest.raises(NotRight):
        withdraw_objection(objection=objection, on=date(2025, 1, 1), by=officer)
    withdraw_objection(objection=objection, on=TODAY, by=officer)
    assert withdraw_objection(objection=objection, on=date(2026, 1, 1), by=officer).withdrawn_on == TODAY


def test_objections_need_the_right_and_stand_once(officer, person):
    with pytest.raises(NotPermitted):
        record_objection(
            person=person,
            made_by="young_person",
            made_on=TODAY,
            channel="",
            by=make_user("manager", person.authority),
        )
    make_objection(person)
    with pytest.raises(IntegrityError, match="objection_open_once"), transaction.atomic():
        make_objection(person)
    with pytest.raises(IntegrityError, match="objection_withdrawn"), transaction.atomic():
        make_objection(person, made_by="young_person", withdrawn_on=date(2024, 1, 1))
