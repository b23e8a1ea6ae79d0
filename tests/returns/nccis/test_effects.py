"""Before an error's priority changes, a person sees how many records it concerns."""

from datetime import date
from typing import Any

from returns.nccis.actions import Month, check_month
from tests.returns.nccis.conftest import make_faulty
from tracking.reference.editing import Change, edit_row
from tracking.reference.effects import Effect, Trial, effect_of
from tracking.reference.models import ReferenceRow

NOVEMBER = date(2026, 11, 20)


def effect(priority: str, user: Any) -> Effect:
    row = ReferenceRow.objects.get(table="error_rules", key="4", valid_to=None)
    values = {**row.values, "priority": priority}
    change = Change(values, date(2026, 4, 1))
    trial = Trial(
        "error_rules", "4", values, NOVEMBER, user, lambda: edit_row(row=row, change=change, by=user)
    )
    return effect_of(trial)


def test_it_says_how_many_records_would_stand_elsewhere_on_the_list(october: Month, officer: Any) -> None:
    make_faulty(october.authority)
    make_faulty(october.authority)
    check_month(month=october, by=officer)

    found = effect("3", officer)

    assert found.words == "2 records have this error in the latest check, of October 2026."
    assert [(move.becomes, move.count) for move in found.moves] == [("Look at: the DfE only warns", 2)]


def test_a_change_of_words_moves_nothing(october: Month, officer: Any) -> None:
    check_month(month=october, by=officer)
    now = ReferenceRow.objects.get(table="error_rules", key="4", valid_to=None).values["priority"]

    found = effect(now, officer)

    assert found.words == "No records have this error in the latest check, of October 2026."
    assert not found.moves


def test_before_the_first_check_it_says_that_nobody_knows(october: Month, officer: Any) -> None:
    assert "not known" in effect("1", officer).words
