"""Whoever tampers with the trail is found out, and the command says where."""

import time

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from neet.audit.actions import note
from neet.audit.kinds import Kind
from neet.audit.models import AuditEvent, Seal
from neet.audit.queries import first_break
from neet.audit.sealing import seal_events

pytestmark = pytest.mark.django_db(transaction=True)


def happened(times: int) -> list[int]:
    return [
        note(Kind.SIGNED_IN, by=None, authority_id=1, why=f"number {number}").pk for number in range(times)
    ]


def sealed(events: list[int]) -> None:
    """Seal until these are sealed: a transaction of this database may hold the sealer back for a moment."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        seal_events()
        if set(events) <= {event_id for seal in Seal.objects.all() for event_id in seal.event_ids}:
            return
    raise AssertionError("not sealed within twenty seconds")


def tampered(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET neet.guard = 'lifted'")  # whoever owns the tables can
        cursor.execute(statement, values)
        cursor.execute("SET neet.guard = ''")


def test_what_is_finished_is_sealed_once_and_verifies(capsys):
    sealed(happened(5))
    assert seal_events() == 0
    sealed(happened(2))
    call_command("verify_audit")
    assert "whole: 7 events, 2 seals" in capsys.readouterr().out


def test_more_than_one_seal_holds_is_sealed_in_several(monkeypatch):
    monkeypatch.setattr("neet.audit.sealing.MOST", 3)
    sealed(happened(8))

    assert max(len(seal.event_ids) for seal in Seal.objects.all()) == 3
    assert sum(len(seal.event_ids) for seal in Seal.objects.all()) == 8
    assert seal_events() == 0
    assert first_break() is None


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        ("UPDATE audit_auditevent SET why = 'nothing' WHERE id = %s", "event {}"),
        ("UPDATE audit_auditevent SET user_id = 9 WHERE id = %s", "event {}"),
        ("UPDATE audit_auditevent SET at = at + interval '1 second' WHERE id = %s", "event {}"),
        ("DELETE FROM audit_auditevent WHERE id = %s", "event {}"),
    ],
)
def test_the_first_broken_event_is_named(tamper, named):
    sealed(events := happened(6))

    tampered(tamper, events[3])

    with pytest.raises(CommandError, match=named.format(events[3])):
        call_command("verify_audit")


def test_a_broken_seal_is_named():
    sealed(happened(3))
    sealed(happened(3))
    first, second = Seal.objects.order_by("id")[:2]

    tampered("DELETE FROM audit_seal WHERE id = %s", first.pk)

    assert first_break().where == f"seal {second.pk}"


def test_an_event_slipped_in_among_the_sealed_is_named():
    sealed(events := happened(3))

    tampered(
        """INSERT INTO audit_auditevent (at, kind, role, subjects, counts, why, request_id, transaction)
           SELECT at, kind, role, subjects, counts, 'forged', request_id, transaction
           FROM audit_auditevent WHERE id = %s""",
        events[0],
    )

    forged = AuditEvent.objects.get(why="forged")
    assert first_break().where == f"event {forged.pk}"


def test_what_another_transaction_still_writes_waits_for_the_next_seal():
    sealed(happened(1))
    with connected() as other:
        other.execute("SELECT pg_current_xact_id()")
        late = happened(1)
        assert seal_events() == 0, "it lies above the open transaction"

    sealed(late)


def test_a_transaction_in_another_database_holds_nothing_back():
    with connected(dbname="postgres") as other:
        other.execute("SELECT pg_current_xact_id()")
        events = happened(2)

        assert seal_events() == len(events)


def connected(**otherwise: str) -> psycopg.Connection:
    """A connection beside the test's own."""
    wanted = connection.get_connection_params()
    known = {name: wanted[name] for name in ("dbname", "user", "password", "host", "port") if name in wanted}
    return psycopg.connect(**known | otherwise)


def test_after_a_restore_into_a_younger_server_everything_is_still_sealed():
    sealed(happened(2))
    tampered("UPDATE audit_seal SET below = below + 1000000000")
    left = happened(1)
    tampered("UPDATE audit_auditevent SET transaction = transaction + 999999999 WHERE id = %s", left[0])

    sealed(left + happened(2))

    assert first_break() is None
