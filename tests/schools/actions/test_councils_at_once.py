"""The same council begun by several at once begins once, and the others read why."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from neet.audit.models import AuditEvent
from schools.actions.councils import Beginning, begin_council
from schools.actions.people import Refused
from schools.kinds import Kind
from schools.models import Authority, Invitation
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 12


def test_of_many_at_once_one_begins_and_the_others_are_told():
    admin = make_user("system_admin")

    def begin(number: int) -> str:
        ira = Beginning("886", "Kent", "886", "Ira Lund", f"ira{number}@council.example")
        try:
            return begin_council(beginning=ira, by=admin).email
        except Refused as why:
            return str(why)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=6) as desks:
        said = list(desks.map(begin, range(TIMES)))

    assert Authority.objects.get().code == "886"
    assert Invitation.objects.get().email in said
    assert said.count("Kent (886) is here already.") == TIMES - 1
    assert AuditEvent.objects.filter(kind=Kind.COUNCIL_BEGUN).count() == 1
