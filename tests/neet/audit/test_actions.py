"""What is done and its record stand or fall together."""

import pytest
from django.db import DatabaseError, connection, transaction

from neet.audit.actions import note_read, recorded, refused
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from tests.neet.accounts.factories import make_user

pytestmark = pytest.mark.django_db


def stamp() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('neet.audit_event', true), '')")
        return cursor.fetchone()[0]


def test_recorded_writes_one_event_and_shows_its_id_to_the_triggers():
    user = make_user()

    with recorded(
        Kind.ACCOUNT_CREATED, by=user, authority_id=886, subjects=[7], why="asked by telephone"
    ) as event:
        inside = stamp()
        event.counts["accounts"] = 1

    kept = AuditEvent.objects.get()
    assert inside == str(kept.pk)
    assert (kept.kind, kept.user_id, kept.authority_id) == ("accounts.account_created", user.pk, 886)
    assert (kept.subjects, kept.counts, kept.why) == ([7], {"accounts": 1}, "asked by telephone")
    assert stamp() == ""


def test_recorded_writes_nothing_when_the_work_fails():
    with pytest.raises(ValueError, match="no"), recorded(Kind.ACCOUNT_CREATED, by=None):
        make_user(email="half@example.org")
        raise ValueError("no")

    assert not AuditEvent.objects.exists()
    assert stamp() == ""


def test_recorded_within_recorded_gives_the_outer_event_back_to_the_triggers():
    with recorded(Kind.ACCOUNT_CREATED, by=None) as outer:
        with recorded(Kind.SECOND_FACTOR_ADDED, by=None):
            pass
        assert stamp() == str(outer.pk)

    assert AuditEvent.objects.count() == 2


def test_note_read_keeps_the_ids_of_a_list_in_one_event():
    note_read("register.list_read", by=make_user(), authority_id=1, subjects=range(50))

    event = AuditEvent.objects.get()
    assert len(event.subjects) == 50
    assert event.words == "List read"


def test_refused_survives_the_rollback_of_the_refused_work():
    user = make_user()

    with pytest.raises(PermissionError), transaction.atomic():
        raise PermissionError
    refused(by=user, why="people/<ref>/")

    assert AuditEvent.objects.get().kind == Kind.ACCESS_REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET why = 'nothing'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
        "UPDATE audit_seal SET below = 0",
        "DELETE FROM audit_seal",
        "TRUNCATE audit_seal",
    ],
)
def test_the_application_cannot_alter_the_trail(statement):
    refused(by=None)

    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE neet_app")
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET why = 'nothing'", "DELETE FROM audit_auditevent"]
)
def test_not_even_the_owner_alters_the_trail_by_accident(statement):
    refused(by=None)

    with pytest.raises(DatabaseError, match="only ever added to"), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_application_can_add_to_the_trail():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE neet_app")
    with recorded(Kind.ACCOUNT_CREATED, by=None):
        pass

    assert AuditEvent.objects.count() == 1
