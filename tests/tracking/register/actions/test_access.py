"""Restricted records, stated reasons, emergencies."""

import pytest
from django.db import IntegrityError, transaction

from neet.audit.models import AuditEvent
from neet.messages.models import Message
from tests.factories import make_authority, make_person, make_user
from tests.tracking.register.actions.conftest import TODAY
from tracking.register.actions.access import (
    lift_restriction,
    name_no_more,
    name_user_for_restricted,
    open_in_emergency,
    open_with_reason,
    restrict_record,
)
from tracking.register.kinds import Kind
from tracking.register.models import AccessGrant, Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight


@pytest.fixture
def governance(authority):
    return make_user("governance", authority)


@pytest.fixture
def hidden(governance, person):
    open_with_reason(person=person, why="Court order came in", by=governance)
    return restrict_record(person=person, why="Court order", by=governance)


def sees(user, person):
    user.kept_scope = None
    return YoungPerson.objects.visible_to(user).filter(pk=person.pk).exists()


def test_restrict_hides_the_record_from_whoever_is_not_named(officer, governance, hidden):
    assert not sees(officer, hidden)
    assert sees(governance, hidden)

    grant = name_user_for_restricted(person=hidden, user=officer, why="Case holder", by=governance)
    assert sees(officer, hidden)

    name_no_more(grant=grant, why="Moved teams", by=governance)
    assert not sees(officer, hidden)


def test_lift_restriction_shows_it_again_to_the_role(officer, governance, hidden):
    lift_restriction(person=hidden, why="Order ended", by=governance)

    assert sees(officer, hidden)
    assert not AccessGrant.objects.filter(kind="named", until=None).exists()


def test_restricting_needs_a_reason_and_the_right(officer, governance, person):
    with pytest.raises(NotPermitted):
        restrict_record(person=person, why="x", by=officer)
    with pytest.raises(NotPermitted):
        restrict_record(person=person, why="not opened yet", by=governance)
    with pytest.raises(NotRight):
        restrict_record(person=person, why=" ", by=governance)


def test_only_colleagues_are_named(governance, hidden):
    stranger = make_user("tracking_officer", make_authority())

    with pytest.raises(NotRight, match="works for this council"):
        name_user_for_restricted(person=hidden, user=stranger, why="x", by=governance)


def test_a_manager_opens_a_record_until_tonight_with_a_reason(authority, person):
    manager = make_user("manager", authority)
    assert not sees(manager, person)

    first = open_with_reason(person=person, why="Complaint 14", by=manager)
    second = open_with_reason(person=person, why="Complaint 14", by=manager)

    assert sees(manager, person)
    assert (first, first.until) == (second, TODAY)
    assert AuditEvent.objects.filter(kind=Kind.OPENED_WITH_REASON, why="Complaint 14").count() == 2


def test_a_manager_does_not_open_restricted_or_foreign_records(authority, hidden, officer):
    manager = make_user("manager", authority)

    for person in (hidden, make_person(make_authority())):
        with pytest.raises(NotPermitted):
            open_with_reason(person=person, why="x", by=manager)
    with pytest.raises(NotPermitted):
        open_with_reason(person=hidden, why="x", by=officer)


def test_in_an_emergency_the_record_opens_and_governance_is_told(officer, governance, hidden):
    open_in_emergency(person=hidden, why="Police at the door", by=officer)
    open_in_emergency(person=hidden, why="Police at the door", by=officer)

    assert sees(officer, hidden)
    task = Task.objects.get(kind="emergency_access")
    assert (task.person, task.due_on) == (hidden, TODAY)
    assert hidden.given_name not in task.words
    told = Message.objects.get(template="emergency_opening")
    assert told.recipient_id == governance.pk
    assert str(hidden.pk) not in str(told.facts)
    assert AuditEvent.objects.filter(kind=Kind.OPENED_IN_EMERGENCY, why="Police at the door").exists()


def test_an_emergency_needs_the_right_a_reason_and_the_same_council(officer, authority, hidden):
    with pytest.raises(NotRight):
        open_in_emergency(person=hidden, why="", by=officer)
    with pytest.raises(NotPermitted):
        open_in_emergency(person=hidden, why="x", by=make_user("manager", authority))
    with pytest.raises(NotPermitted):
        open_in_emergency(person=hidden, why="x", by=make_user("tracking_officer", make_authority()))
    assert not AccessGrant.objects.filter(kind="emergency").exists()


def test_the_database_keeps_reasons(authority, officer, person):
    with pytest.raises(IntegrityError, match="access_grant_has_a_reason"), transaction.atomic():
        AccessGrant.objects.create(person=person, user=officer, kind="named", reason="")
    with pytest.raises(IntegrityError, match="person_restricted_for_a_reason"), transaction.atomic():
        make_person(authority, restricted_on=TODAY)
