"""What becomes of one establishment's answer: nothing to return, more time, not asked any more, sent."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from returns.calendar.actions.planning import Refused
from returns.calendar.actions.telling import tell
from returns.calendar.kinds import Kind
from returns.calendar.models import ExpectedReturn, Notice
from returns.calendar.queries.expected import OPEN


def declare_nil(*, expected: ExpectedReturn, by: User) -> None:
    """The establishment says it has nothing to return; reminders stop. Raises Refused."""
    with _recorded(Kind.NIL_DECLARED, expected, by):
        _change_open(expected, nil_at=clock.now(), nil_by=by)


def take_nil_back(*, expected: ExpectedReturn, by: User) -> None:
    """There is something to return after all; done twice it changes nothing."""
    with _recorded(Kind.NIL_TAKEN_BACK, expected, by):
        ExpectedReturn.objects.filter(pk=expected.pk).update(nil_at=None, nil_by=None)
    expected.refresh_from_db()


def waive(*, expected: ExpectedReturn, why: str, by: User) -> None:
    """The council does not ask this establishment any more, for a reason. Raises Refused."""
    if not why.strip():
        raise Refused("Say why it is not asked for any more.")
    with _recorded(Kind.WAIVED, expected, by, why):
        _change_open(expected, waived_on=clock.today(), waived_why=why.strip())


def ask_again(*, expected: ExpectedReturn, by: User) -> None:
    """The council asks after all; done twice it changes nothing."""
    with _recorded(Kind.ASKED_AGAIN, expected, by):
        ExpectedReturn.objects.filter(pk=expected.pk).update(waived_on=None, waived_why="")
    expected.refresh_from_db()


def extend(*, expected: ExpectedReturn, to: date, by: User) -> None:
    """Give the establishment until a later day. Raises Refused."""
    if to <= expected.collection.due_on:
        raise Refused("The new day must be after the day it is due.")
    if to < clock.today():
        raise Refused("The new day must be today or in the future.")
    with _recorded(Kind.EXTENDED, expected, by):
        _change_open(expected, extended_to=to)


def mark_sent(*, expected: ExpectedReturn, at: datetime, reference: str = "") -> None:
    """It was sent: reminders stop, and the people of the establishment get a receipt that names nobody.

    Part of the act that takes the return over.
    """
    ExpectedReturn.objects.filter(pk=expected.pk).update(sent_at=at, nil_at=None, nil_by=None)
    tell(expected=[expected], kind=Notice.Kind.RECEIPT, on=clock.today(), reference=reference)


def mark_not_sent(*, expected: ExpectedReturn) -> None:
    """It was taken back or sent back: it is asked for again. Part of the act that takes it back."""
    ExpectedReturn.objects.filter(pk=expected.pk).update(sent_at=None)


def _recorded(
    kind: Kind, expected: ExpectedReturn, by: User, why: str = ""
) -> AbstractContextManager[AuditEvent]:
    authority_id = expected.collection.authority_id
    return recorded(kind, by=by, authority_id=authority_id, counts={"expected": expected.pk}, why=why)


def _change_open(expected: ExpectedReturn, **fields: Any) -> None:
    """Change the row while nobody answered; whoever comes second at the same moment is told."""
    if not ExpectedReturn.objects.filter(OPEN, pk=expected.pk).update(**fields):
        raise Refused("This return was answered in the meantime.")
    expected.refresh_from_db()
