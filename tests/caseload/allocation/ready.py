"""What the tests of months begin with."""

from datetime import timedelta

from caseload.allocation.actions import (
    open_month,
)
from tests.caseload.allocation.conftest import NOVEMBER, TODAY
from tests.factories import (
    COLLEGE,
    make_activity,
)
from tracking.register.models import Responsibility

YESTERDAY = TODAY - timedelta(days=1)


def opened(authority, by, month=NOVEMBER):
    return open_month(authority=authority, month=month, by=by)


def lead_of(person):
    return Responsibility.objects.get(person=person, kind="lead", ends_on=None)


def starts_college(person):
    person.activities.update(ends_on=YESTERDAY)
    make_activity(person, COLLEGE, TODAY, verified_on=TODAY)
