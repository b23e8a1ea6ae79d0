"""Before a rule changes, a person sees whom it would touch, and nothing of the trial stays."""

from datetime import date

import pytest

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_authority, make_person, make_user
from tracking.reference.actions import load_seed
from tracking.reference.editing import Change, Refused, edit_row
from tracking.reference.effects import Trial, effect_of
from tracking.reference.models import ReferenceRow

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
FROM = date(2026, 4, 1)


@pytest.fixture(autouse=True)
def _seeded(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22")
    load_seed()


@pytest.fixture
def authority():
    return make_authority()


@pytest.fixture
def officer(authority):
    return make_user("mi_officer", authority)


def effect(table: str, key: str, values: dict[str, str], user):
    row = ReferenceRow.objects.get(table=table, key=key, valid_to=None)
    change = Change({**row.values, **values}, FROM)
    return effect_of(
        Trial(
            table,
            key,
            {**row.values, **values},
            TODAY,
            user,
            lambda: edit_row(row=row, change=change, by=user),
        )
    )


def test_shorter_currency_says_who_would_not_be_known(authority, officer):
    stale = make_person(authority, given_name="Ada", family_name="Quill")
    make_activity(stale, "310", date(2026, 1, 5), verified_on=date(2026, 1, 10))
    fresh = make_person(authority)
    make_activity(fresh, "310", date(2026, 1, 5), verified_on=date(2026, 10, 1))

    found = effect("currency_rules", "310", {"amount": "6"}, officer)

    assert [(move.becomes, move.count) for move in found.moves] == [("Not known", 1)]
    assert [one.name for one in found.sample] == ["Ada Quill"]
    assert "One young person of the 2" in found.words
    assert found.notes == (
        "One young person would keep their status, but the last day it counts would move.",
    )


def test_a_code_that_counts_otherwise_moves_whoever_has_it(authority, officer):
    make_activity(make_person(authority), "260", date(2026, 9, 1), review_on=date(2027, 1, 1))

    found = effect("activity_codes", "260", {"status": "NEET", "duty": "not meeting"}, officer)

    assert [(move.was, move.becomes, move.count) for move in found.moves] == [
        ("In education, employment or training", "NEET", 1)
    ]
    assert any("duty" in note for note in found.notes)


def test_nothing_of_the_trial_stays(authority, officer):
    before = list(ReferenceRow.objects.order_by("pk").values())

    effect("currency_rules", "310", {"amount": "6"}, officer)

    assert list(ReferenceRow.objects.order_by("pk").values()) == before
    assert not AuditEvent.objects.filter(kind="reference.rule_changed").exists()


def test_nobody_of_another_council_is_counted_or_named(authority, officer):
    make_activity(make_person(make_authority()), "310", date(2026, 1, 5), verified_on=date(2026, 1, 10))

    found = effect("currency_rules", "310", {"amount": "6"}, officer)

    assert (found.total, found.sample) == (0, ())


def test_a_restricted_record_is_counted_and_not_named(authority, officer):
    hidden = make_person(authority, restricted_on=date(2026, 1, 1), restricted_reason="Refuge")
    make_activity(hidden, "310", date(2026, 1, 5), verified_on=date(2026, 1, 10))

    found = effect("currency_rules", "310", {"amount": "6"}, officer)

    assert (found.total, found.sample) == (1, ())


def test_other_lists_say_how_many_records_use_the_code(authority, officer):
    make_person(authority, gender="W")
    make_person(authority, gender="W")

    found = effect("gender_codes", "W", {"plain_words": "Would rather not say"}, officer)

    assert found.words == "2 young people have this on record now."


def test_a_table_nobody_counts_by_says_so(officer):
    found = effect("limits", "oldest_measured", {"value": "18"}, officer)

    assert "No young person's situation" in found.words


def test_a_refused_change_is_refused_in_the_trial_too(officer):
    with pytest.raises(Refused):
        effect("activity_codes", "310", {"status": "SLEEPING"}, officer)


def test_the_trial_costs_the_same_for_one_and_for_many(authority, officer, assert_statements):
    for _ in range(5):
        make_activity(make_person(authority), "310", date(2026, 1, 5), verified_on=date(2026, 1, 10))

    with assert_statements(22):
        effect("currency_rules", "310", {"amount": "6"}, officer)
