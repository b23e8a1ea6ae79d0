"""Every hostile and awkward file goes the whole way of a return: plain words or rows, and a register nobody touched."""

from typing import Any

import pytest

from neet.files.actions import store
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import check
from returns.intake.actions.receiving import begin_with_file
from returns.intake.models import Intake
from tests.factories import make_person
from tests.files.fixtures import Kept
from tests.files.hostile import returns
from tests.files.hostile.case import Case
from tests.files.make_hostile import CASES
from tracking.state.queries import digests

pytestmark = pytest.mark.django_db
State = Intake.State


def received(case: Case, kept: Kept, expected: ExpectedReturn) -> Intake:
    content = kept(case).read_bytes()
    authority_id = expected.collection.authority_id
    file = store(source=[content], name=case.name, purpose="return", by=None, authority_id=authority_id)
    return check(intake=begin_with_file(expected=expected, file=file, by=None), by=None)


def what_is_wrong(case: Case, intake: Intake) -> Any:
    """How the return differs from the verdict on its file; nothing where it does not."""
    if case.verdict.refused:
        is_said = any(words in intake.refusal for words in case.verdict.refused)
        is_right = intake.state == State.REFUSED and is_said and not intake.rows.exists()
    else:
        is_right = intake.state in (State.CHECKED, State.UPLOADED)
    return None if is_right else (intake.state, intake.refusal, intake.columns)


def test_a_return_takes_what_can_be_read_and_says_plainly_what_cannot(
    expected: ExpectedReturn, kept: Kept
) -> None:
    make_person(expected.collection.authority, given_name="Ada", family_name="Lark")
    before = digests()

    wrong = {case.name: what_is_wrong(case, received(case, kept, expected)) for case in CASES}

    assert not {name: what for name, what in wrong.items() if what}
    assert digests() == before


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
