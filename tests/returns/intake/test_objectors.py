"""Of somebody who objects only what the law lets pass is kept on a return, from the moment it is read."""

import json
from datetime import date
from typing import Any

import pytest

from neet.audit.models import AuditEvent
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import check
from returns.intake.actions.mending import fix_cell
from returns.intake.actions.receiving import begin_with_file
from returns.intake.kinds import Kind
from returns.intake.models import Intake
from tests.factories import make_objection, make_person
from tests.returns.intake.conftest import HEADINGS, Send

pytestmark = pytest.mark.django_db

ADA = "Lark,Ada,01/05/2009,F,A886000014009,1 Mill Lane,ZZ9 9ZZ,13,07700 900001"
BRAM = "Ambler,Bram,02/06/2009,M,,2 Mill Lane,ZZ9 9ZZ,13,07700 900002"
EXTRAS = ("A886000014009", "900001")
STAYS = {"family_name", "given_name", "date_of_birth", "line_1", "postcode"}


@pytest.fixture
def ada(authority: Any) -> Any:
    born = date(2009, 5, 1)
    return make_person(
        authority, given_name="Ada", family_name="Lark", date_of_birth=born, upn="A886000014009"
    )


def received(expected: ExpectedReturn, sent: Send, *lines: str, headings: str = HEADINGS) -> Intake:
    intake = begin_with_file(expected=expected, file=sent(headings, *lines), by=None)
    return check(intake=intake, by=None)


def everything_kept(intake: Intake) -> str:
    """All that any row, problem or count of a return holds."""
    rows = [[row.sent, row.fixed, row.clean] for row in intake.rows.all()]
    problems = [[each.value, each.why, each.fix] for each in intake.problems.all()]
    return json.dumps([rows, problems, intake.counts])


def told(intake: Intake) -> list[str]:
    return list(intake.problems.filter(kind="objection_kept").values_list("why", flat=True))


def test_an_objection_on_the_register_takes_the_extras_off_when_the_file_is_read(
    expected: ExpectedReturn, sent: Send, ada: Any
) -> None:
    make_objection(ada, made_on=date(2025, 6, 1), made_by="young_person")

    intake = received(expected, sent, ADA, BRAM)

    row = intake.rows.get(number=2)
    assert row.person == ada
    assert not any(extra in everything_kept(intake) for extra in EXTRAS)
    assert set(row.sent) >= STAYS
    assert set(row.clean) >= STAYS
    assert not {"upn", "mobile", "gender"} & {*row.sent, *row.clean}
    assert "900002" in everything_kept(intake)
    assert [why.split(".")[0] for why in told(intake)] == ["They objected: 4 details were left out"]
    assert intake.counts["withheld"] == 4
    assert AuditEvent.objects.get(kind=Kind.CHECKED).counts["withheld"] == 4


def test_nothing_is_asked_of_an_objectors_school_about_what_it_must_not_send(
    expected: ExpectedReturn, sent: Send, ada: Any
) -> None:
    make_objection(ada, made_on=date(2025, 6, 1), made_by="young_person")

    intake = received(expected, sent, ADA.replace(",F,", ",?,").replace("07700 900001", "07"))

    assert intake.rows.get().person == ada
    assert set(intake.problems.exclude(row=None).values_list("kind", flat=True)) == {"objection_kept"}


@pytest.mark.parametrize(
    ("made_by", "made_on"), [("parent", date(2025, 6, 1)), ("young_person", date(2025, 4, 1))]
)
def test_an_objection_that_does_not_count_takes_nothing(
    expected: ExpectedReturn, sent: Send, ada: Any, made_by: str, made_on: date
) -> None:
    objection = make_objection(ada, made_on=made_on, made_by=made_by)
    objection.withdrawn_on = date(2025, 7, 1)
    objection.save()

    intake = received(expected, sent, ADA)

    assert all(extra in everything_kept(intake) for extra in EXTRAS)
    assert told(intake) == []
    assert intake.counts["withheld"] == 0


def test_what_a_row_itself_says_takes_them_off_what_was_sent_too(
    expected: ExpectedReturn, sent: Send
) -> None:
    intake = received(expected, sent, f"{ADA},Yes", headings=f"{HEADINGS},Objected to sharing")

    assert not any(extra in everything_kept(intake) for extra in EXTRAS)
    assert len(told(intake)) == 1


def test_it_stays_said_when_the_rows_are_looked_at_again_and_what_is_typed_in_goes_too(
    expected: ExpectedReturn, sent: Send, ada: Any, secretary: Any
) -> None:
    make_objection(ada, made_on=date(2025, 6, 1), made_by="young_person")
    intake = received(expected, sent, ADA, BRAM)
    before = told(intake)

    again = check(intake=intake, by=None)

    assert told(again) == before
    assert again.counts["withheld"] == 4
    assert again.rows.get(number=2).person == ada

    fix_cell(row=again.rows.get(number=2), column="mobile", value="07700 900009", by=secretary)

    now = Intake.objects.get(pk=intake.pk)
    assert "900009" not in everything_kept(now)
    assert now.rows.get(number=2).person == ada
    assert now.counts["withheld"] == 5
