"""What a school says on a Potential NEET return goes onto the at-risk list and off it again."""

from datetime import date
from typing import Any

import pytest

from caseload.prevention.actions.entering import enter
from caseload.prevention.models import AtRisk, RiskFact, SaidByReturn
from caseload.prevention.statements import RiskTold
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.taking_back import withdraw
from tests.factories import (
    make_authority,
    make_collection,
    make_expected,
    make_objection,
    make_person,
    make_school,
    make_service,
    make_user,
    seed_reference,
)
from tests.returns.intake.ready import sent
from tracking.models import YoungPerson

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> ExpectedReturn:
    monkeypatch.setenv("DJANGO_NOW", "2026-11-16T10:00")
    seed_reference()
    authority = make_authority(code="886", database_id="886")
    collection = make_collection(authority, type="potential_neet", as_at=date(2026, 11, 2))
    return make_expected(make_school(name="Hill School"), collection)


def pupil(asked: ExpectedReturn, **fields: Any) -> YoungPerson:
    return make_person(asked.collection.authority, **{"date_of_birth": date(2011, 2, 3), **fields})


def facts() -> set[tuple[int, str]]:
    return set(RiskFact.objects.values_list("person_id", "factor"))


def test_the_school_its_reasons_and_the_day_are_kept(asked: ExpectedReturn) -> None:
    ada = pupil(asked)
    said = {"reasons": "attendance_90;no_plan_after", "concern": "Rarely in.", "planned": "A job"}

    sent(asked, (ada, said), (None, {"date_of_birth": "2011-03-04", "concern": "New here"}))

    entry = ada.at_risk.get()
    assert (entry.said_by, entry.establishment, entry.starts_on) == (
        "school",
        asked.establishment,
        date(2026, 11, 16),
    )
    assert (entry.reasons, entry.words) == (["attendance_90", "no_plan_after"], "Rarely in. Plan: A job")
    assert facts() == {(ada.pk, "attendance_90"), (ada.pk, "no_plan_after")}
    assert AtRisk.objects.exclude(person=ada).get().words == "New here"


def test_taken_back_the_list_is_as_before(asked: ExpectedReturn) -> None:
    authority = asked.collection.authority
    officer = make_user("caseworker", authority, service=make_service(authority))
    ada, bram, cleo = (pupil(asked) for _ in range(3))
    lead = make_user("tracking_officer", authority)
    enter(person=bram, told=RiskTold("officer", ("excluded",)), by=lead)
    before = list(AtRisk.objects.values()), facts()
    intake = sent(
        asked,
        (ada, {"reasons": "free_meals"}),
        (bram, {"reasons": "excluded;free_meals", "concern": "Fights"}),
        (cleo, {"reasons": "free_meals"}),
    )
    assert bram.at_risk.get().reasons == ["excluded", "free_meals"]
    cleo.at_risk.update(worker=officer)

    withdraw(intake=intake, by=None)

    after = [each for each in AtRisk.objects.values() if each["person_id"] != cleo.pk]
    assert (after, facts()) == before
    assert cleo.at_risk.exists()
    assert not SaidByReturn.objects.exists()


def test_an_objectors_reasons_are_not_kept(asked: ExpectedReturn) -> None:
    ada = pupil(asked)
    make_objection(ada)

    sent(asked, (ada, {"reasons": "free_meals", "concern": "Rarely in"}))

    assert (ada.at_risk.get().reasons, ada.at_risk.get().words, facts()) == ([], "", set())
