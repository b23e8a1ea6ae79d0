"""Returns that can be read and are not right: what a check finds in them. All other files: views/test_hostile."""

import pytest

from neet.files.actions import store
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from tests.files.fixtures import Kept
from tests.files.hostile import returns
from tests.files.hostile.case import Case

pytestmark = pytest.mark.django_db
State = Intake.State


def received(case: Case, kept: Kept, expected: ExpectedReturn) -> Intake:
    content = kept(case).read_bytes()
    authority_id = expected.collection.authority_id
    file = store(source=[content], name=case.name, purpose="return", by=None, authority_id=authority_id)
    return check(intake=begin_with_file(expected=expected, file=file, by=None), by=None)


@pytest.mark.parametrize("case", returns.FILES.cases, ids=lambda case: case.name)
def test_what_is_not_right_is_pointed_out(case: Case, expected: ExpectedReturn, kept: Kept) -> None:
    intake = received(case, kept, expected)

    assert intake.state == State.CHECKED
    shown = {(row or 0, kind) for row, kind in intake.problems.values_list("row__number", "kind")}
    assert set(case.verdict.problems) <= shown
    clean = dict(intake.rows.values_list("number", "clean"))
    assert [(row, name, clean[row].get(name)) for row, name, _ in case.verdict.clean] == list(
        case.verdict.clean
    )
