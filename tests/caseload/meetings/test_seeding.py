"""The demonstration has a meeting that is over, one with an agenda, and something missing."""

from datetime import date
from random import Random

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.meetings.models import AgendaItem, Decision, Meeting, ProvisionGap
from caseload.seeding.meetings import met
from tests.caseload.meetings.invented import TODAY, Council
from tests.factories import make_characteristic, make_service, make_user
from tracking.models import Task

pytestmark = pytest.mark.django_db


def test_meetings_of_the_demonstration_are_over_and_to_come(council: Council) -> None:
    before = MonthRun.objects.create(authority=council.authority, month=date(2026, 10, 31))
    make_service(council.authority, slug="send")
    for number in range(4):
        case = council.case(f"Person {number}")
        make_characteristic(case.person)
        Case.objects.create(
            run=before, person=case.person, service=council.service, state="allocated", offer="caseload"
        )
    officer = make_user("tracking_officer", council.authority)

    met(Random(1), council.authority, officer, TODAY)

    over = Meeting.objects.get(closed_at__isnull=False)
    assert (over.held_on, over.items.exclude(settled_at=None).exists()) == (date(2026, 10, 26), True)
    assert Decision.objects.filter(item__meeting=over).exists()
    assert all(each.opened_at.date() == over.held_on for each in Task.objects.filter(kind="decided"))
    coming = Meeting.objects.filter(closed_at=None, agenda_at__isnull=False)
    assert {each.type.slug for each in coming} == {"district-neet", "ehcp"}
    assert AgendaItem.objects.filter(meeting__in=coming, nominated_at__isnull=False).exists()
    assert ProvisionGap.objects.filter(closed_on=None).exists()
    assert ProvisionGap.objects.exclude(closed_on=None).exists()
