"""Adding young people under numbers of their own, and changing who they are."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from neet.audit.models import AuditEvent
from tests.factories import make_authority, make_district, make_person, make_residence, make_user
from tracking.register.actions.people import add_person, change_details
from tracking.register.kinds import Kind
from tracking.register.models import FormerName, Situation, YoungPerson
from tracking.register.refusals import Conflict, NotPermitted, NotRight
from tracking.register.statements import NewPerson

NEW = NewPerson(given_name="Quill", family_name="Ravenscar", date_of_birth=date(2010, 5, 6), gender="M")


def test_add_person_gives_the_next_number_and_a_situation(officer, authority):
    first = add_person(authority=authority, new=NEW, searched=True, by=officer)
    second = add_person(authority=authority, new=replace(NEW, given_name="Rue"), searched=True, by=officer)

    assert [each.young_person_id[:3] for each in (first, second)] == [authority.database_id] * 2
    assert len(first.young_person_id) == 13
    assert int(second.young_person_id) == int(first.young_person_id) + 1
    assert Situation.objects.get(person=first).code == ""
    assert AuditEvent.objects.filter(kind=Kind.PERSON_ADDED, subjects=[first.pk]).count() == 1


def test_numbers_brought_from_another_system_are_passed_over(officer, authority):
    first = add_person(authority=authority, new=NEW, searched=True, by=officer)
    following = f"{int(first.young_person_id) + 1:013d}"
    make_person(authority, young_person_id=following)

    second = add_person(authority=authority, new=replace(NEW, given_name="Rue"), searched=True, by=officer)

    assert int(second.young_person_id) == int(following) + 1


def test_the_same_person_added_by_the_same_press_stays_one(officer, authority):
    first = add_person(authority=authority, new=NEW, searched=True, by=officer)

    assert add_person(authority=authority, new=NEW, searched=True, by=officer) == first
    assert YoungPerson.objects.count() == 1


def test_add_person_asks_for_the_search_first_and_the_right_there(officer, authority):
    with pytest.raises(NotRight, match="Search"):
        add_person(authority=authority, new=NEW, searched=False, by=officer)
    with pytest.raises(NotPermitted):
        add_person(authority=make_authority(), new=NEW, searched=True, by=officer)
    with pytest.raises(NotPermitted):
        add_person(authority=authority, new=NEW, searched=True, by=make_user("manager", authority))
    assert not YoungPerson.objects.exists()


def test_change_details_keeps_the_former_name(officer, person):
    was = (person.given_name, person.family_name)

    changed = change_details(person=person, changes={"family_name": "Newcombe"}, version=1, by=officer)

    assert (changed.family_name, changed.version) == ("Newcombe", 2)
    assert FormerName.objects.values_list("given_name", "family_name").get() == was
    assert AuditEvent.objects.get(kind=Kind.DETAILS_CHANGED).counts == {"fields": 1}


def test_change_details_shows_both_answers_after_a_lost_update(officer, person):
    change_details(person=person, changes={"gender": "M", "known_as": "Jo"}, version=1, by=officer)

    with pytest.raises(Conflict) as conflict:
        change_details(person=person, changes={"gender": "W", "known_as": "Jo"}, version=1, by=officer)
    change_details(person=person, changes={"gender": "M", "known_as": "Jo"}, version=1, by=officer)

    assert (conflict.value.theirs, conflict.value.yours) == ({"gender": "M"}, {"gender": "W"})


def test_change_details_changes_only_details(officer, person):
    with pytest.raises(ValueError, match="cohort_status"):
        change_details(person=person, changes={"cohort_status": "T"}, version=1, by=officer)


def test_change_details_follows_the_field_policy(person):
    lead = make_user("district_lead", person.authority)
    district = make_district(person.authority)
    make_residence(person, district=district)
    lead.memberships.update(district=district)

    change_details(person=person, changes={"known_as": "Jo"}, version=1, by=lead)
    with pytest.raises(NotPermitted, match="upn"):
        change_details(person=person, changes={"upn": "H801200001001"}, version=2, by=lead)


def test_details_of_a_restricted_record_are_out_of_reach(officer, authority):
    hidden = make_person(authority, restricted_on=date(2026, 1, 1), restricted_reason="Court order")

    with pytest.raises(NotPermitted):
        change_details(person=hidden, changes={"known_as": "Jo"}, version=1, by=officer)


def test_who_looks_after_somebody_is_kept_with_its_history(officer, person):
    """R58: another council stays the parent of a child who lives here."""
    change_details(person=person, changes={"corporate_parent_la": "802"}, version=person.version, by=officer)

    person.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT corporate_parent_la FROM tracking_youngperson_history WHERE id = %s ORDER BY history_id",
            [person.pk],
        )
        assert [row[0] for row in cursor.fetchall()] == ["", "802"]
    assert person.corporate_parent_la == "802"
