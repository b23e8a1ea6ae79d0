"""The invented months of cases: two that are over and settled, one that runs and has something to decide."""

from datetime import date

import pytest

from caseload.allocation.models import Case, MonthRun
from caseload.seeding.actions import invent_cases
from tests.caseload.allocation.conftest import SERVICES, TODAY, YEAR_13, stand
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
    seed_reference,
)
from tracking.seeding.actions import FIRST_CODE, Invention

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(monkeypatch):
    """The demonstration's council with twelve young people who have been NEET since summer."""
    stand(monkeypatch, TODAY)
    seed_reference()
    authority = make_authority(code=FIRST_CODE)
    district = make_district(authority)
    services = {slug: make_service(authority, slug=slug, name=name) for slug, name in SERVICES.items()}
    for role, places in (
        ("tracking_officer", {}),
        ("district_lead", {"district": district}),
        ("caseworker", {"service": services["neet-support"]}),
        ("service_lead", {"service": services["send"]}),
    ):
        make_user(role, authority, **places)
    for number in range(12):
        born = YEAR_13 if number % 3 == 0 else date(2010, 3, 1 + number)
        person = make_person(authority, date_of_birth=born)
        make_residence(person, district=district)
        make_activity(person, SEEKING, date(2026, 7, 1), verified_on=date(2026, 11, 2))
    return authority


def test_two_months_are_over_and_one_runs_with_something_to_decide(council):
    invent_cases(Invention("small", 1, TODAY))

    runs = list(MonthRun.objects.order_by("month"))
    assert [run.month for run in runs] == [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)]
    assert [run.closed_at is not None for run in runs] == [True, True, False]
    assert runs[0].closed_at == runs[1].opened_at
    assert [run.stages.count() for run in runs] == [4, 5, 4]
    assert Case.objects.filter(run=runs[2], state="conflict").count() == 2
    assert not Case.objects.undecided().filter(run__in=runs[:2]).exists()


def test_other_sizes_have_no_months(council):
    invent_cases(Invention("tiny", 1, TODAY))

    assert not MonthRun.objects.exists()
