"""Tables that lead to a young person, by reflection."""

from tracking.register.people_tables import direct, hanging


def test_direct_columns_name_the_young_person() -> None:
    found = {(each.model, each.field): each for each in direct()}

    assert found[("tracking.Activity", "person")].has_constraint
    assert not found[("tracking.MonthRecord", "person")].has_constraint
    assert found[("tracking.Situation", "person")].is_unique
    assert found[("returns.IntakeRow", "person")].is_nullable
    assert all(each.is_direct and each.path == each.field for each in found.values())


def test_hanging_columns_are_found_however_far_away() -> None:
    found = {(each.model, each.field): each for each in hanging()}

    assert found[("tracking.Confirmation", "activity")].path == "activity__person"
    assert not found[("tracking.Confirmation", "activity")].has_constraint
    assert found[("caseload.Review", "case")].path == "case__person"
    assert found[("caseload.Decision", "item")].on == "caseload.AgendaItem"
    assert ("tracking.Confirmation", "voids") in found
    assert not any(each.is_direct for each in found.values())
