"""Many at once: fifty people at fifty desks change one record, and nothing is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from tests.factories import make_activity, make_authority, make_person, make_user, seed_reference
from tracking.register.actions.activities import record_activity
from tracking.register.actions.confirmations import confirm_activity
from tracking.register.actions.notes import write_note
from tracking.register.actions.people import add_person, change_details
from tracking.register.models import Activity, Confirmation, Note, YoungPerson
from tracking.register.refusals import Conflict
from tracking.register.rules.activities import Told
from tracking.register.statements import NewPerson

pytestmark = pytest.mark.django_db(transaction=True)

DESKS = 50


@pytest.fixture(autouse=True)
def rules_and_day(transactional_db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-20T10:00")
    seed_reference()


def at_once(act):
    """Call `act(n)` for fifty n on eight threads, each with its own connection; what each returned or raised."""

    def one(number):
        try:
            return act(number)
        except Conflict as conflict:
            return conflict
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as desks:
        return list(desks.map(one, range(DESKS)))


def test_fifty_different_notes_are_fifty_and_fifty_equal_ones_one():
    authority = make_authority()
    officer, person = make_user("tracking_officer", authority), make_person(authority)

    at_once(lambda n: write_note(person=person, text=f"Note {n}", by=officer))
    at_once(lambda n: write_note(person=person, text="Rang, no answer.", by=officer))

    assert Note.objects.count() == DESKS + 1


def test_fifty_changes_of_one_version_keep_one_and_tell_the_others():
    authority = make_authority()
    officer, person = make_user("tracking_officer", authority), make_person(authority)

    said = at_once(
        lambda n: change_details(person=person, changes={"known_as": f"Name {n}"}, version=1, by=officer)
    )

    person.refresh_from_db()
    kept = [each for each in said if not isinstance(each, Conflict)]
    assert [each.known_as for each in kept] == [person.known_as]
    assert (len(said) - len(kept), person.version) == (DESKS - 1, 2)


def test_fifty_equal_confirmations_and_activities_are_one_each():
    authority = make_authority()
    officer = make_user("tracking_officer", authority)
    person, other = make_person(authority), make_person(authority)
    held = make_activity(person)
    told = Told(code="619", starts_on=date(2026, 11, 2), told_on=date(2026, 11, 19), source="young_person")

    at_once(lambda n: confirm_activity(activity=held, on=date(2026, 11, 19), source="provider", by=officer))
    at_once(lambda n: record_activity(person=other, told=told, by=officer))

    assert Confirmation.objects.filter(activity=held).count() == 1
    assert Activity.objects.filter(person=other).count() == 1


def test_fifty_new_people_have_fifty_numbers_and_one_added_by_fifty_one():
    authority = make_authority()
    officer = make_user("tracking_officer", authority)
    new = [NewPerson(f"Quill {n}", "Ravenscar", date(2010, 5, 6)) for n in range(DESKS)]

    at_once(lambda n: add_person(authority=authority, new=new[n], searched=True, by=officer))
    at_once(lambda n: add_person(authority=authority, new=new[0], searched=True, by=officer))

    numbers = YoungPerson.objects.values_list("young_person_id", flat=True)
    assert len(set(numbers)) == DESKS
    assert YoungPerson.objects.count() == DESKS
