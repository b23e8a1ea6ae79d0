"""What somebody seeks, written down: the row and its history, the refusals, who may, and where it is found again."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_authority, make_district, make_person, make_school, make_user
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.seeking import record_seeking
from tracking.register.kinds import Kind
from tracking.register.models import Seeking
from tracking.register.queries.narrowing import Wanted
from tracking.register.queries.register import register_list
from tracking.register.refusals import Conflict, NotPermitted, NotRight
from tracking.register.statements import SeekingSaid

SAID = SeekingSaid(
    TODAY, "construction", "level_1", barriers=("transport", "housing"), agreed="Rings the college"
)


@pytest.fixture
def person(authority):
    return make_person(authority, date_of_birth=date(2009, 3, 3))


def test_what_they_seek_is_kept_with_its_history_and_an_event(officer, person):
    held = record_seeking(person=person, said=SAID, seen=None, by=officer)
    again = record_seeking(person=person, said=SAID, seen=held.version, by=officer)
    changed = replace(SAID, sector="retail", said_on=TODAY - timedelta(1))
    record_seeking(person=person, said=changed, seen=held.version, by=officer)

    row = Seeking.objects.get()
    assert (again.pk, row.sector, row.version) == (held.pk, "retail", 2)
    assert (row.barriers, row.agreed, row.agreed_on) == (["transport", "housing"], "Rings the college", TODAY)
    events = AuditEvent.objects.filter(kind=Kind.SEEKING_RECORDED, subjects=[person.pk]).order_by("pk")
    assert [each.counts for each in events] == [{}, {"repeated": 1}, {}]
    with connection.cursor() as cursor:
        cursor.execute("select sector, event_id from tracking_seeking_history order by history_id")
        assert cursor.fetchall() == [("construction", events[0].pk), ("retail", events[2].pk)]


def test_what_is_on_no_list_or_does_not_go_together_is_refused(officer, person):
    elsewhere = make_district(make_authority(code="887"))
    wrong = {
        "sector": {"sector": "falconry"},
        "level": {"level": "level_9"},
        "barriers": {"barriers": ("none", "housing")},
        "district": {"district": elsewhere},
        "said_on": {"said_on": TODAY + timedelta(1)},
    }

    for field, answer in wrong.items():
        with pytest.raises(NotRight) as refused:
            record_seeking(person=person, said=replace(SAID, **answer), seen=None, by=officer)
        assert list(refused.value.words) == [field]
    assert not Seeking.objects.exists()


def test_two_who_write_at_once_are_shown_both_answers(officer, person):
    first = record_seeking(person=person, said=SAID, seen=None, by=officer)
    record_seeking(person=person, said=replace(SAID, level="level_2"), seen=first.version, by=officer)

    with pytest.raises(Conflict):
        record_seeking(person=person, said=replace(SAID, level="entry"), seen=first.version, by=officer)


def test_a_school_neither_writes_nor_reads_it(authority, officer, person, client):
    school = make_school(name="Hill School", la_code=authority.code)
    make_activity(person, "110", date(2022, 9, 1), establishment=school)
    secretary = make_user("school_user", authority, establishment=school)
    record_seeking(person=person, said=SAID, seen=None, by=officer)

    with pytest.raises(NotPermitted):
        record_seeking(person=person, said=SAID, seen=None, by=secretary)
    assert not register_list(secretary, Wanted(seeks="construction")).exists()


def test_people_are_found_by_what_they_seek_and_what_keeps_them(authority, officer, person):
    other = make_person(authority)
    record_seeking(person=person, said=SAID, seen=None, by=officer)

    def found(**wanted):
        return set(register_list(officer, Wanted(**wanted)).values_list("pk", flat=True))

    assert found(seeks="construction") == found(barrier="housing") == {person.pk}
    assert found(seeks="retail") == found(barrier="health") == set()
    assert found(seeks="nothing") == {other.pk}
