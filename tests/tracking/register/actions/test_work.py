"""Notes, tasks and who is responsible."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories import make_authority, make_person, make_responsible, make_service, make_task, make_user
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.notes import write_note
from tracking.register.actions.responsibilities import assign_responsibility, end_responsibility
from tracking.register.actions.tasks import close_task, open_task
from tracking.register.models import Note, Responsibility, Task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.statements import Charge, ToDo


def test_a_note_pressed_twice_is_one_note(officer, person):
    first = write_note(person=person, text="Rang, no answer. ", by=officer)

    assert write_note(person=person, text="Rang, no answer.", by=officer) == first
    assert Note.objects.get().text == "Rang, no answer."


def test_only_a_service_restricts_notes_to_itself(officer, person):
    service = make_service(person.authority)
    make_responsible(person, service=service)
    worker = make_user("caseworker", person.authority, service=service)

    assert write_note(person=person, text="Private", service=service, by=worker).service == service
    with pytest.raises(NotRight):
        write_note(person=person, text="Private", service=service, by=officer)
    with pytest.raises(NotRight):
        write_note(person=person, text="  ", by=officer)


@pytest.mark.parametrize("role", ["mi_officer", "manager"])
def test_notes_need_the_right(person, role):
    with pytest.raises(NotPermitted):
        write_note(person=person, text="x", by=make_user(role, person.authority))


def test_a_caseworker_reaches_only_their_caseload(person):
    service = make_service(person.authority)
    worker = make_user("caseworker", person.authority, service=service)

    with pytest.raises(NotPermitted):
        write_note(person=person, text="x", by=worker)


def test_tasks_open_once_and_close_once(officer, person):
    first = open_task(person=person, to_do=ToDo("Ring the college", due_on=TODAY), by=officer)
    assert open_task(person=person, to_do=ToDo("Ring the college"), by=officer) == first

    close_task(task=first, outcome="They rang back", by=officer)
    closed = close_task(task=first, outcome="Again", by=make_user("mi_officer", person.authority))

    assert (closed.outcome, closed.done_by) == ("They rang back", officer)
    assert open_task(person=person, to_do=ToDo("Ring the college"), by=officer) != first
    assert Task.objects.count() == 2


def test_tasks_of_foreign_people_are_out_of_reach(officer):
    foreign = make_person(make_authority())

    with pytest.raises(NotPermitted):
        close_task(task=make_task(foreign), outcome="", by=officer)
    with pytest.raises(NotPermitted):
        open_task(person=foreign, to_do=ToDo("x"), by=officer)
    with pytest.raises(NotRight):
        open_task(person=foreign, to_do=ToDo("x", service=make_service(make_authority())), by=officer)


def test_a_new_lead_ends_the_one_before(officer, person):
    one, two = make_service(person.authority), make_service(person.authority)
    first = assign_responsibility(person=person, charge=Charge("lead", date(2026, 9, 1), one), by=officer)

    second = assign_responsibility(person=person, charge=Charge("lead", TODAY, two), by=officer)
    assert assign_responsibility(person=person, charge=Charge("lead", TODAY, two), by=officer) == second

    first.refresh_from_db()
    assert first.ends_on == date(2026, 11, 19)
    assert end_responsibility(responsibility=second, on=TODAY, by=officer).ends_on == TODAY


def test_responsibility_goes_to_this_councils_services_by_those_who_allocate(officer, person):
    with pytest.raises(NotRight):
        assign_responsibility(person=person, charge=Charge("lead", TODAY), by=officer)
    elsewhere, here = make_service(make_authority()), make_service(person.authority)
    other = make_user("mi_officer", person.authority)
    with pytest.raises(NotRight):
        assign_responsibility(person=person, charge=Charge("lead", TODAY, elsewhere), by=officer)
    with pytest.raises(NotPermitted):
        assign_responsibility(person=person, charge=Charge("lead", TODAY, here), by=other)


def test_the_database_keeps_one_lead_and_the_order_of_days(officer, person):
    make_responsible(person, user=officer)

    with pytest.raises(IntegrityError, match="responsibility_one_lead"), transaction.atomic():
        make_responsible(person, user=officer)
    with pytest.raises(IntegrityError, match="responsibility_ends"), transaction.atomic():
        make_responsible(person, user=officer, kind="support", ends_on=date(2020, 1, 1))
    make_task(person, cause="x")
    with pytest.raises(IntegrityError, match="task_open_once"), transaction.atomic():
        make_task(person, cause="x")
    assert Responsibility.objects.count() == 1
