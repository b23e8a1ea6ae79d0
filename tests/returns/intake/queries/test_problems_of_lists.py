"""What only the register shows of a list, and of a plan that a college says somebody has (R14)."""

from datetime import date

import pytest

from returns.intake.actions.checking import check
from schools.models import Authority
from tests.factories import (
    make_characteristic,
    make_college,
    make_expected,
    make_intake,
    make_list,
    make_person,
    make_row,
)

BORN = date(2005, 5, 1)


@pytest.mark.usefixtures("on_a_day_in_september")
def test_a_plan_of_somebody_over_20_is_on_the_councils_list(authority: Authority) -> None:
    """One has a plan by the register, one has none, one is too young to need one."""
    listed, other, young = (
        make_person(authority, date_of_birth=born) for born in (BORN, BORN, date(2009, 5, 1))
    )
    make_characteristic(listed, "EHCP", starts_on=date(2020, 1, 1))
    college = make_college()
    plan = {"starts_on": "2026-09-01", "has_plan": "Y", "course": "Art"}

    def asked() -> list[int]:
        intake = make_intake(make_expected(college, authority=authority), channel="file")
        for person in (listed, other, young):
            sent = {
                "young_person_id": person.young_person_id, "family_name": person.family_name,
                "given_name": person.given_name, "date_of_birth": f"{person.date_of_birth:%d/%m/%Y}",
                "starts_on": "01/09/2026", "has_plan": "Yes", "course": "Art",
            }  # fmt: skip
            make_row(intake, sent=sent, clean=plan)
        check(intake=intake, by=None)
        found = intake.problems.filter(kind="plan_not_listed").order_by("row__number")
        return list(found.values_list("row__number", flat=True))

    assert asked() == []  # nobody brought the list of plans in yet
    make_list(authority, type="plans", sender="SEN team")
    assert asked() == [3]
