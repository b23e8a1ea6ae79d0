"""A file from arrival to compared rows."""

from datetime import date
from typing import Any

import pytest

from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from schools.models import Establishment
from tests.factories import make_activity, make_person, make_residence
from tests.returns.intake.conftest import HEADINGS, Send

pytestmark = pytest.mark.django_db

ADA = "Lark,Ada,01/05/2009,F,,1 Mill Lane,ZZ9 9ZZ,13,07700 900001"
BRAM = "Ambler,Bram,02/06/2009,M,,2 Mill Lane,ZZ9 9ZZ,13,07700 900002"


def received(expected: ExpectedReturn, sent: Send, *lines: str, by: Any = None) -> Intake:
    file = sent(HEADINGS, *lines)
    return check(intake=begin_with_file(expected=expected, file=file, by=by), by=by)


def test_rows_are_told_apart_by_what_the_register_knows(
    expected: ExpectedReturn, sent: Send, school: Establishment, authority: Any
) -> None:
    ada = make_person(authority, given_name="Ada", family_name="Lark", date_of_birth=date(2009, 5, 1))
    make_activity(ada, "210", date(2025, 9, 1), establishment=school)
    bram = make_person(authority, given_name="Bram", family_name="Ambler", date_of_birth=date(2009, 6, 2))
    make_residence(bram, line_1="2 Mill Lane", postcode="ZZ9 9ZZ")
    gil = make_person(authority, given_name="Gil", family_name="Brook", date_of_birth=date(2009, 7, 3))
    make_activity(gil, "210", date(2025, 9, 1), establishment=school)

    intake = received(expected, sent, ADA, BRAM, ADA.replace("Ada", "Zoe").replace("01/05", "09/09"))

    assert intake.state == Intake.State.CHECKED, intake.refusal
    outcomes = dict(intake.rows.values_list("number", "outcome"))
    assert outcomes == {2: "continuing", 3: "new_here", 4: "new_person"}
    assert [missing.person for missing in intake.missing.all()] == [gil]
    assert (intake.counts["rows"], intake.counts["missing"]) == (3, 1)
