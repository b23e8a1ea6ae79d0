"""What a change of the weights or of the protocol says it would do, before it is made."""

from datetime import date

from caseload.chase import effects
from tests.factories import SEEKING, make_activity, make_contact, make_person, make_user
from tracking.reference.editing import Change, edit_row
from tracking.reference.effects import Trial, effect_of
from tracking.reference.models import ReferenceRow

FROM = date(2026, 11, 23)


def changing(town, table, key, **values):
    officer = make_user("mi_officer", town.authority)
    row = ReferenceRow.objects.get(table=table, key=key)
    said = {**row.values, **values}

    def apply():
        return edit_row(row=row, change=Change(said, FROM, why="asked for"), by=officer)

    return effect_of(Trial(table, key, said, FROM, officer, apply))


def test_a_stricter_protocol_says_how_many_would_be_late(town):
    make_activity(make_person(town.authority), SEEKING, date(2026, 11, 15))

    effect = changing(town, "contact_protocol", "neet", first_days="5")

    assert (effect.total, effect.words) == (
        1,
        "1 should have been spoken to by now; without the change it is 0.",
    )
    assert ReferenceRow.objects.get(table="contact_protocol", key="neet").values["first_days"] == "10"


def test_a_protocol_that_moves_nobody_says_so(town):
    effect = changing(town, "contact_protocol", "neet", first_days="9")

    assert effect.words == "As many as now should have been spoken to already."


def test_weights_say_how_many_others_would_be_called_first(town, monkeypatch):
    monkeypatch.setattr(effects, "FIRST", 3)
    for _ in range(3):
        town.lost(number=False)
    mother = town.lost(number=False)
    make_contact(mother, whose="other")

    same = changing(town, "chase_weights", "reach_parent", value="41")
    other = changing(town, "chase_weights", "reach_other", value="1")

    assert same.words == "The first 3 calls would be to the same young people."
    assert (other.total, other.words) == (
        1,
        "One young person would be among the first 3 to be called who are not now.",
    )


def test_without_anybody_to_call_nobody_changes_place(town):
    assert changing(town, "chase_weights", "reach_parent", value="1").words.startswith(
        "Nobody is to be called"
    )
