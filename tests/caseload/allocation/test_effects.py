"""What a change of the rules says it would do, before it is made."""

from datetime import date

import pytest

from tests.factories import make_user
from tracking.reference.editing import Change, add_row, edit_row
from tracking.reference.effects import Trial, effect_of
from tracking.reference.models import ReferenceRow

FROM = date(2026, 11, 20)


@pytest.fixture
def officer(authority):
    return make_user("mi_officer", authority)


def changing(table, key, officer, **values):
    row = ReferenceRow.objects.get(table=table, key=key)
    said = {**row.values, **values}

    def apply():
        return edit_row(row=row, change=Change(said, FROM, why="asked for"), by=officer)

    return effect_of(Trial(table, key, said, FROM, officer, apply))


def test_who_would_move_is_counted_by_service_and_named(officer, services, neet):
    moves, stays = neet("170"), neet()

    effect = changing("allocation_rules", "court_order", officer, service="send")

    assert [(each.was, each.becomes, each.count) for each in effect.moves] == [("Youth justice", "SEND", 1)]
    assert [each.name for each in effect.sample] == [moves.full_name]
    assert effect.sample_ids == (moves.pk,)
    assert effect.words == (
        "One young person of the 2 who are NEET now would move when the month is next allocated."
    )
    assert stays.pk not in effect.sample_ids
    assert (
        ReferenceRow.objects.get(table="allocation_rules", key="court_order").values["service"]
        == "youth-justice"
    )


def test_examples_that_would_come_out_otherwise_are_told(officer, services, neet):
    effect = changing("allocation_rules", "court_order", officer, service="send")

    assert effect.notes[0] == (
        "An example would come out otherwise: “Year 12, court order” should be: Youth justice. It would be: SEND."
    )
    assert len(effect.notes) == 2  # and the one of March
    assert effect.words == "Nobody is NEET at your council now, so nobody would move."


def test_a_change_of_support_says_whose(officer, services, neet):
    neet("170", born=date(2009, 3, 3))

    effect = changing("offer_rules", "year_13_group", officer, last_month="10")

    assert [(each.was, each.becomes, each.count) for each in effect.moves] == [
        ("Case-loaded", "Messages only", 1)
    ]
    assert any(
        ("29 February" not in note and "28" not in note) or "caseload" in note for note in effect.notes
    )
    assert len(effect.notes) == 2


def test_a_rule_of_a_councils_own_moves_its_own(officer, authority, services, neet):
    neet()
    row = ReferenceRow.objects.get(table="allocation_rules", key="mainstream")
    said = {**row.values, "code": "ours", "authority": authority.code, "order": "1", "service": "open-access"}

    effect = effect_of(
        Trial("allocation_rules", "ours", said, FROM, officer,
              lambda: add_row(table="allocation_rules", change=Change(said, FROM, why="ours"), by=officer))
    )  # fmt: skip

    assert [(each.was, each.becomes) for each in effect.moves] == [("NEET support", "Youth hubs")]


def test_an_example_says_whether_it_comes_out(officer):
    right = changing("allocation_examples", "in_care", officer, plain_words="In care, Year 12")
    wrong = changing("allocation_examples", "in_care", officer, service="send")

    assert right.words == "Nobody moves, and every example comes out as it says."
    assert [note.partition("” ")[2] for note in wrong.notes] == [
        "should be: send. It would be: virtual-school."
    ]
