"""The dated tables by hand: rows close and open, past years keep theirs, everything is on record."""

from datetime import date

import pytest
from django.db import connection

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_authority, make_person, make_user
from tracking.reference import reading
from tracking.reference.actions import load_seed
from tracking.reference.editing import (
    Change,
    Refused,
    add_row,
    close_row,
    confirm_rows,
    derive_for_rules_of,
    derive_situations_of,
    edit_row,
    look_through,
)
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.reference.tables import TABLES

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 4, 1)


@pytest.fixture(autouse=True)
def _seeded(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22")
    load_seed()


def row(table: str, key: str) -> ReferenceRow:
    return ReferenceRow.objects.get(table=table, key=key, valid_to=None)


def test_edit_row_closes_the_old_row_and_opens_a_new_one():
    old = row("currency_rules", "310")

    changed = edit_row(row=old, change=Change({**old.values, "amount": "6"}, NEXT_YEAR), by=make_user())

    old.refresh_from_db()
    assert (old.valid_to, changed.row.valid_from, changed.row.valid_to) == (
        date(2027, 3, 31),
        NEXT_YEAR,
        None,
    )
    assert ruleset(date(2027, 3, 31)).currency["310"].amount == 12
    assert ruleset(NEXT_YEAR).currency["310"].amount == 6
    assert changed.codes == {"310"}


def test_edit_row_keeps_the_code_whatever_is_typed():
    old = row("activity_codes", "310")

    changed = edit_row(row=old, change=Change({**old.values, "code": "999"}, NEXT_YEAR), by=None)

    assert changed.row.values["code"] == "310"


def test_edit_row_puts_words_right_where_they_stand():
    old = row("activity_codes", "310")

    edit_row(
        row=old, change=Change({**old.values, "plain_words": "On an apprenticeship"}, old.valid_from), by=None
    )

    assert ruleset(date(2026, 4, 1)).activities["310"].plain_words == "On an apprenticeship"
    assert ReferenceRow.objects.filter(table="activity_codes", key="310").count() == 1


def test_edit_row_refuses_to_rewrite_what_figures_were_made_with():
    old = row("activity_codes", "310")

    with pytest.raises(Refused, match="later day"):
        edit_row(row=old, change=Change({**old.values, "status": "NEET"}, old.valid_from), by=None)

    assert row("activity_codes", "310").values["status"] == "EET"


@pytest.mark.parametrize("values", [{"status": "SLEEPING"}, {"counts_in_education_and_training": "perhaps"}])
def test_edit_row_refuses_what_the_rules_cannot_read(values):
    old = row("activity_codes", "310")

    with pytest.raises(Refused, match="could not be read"):
        edit_row(row=old, change=Change({**old.values, **values}, NEXT_YEAR), by=None)

    assert row("activity_codes", "310").valid_from == old.valid_from


def test_add_row_refuses_a_second_row_for_the_same_days():
    with pytest.raises(Refused, match="already holds"):
        add_row(
            table="gender_codes", change=Change(dict(row("gender_codes", "F").values), NEXT_YEAR), by=None
        )


def test_add_row_opens_a_new_code():
    values = {"code": "X", "label": "Another", "plain_words": "Another"}

    add_row(table="gender_codes", change=Change(values, NEXT_YEAR), by=None)

    assert "X" in ruleset(NEXT_YEAR).genders
    assert "X" not in ruleset(date(2027, 3, 31)).genders


def test_close_row_ends_it_and_refuses_an_end_before_its_start():
    found = row("gender_codes", "W")

    with pytest.raises(Refused, match="on or after"):
        close_row(row=found, last_on=date(2010, 1, 1), by=None)
    close_row(row=found, last_on=date(2027, 3, 31), by=None)

    assert "W" not in ruleset(NEXT_YEAR).genders


def test_confirm_rows_makes_them_sure_for_that_year_and_no_later():
    found = row("gender_codes", "F")

    confirm_rows(rows=[found], year=2026, by=make_user())

    found.refresh_from_db()
    assert reading.sure_of(found, 2026).words == "Confirmed"
    assert reading.sure_of(found, 2027).words == "Carried over"


def test_every_change_is_on_record_with_who_and_what(nothing_loaded):
    load_seed()
    user = make_user()
    old = row("currency_rules", "310")

    edit_row(row=old, change=Change({**old.values, "amount": "6"}, NEXT_YEAR, why="page 72"), by=user)

    event = AuditEvent.objects.get(kind="reference.rule_changed")
    assert (event.user_id, event.why) == (user.pk, "currency_rules 310: page 72")
    versions = reading.versions(TABLES["currency_rules"], "310")
    assert [(each.by, each.did) for each in versions] == [
        (user.name, "Changed"), (user.name, "Changed"), ("The system", "Came with the system"),
    ]  # fmt: skip


def test_the_seed_never_touches_what_a_person_changed():
    old = row("activity_codes", "310")
    edit_row(
        row=old,
        change=Change({**old.values, "plain_words": "On an apprenticeship"}, old.valid_from),
        by=make_user(),
    )

    report = load_seed()

    assert [(kept.table, kept.key) for kept in report.kept] == [("activity_codes", "310")]
    assert row("activity_codes", "310").values["plain_words"] == "On an apprenticeship"


def test_look_through_is_said_once_a_year_and_may_be_renewed():
    look_through(year=2026, by=make_user(), remark="Pages 60 to 75 are missing here")
    look_through(year=2026, by=make_user(name="Bo Later"))

    assert reading.looked_through(2026).looked_through_by.name == "Bo Later"


def situation_of(person) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute("SELECT code, lapses_on FROM tracking_situation WHERE person_id = %s", [person.pk])
        return cursor.fetchone()


def test_situations_follow_a_changed_rule():
    person = make_person(make_authority())
    make_activity(person, "310", date(2026, 9, 1), verified_on=date(2026, 9, 1))
    assert situation_of(person) == ("310", date(2027, 9, 1))
    old = row("currency_rules", "310")

    changed = edit_row(row=old, change=Change({**old.values, "amount": "6"}, date(2026, 4, 1)), by=None)
    derive_situations_of(changed.codes)

    assert situation_of(person) == ("310", date(2027, 3, 1))


def test_a_rule_that_begins_later_is_followed_on_its_day(monkeypatch):
    person = make_person(make_authority())
    make_activity(person, "310", date(2026, 9, 1), verified_on=date(2026, 9, 1))
    old = row("currency_rules", "310")
    edit_row(row=old, change=Change({**old.values, "amount": "8"}, date(2026, 11, 22)), by=None)

    assert derive_for_rules_of(day=date(2026, 11, 22)) == 1
    assert derive_for_rules_of(day=date(2026, 11, 23)) == 0

    assert situation_of(person) == ("310", date(2027, 5, 1))


@pytest.mark.parametrize(
    "table", [name for name, table in TABLES.items() if any(c.name == "plain_words" for c in table.columns)]
)
def test_no_code_is_without_words(table):
    assert not [
        each.key
        for each in ReferenceRow.objects.filter(table=table)
        if not each.values["plain_words"].strip()
    ]
