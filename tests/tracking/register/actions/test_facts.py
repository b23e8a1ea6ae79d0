"""Addresses, contacts, characteristics, the guarantee and the cohort status."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from neet.audit.models import AuditEvent
from tests.factories import (
    make_authority,
    make_characteristic,
    make_contact,
    make_district,
    make_person,
    make_residence,
    make_task,
    make_user,
)
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.cohort import set_cohort_status
from tracking.register.actions.contact import (
    correct_address,
    end_contact_point,
    move_address,
    record_contact_point,
    stop_using,
)
from tracking.register.actions.facts import end_characteristic, record_characteristic, set_guarantee
from tracking.register.fields import reads
from tracking.register.kinds import Kind
from tracking.register.models import ContactPoint, Guarantee, Residence
from tracking.register.refusals import Conflict, NotPermitted, NotRight
from tracking.register.statements import Address, Offer, Reach, Standing

NEW_HOME = Address(line_1="7 Weir Row", town="Ambleford", postcode="ZZ1 1ZZ", starts_on=date(2026, 11, 1))


def test_move_address_ends_the_one_before(officer, person):
    before = make_residence(person)

    after = move_address(person=person, address=NEW_HOME, seen_id=before.pk, by=officer)
    again = move_address(person=person, address=NEW_HOME, seen_id=before.pk, by=officer)

    before.refresh_from_db()
    assert before.ends_on == date(2026, 10, 31)
    assert after == again
    assert Residence.objects.count() == 2
    assert AuditEvent.objects.filter(kind=Kind.ADDRESS_CHANGED, subjects=[person.pk]).exists()


def test_move_address_shows_the_address_a_colleague_entered(officer, person):
    make_residence(person, line_1="1 Old Road")

    with pytest.raises(Conflict) as conflict:
        move_address(person=person, address=NEW_HOME, seen_id=None, by=officer)

    assert conflict.value.theirs["line_1"] == "1 Old Road"
    assert conflict.value.yours["line_1"] == "7 Weir Row"


def test_move_address_must_be_after_the_present_one_began(officer, person):
    before = make_residence(person, starts_on=date(2026, 11, 1))

    with pytest.raises(NotRight, match="after"):
        move_address(person=person, address=NEW_HOME, seen_id=before.pk, by=officer)


def test_correct_address_is_the_same_row(officer, person):
    before = make_residence(person)

    corrected = correct_address(person=person, address=NEW_HOME, seen_id=before.pk, by=officer)

    assert (corrected.pk, corrected.line_1) == (before.pk, "7 Weir Row")
    with pytest.raises(Conflict):
        correct_address(person=person, address=NEW_HOME, seen_id=before.pk + 1, by=officer)


def test_the_database_refuses_two_current_addresses(person):
    make_residence(person)

    with pytest.raises(IntegrityError, match="residence_one_current"), transaction.atomic():
        make_residence(person)


def test_contact_points_are_recorded_once_ended_and_stopped(officer, person):
    reach = Reach(kind="mobile", value="07700 900123", whose="young_person")
    first = record_contact_point(person=person, reach=reach, by=officer)
    assert record_contact_point(person=person, reach=reach, by=officer) == first

    stop_using(point=first, by=officer)
    end_contact_point(point=first, by=officer)

    first.refresh_from_db()
    assert (first.do_not_use, first.ends_on) == (True, TODAY)
    assert ContactPoint.objects.count() == 1


def test_contact_points_of_foreign_people_are_out_of_reach(person):
    stranger = make_user("tracking_officer", make_authority())
    point = make_contact(person)

    for act in (end_contact_point, stop_using):
        with pytest.raises(NotPermitted):
            act(point=point, by=stranger)


@pytest.mark.parametrize(("first", "second"), [("EHCP", "SENS"), ("SENS", "EHCP")])
def test_a_plan_and_support_exclude_each_other(officer, person, first, second):
    held = record_characteristic(person=person, code=first, starts_on=date(2025, 9, 1), source="", by=officer)
    with pytest.raises(NotRight, match="306"):
        record_characteristic(person=person, code=second, starts_on=date(2026, 9, 1), source="", by=officer)

    end_characteristic(characteristic=held, on=date(2026, 8, 31), by=officer)
    record_characteristic(person=person, code=second, starts_on=date(2026, 9, 1), source="", by=officer)

    assert set(person.characteristics.filter(ends_on=None).values_list("code", flat=True)) == {second}


def test_characteristics_agree_with_the_list_and_the_gender(officer, person):
    person.gender = "M"
    person.save()

    with pytest.raises(NotRight, match="260"):
        record_characteristic(person=person, code="180", starts_on=None, source="", by=officer)
    with pytest.raises((NotRight, NotPermitted)):
        record_characteristic(person=person, code="999", starts_on=None, source="", by=officer)


def test_a_sensitive_characteristic_needs_a_role_that_changes_it(person):
    district = make_district(person.authority)
    make_residence(person, district=district)
    lead = make_user("district_lead", person.authority, district=district)

    record_characteristic(person=person, code="EHCP", starts_on=None, source="", by=lead)
    with pytest.raises(NotPermitted):
        record_characteristic(person=person, code="210", starts_on=None, source="", by=lead)


def test_a_characteristic_holds_once_at_a_time(officer, person):
    first = record_characteristic(person=person, code="140", starts_on=None, source="", by=officer)

    assert record_characteristic(person=person, code="140", starts_on=TODAY, source="", by=officer) == first
    with pytest.raises(IntegrityError, match="characteristic_once"), transaction.atomic():
        make_characteristic(person, "140")
    with pytest.raises(IntegrityError, match="characteristic_ends"), transaction.atomic():
        make_characteristic(person, "110", ends_on=date(2021, 1, 1))


def test_guarantee_is_set_for_the_year_group_and_seen_before_it_is_replaced(officer, person):
    offer = Offer(year_group=11, status="110", status_on=date(2026, 6, 1), la_code="886")
    set_guarantee(person=person, offer=offer, was="", by=officer)
    set_guarantee(person=person, offer=offer, was="", by=officer)

    with pytest.raises(Conflict):
        set_guarantee(person=person, offer=Offer(11, "140", TODAY), was="", by=officer)
    with pytest.raises(NotRight, match="Year 11"):
        set_guarantee(person=person, offer=Offer(11, "114", TODAY), was="110", by=officer)
    with pytest.raises(IntegrityError, match="guarantee_once"), transaction.atomic():
        Guarantee.objects.create(person=person, year_group=11)


# --- cohort status -----------------------------------------------------------------------------------


def test_a_transfer_names_the_other_council_and_nothing_else_names_one(officer, person):
    with pytest.raises(NotRight, match="other council"):
        set_cohort_status(person=person, standing=Standing("T", TODAY), version=1, by=officer)
    with pytest.raises(NotRight, match="other council"):
        set_cohort_status(person=person, standing=Standing("T", TODAY, "004"), version=1, by=officer)
    with pytest.raises(NotRight, match="only"):
        set_cohort_status(person=person, standing=Standing("A", TODAY, "886"), version=1, by=officer)

    moved = set_cohort_status(person=person, standing=Standing("T", TODAY, "886"), version=1, by=officer)

    assert (moved.cohort_status, moved.cohort_status_on, moved.transferred_to_la) == ("T", TODAY, "886")


@pytest.mark.parametrize(("to_la", "is_right"), [("", True), ("001", True), ("886", False)])
def test_leaving_england_may_name_a_country(officer, person, to_la, is_right):
    standing = Standing("E", TODAY, to_la)
    if is_right:
        assert set_cohort_status(person=person, standing=standing, version=1, by=officer).cohort_status == "E"
    else:
        with pytest.raises(NotRight):
            set_cohort_status(person=person, standing=standing, version=1, by=officer)


def test_after_a_death_nobody_is_contacted(officer, person):
    point, task = make_contact(person), make_task(person)

    set_cohort_status(person=person, standing=Standing("D", TODAY), version=1, by=officer)

    point.refresh_from_db()
    task.refresh_from_db()
    assert point.do_not_use
    assert task.outcome == "Closed: died"


def test_cohort_status_is_not_merged_here_nor_ahead_nor_by_those_without_the_right(officer, person):
    with pytest.raises(NotRight):
        set_cohort_status(person=person, standing=Standing("M", TODAY), version=1, by=officer)
    with pytest.raises(NotRight):
        set_cohort_status(
            person=person, standing=Standing("A", TODAY + timedelta(days=1)), version=1, by=officer
        )
    with pytest.raises(Conflict):
        set_cohort_status(person=person, standing=Standing("A", TODAY), version=9, by=officer)
    other = make_user("governance", person.authority)
    with pytest.raises(NotPermitted):
        set_cohort_status(person=person, standing=Standing("A", TODAY), version=1, by=other)


def test_an_unaccompanied_asylum_seeking_child_is_recorded_beside_the_codes_of_the_dfe(officer, person):
    held = record_characteristic(
        person=person, code="UASC", starts_on=date(2026, 5, 1), source="Virtual school", by=officer
    )

    assert held.code == "UASC"
    with pytest.raises(NotPermitted):
        record_characteristic(person=person, code="XXXX", starts_on=None, source="", by=officer)


def test_a_district_lead_neither_records_nor_reads_who_is_unaccompanied(authority):
    district = make_district(authority)
    person = make_person(authority)
    make_residence(person, district=district)
    lead = make_user("district_lead", authority, district=district)

    with pytest.raises(NotPermitted):
        record_characteristic(person=person, code="UASC", starts_on=None, source="", by=lead)
    assert not reads(["district_lead"], "youngperson.corporate_parent_la")
