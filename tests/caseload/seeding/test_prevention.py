"""The invented work before anybody is NEET: there is something on every page, and in March on the agenda."""

from datetime import date
from random import Random

import pytest

from caseload.meetings.actions import types
from caseload.meetings.models import AgendaItem
from caseload.prevention.models import AtRisk, RiskPoints, SchoolFocus
from caseload.prevention.queries.looking_back import judged
from caseload.seeding.prevention import at_risk
from tests.caseload.prevention.conftest import Council, freeze, stand
from tests.factories import IN_YEAR_11, SEEKING, make_activity, make_characteristic, seed_reference
from tracking.register.models import Task

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)


def test_there_is_something_of_everything(monkeypatch):
    stand(monkeypatch, ON)
    seed_reference()
    council = Council()
    pupils = [council.pupil(date(2011, 1, 1 + number)) for number in range(28)]
    older = [council.pupil(date(2010, 1, 1 + number)) for number in range(12)]
    for person in (*pupils[:6], *older[:9]):
        make_characteristic(person)
    for person in older:
        make_activity(
            person, IN_YEAR_11, date(2025, 9, 1), ends_on=date(2026, 8, 31), establishment=council.school
        )
    older[0].activities.filter(ends_on=None).update(ends_on=date(2026, 9, 30))
    make_activity(older[0], SEEKING, date(2026, 10, 1), verified_on=ON)
    for month, status in ((date(2026, 4, 30), "COMPULSORY"), (date(2026, 10, 31), "EET")):
        freeze(council, month, dict.fromkeys(older, (status, 15 + (status == "EET"))))
    types.take_usual_types(authority=council.authority, by=council.officer)

    at_risk(Random("1"), council.authority, council.officer, ON)

    entries = AtRisk.objects.all()
    assert {each.said_by for each in entries} == {"school", "service", "officer", "points"}
    assert {each.ended for each in entries} == {"", "handed_over", "started", "moved"}
    assert RiskPoints.objects.filter(month=date(2026, 4, 30)).exists()
    assert len(judged(council.authority.pk, length=10, within=6, on=ON)) == 1
    assert SchoolFocus.objects.get().officer == council.chief
    assert {bool(each.done_at) for each in Task.objects.filter(kind="school_plan")} == {True, False}
    item = AgendaItem.objects.filter(meeting__held_on__month=3).first()
    assert "at_risk" in item.why
