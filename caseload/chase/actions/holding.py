"""Keeping a line for oneself while one is on the telephone, and giving it back."""

from datetime import timedelta

from django.db import connection

from caseload.chase.kinds import Kind
from caseload.chase.models import Hold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.register.actions.reach import within_reach
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted

HELD_FOR = timedelta(minutes=15)
TAKE = """
    INSERT INTO caseload_hold AS h (person_id, user_id, until) VALUES (%(person)s, %(user)s, %(until)s)
    ON CONFLICT (person_id) DO UPDATE SET user_id = excluded.user_id, until = excluded.until
    WHERE h.user_id = excluded.user_id OR h.until <= %(now)s
    RETURNING person_id
"""


class WithAColleague(Exception):
    """Somebody else has this line open."""

    words = "A colleague is calling them now"


def hold(*, person: YoungPerson, by: User) -> Hold:
    """For a quarter of an hour nobody else is given this young person; what this user held before is given back.

    Two who ask at once: one of them has it. Raises WithAColleague, NotPermitted.
    """
    now = clock.now()
    with recorded(Kind.HELD, by=by, authority_id=person.authority_id, subjects=[person.pk]):
        if not within_reach(by, Permission.CHASE).filter(pk=person.pk).exists():
            raise NotPermitted(Permission.CHASE)
        Hold.objects.filter(user=by).exclude(person=person).delete()
        until = now + HELD_FOR
        with connection.cursor() as cursor:
            cursor.execute(TAKE, {"person": person.pk, "user": by.pk, "until": until, "now": now})
            if cursor.fetchone() is None:
                raise WithAColleague
        return Hold(person=person, user=by, until=until)


def release(*, by: User) -> int:
    """Give back whatever this user holds; how many lines that was."""
    held = Hold.objects.filter(user=by)
    people = list(held.values_list("person_id", "person__authority_id"))
    if not people:
        return 0
    subjects = [person for person, _ in people]
    with recorded(Kind.RELEASED, by=by, authority_id=people[0][1], subjects=subjects):
        held.delete()
    return len(people)
