"""The trail lies in divisions by the number of its events, and is one trail for whoever writes, reads or tampers."""

import pytest
from django.db import DatabaseError, connection

from neet.audit.actions import note, recorded
from neet.audit.divided import DIVIDE, EACH, ROOM, UNDIVIDE, make_room
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent
from neet.audit.sql import append_only

pytestmark = pytest.mark.django_db
GUARDED = append_only("audit_auditevent").sql
DIVISIONS = """
    select inhrelid::regclass::text from pg_inherits where inhparent = 'audit_auditevent'::regclass order by 1
"""
LIES_IN = "select tableoid::regclass::text from audit_auditevent where id = %s"
SHAPE = """
    select indexdef from pg_indexes where tablename = 'audit_auditevent'
    union all select column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
        || ' ' || is_identity from information_schema.columns where table_name = 'audit_auditevent'
    union all select tgname::text || ' ' || tgenabled::text from pg_trigger
        where tgrelid = 'audit_auditevent'::regclass and tgname like '%_no_change'
    union all select privilege_type from information_schema.table_privileges
        where table_name = 'audit_auditevent' and grantee = 'neet_app'
    order by 1
"""


def asked(statement: str, *values: object) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return [row[0] for row in cursor.fetchall()]


def done(*statements: str) -> None:
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


def goes_on_at(number: int) -> None:
    done(f"alter sequence audit_auditevent_id_seq restart with {number}")


def happened() -> int:
    return note(Kind.SIGNED_IN, by=None).pk


def test_a_short_trail_is_one_division_and_asks_for_no_more():
    goes_on_at(EACH // 2)

    assert make_room() == 0
    assert asked(DIVISIONS) == ["audit_auditevent_0"]


def test_room_is_made_before_half_a_division_is_left():
    goes_on_at(EACH // 2 + 1)

    assert make_room() == 1
    assert make_room() == 0
    assert asked(DIVISIONS) == ["audit_auditevent_0", "audit_auditevent_1"]


def test_a_trail_far_ahead_gets_all_the_room_it_needs():
    goes_on_at(3 * EACH)

    assert make_room() == 3
    event = happened()

    assert asked(LIES_IN, event) == ["audit_auditevent_3"]


def test_events_on_both_sides_of_an_edge_are_one_trail_in_order():
    goes_on_at(EACH - 1)
    make_room()

    events = [happened() for _ in range(3)]

    assert events == [EACH - 1, EACH, EACH + 1]
    assert [asked(LIES_IN, each)[0][-1] for each in events] == ["0", "1", "1"]
    assert list(AuditEvent.objects.filter(pk__in=events).values_list("pk", flat=True)) == events


def test_the_application_asks_for_room_and_works_on_no_division_itself():
    goes_on_at(EACH)
    with connection.cursor() as cursor:
        cursor.execute("set local role neet_app")
    assert make_room() == 1
    with recorded(Kind.ACCOUNT_CREATED, by=None) as event:
        pass
    assert asked(LIES_IN, event.pk) == ["audit_auditevent_1"]

    with pytest.raises(DatabaseError, match="permission denied"):
        done("delete from audit_auditevent_1")


@pytest.mark.parametrize("division", ["audit_auditevent_0", "audit_auditevent_1"])
@pytest.mark.parametrize("tamper", ["update {} set why = 'nothing'", "delete from {}"])
def test_not_even_the_owner_alters_a_division_by_accident(division, tamper):
    goes_on_at(EACH)
    make_room()

    with pytest.raises(DatabaseError, match="only ever added to"):
        done(tamper.format(division))


def test_nobody_empties_a_division_that_was_made_meanwhile():
    goes_on_at(EACH)
    make_room()

    with pytest.raises(DatabaseError, match="only ever added to"):
        done("truncate audit_auditevent_1")


def test_the_trail_is_put_together_and_divided_again_with_every_event_and_guard():
    goes_on_at(EACH + 5)
    make_room()
    happened()
    before, shape = list(AuditEvent.objects.values()), asked(SHAPE)

    done(UNDIVIDE, GUARDED)
    assert asked(DIVISIONS) == []
    assert list(AuditEvent.objects.values()) == before
    assert asked(SHAPE) != []
    further = happened()

    done(DIVIDE, GUARDED, ROOM)
    assert further == EACH + 6
    assert happened() == EACH + 7
    assert asked(DIVISIONS) == ["audit_auditevent_1"]
    assert list(AuditEvent.objects.values())[: len(before)] == before
    assert asked(SHAPE) == shape
