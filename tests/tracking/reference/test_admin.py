"""Dated tables as files: what comes in goes through the acts of the editor, whole or not at all."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.urls import reverse

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_authority, make_person, make_user
from tests.tables import brought_in
from tracking.reference.actions import load_seed
from tracking.reference.models import ReferenceRow
from tracking.reference.queries import ruleset
from tracking.reference.tables import ALL
from tracking.register.models import Situation

pytestmark = pytest.mark.django_db
TABLE, NAMES = "tracking_referencerow", [table.name for table in ALL]


@pytest.fixture(autouse=True)
def _seeded(monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-22T10:00")
    load_seed()


@pytest.fixture
def admin(signed_in):
    return signed_in(make_user("system_admin"))


def taken_out(client, table: str) -> list[dict[str, str]]:
    """A table as its file has it."""
    asked = {"format": "0", "resource": str(NAMES.index(table))}
    answer = client.post(reverse(f"tables:{TABLE}_export"), asked)
    return list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))


def lines_of(rows: list[dict[str, str]]) -> str:
    out = StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def file_in(client, table: str, rows: list[dict[str, str]]):
    return brought_in(client, TABLE, lines_of(rows), str(NAMES.index(table)))


def rule(key: str) -> ReferenceRow:
    return ReferenceRow.objects.get(table="currency_rules", key=key, valid_to=None)


@pytest.mark.parametrize("table", NAMES)
def test_what_goes_out_says_nothing_new_when_it_comes_in(admin, table):
    rows = taken_out(admin, table)
    assert len(rows) == ReferenceRow.objects.filter(table=table).count() > 0

    seen = file_in(admin, table, rows)

    assert f"Rows that say nothing new: {len(rows)}." in seen.content.decode()
    assert not AuditEvent.objects.filter(kind__startswith="reference.rule_").exists()


def test_a_line_from_a_later_day_takes_over_and_is_on_record(admin):
    old = next(row for row in taken_out(admin, "currency_rules") if row["activity_code"] == "310")
    seen = file_in(admin, "currency_rules", [{**old, "amount": "6", "valid_from": "01/04/2027"}])
    assert rule("310").values["amount"] == "12", "only looked at so far"
    assert "Rows added: 1." in seen.content.decode()

    seen.confirm()

    assert ruleset(date(2027, 3, 31)).currency["310"].amount == 12
    assert ruleset(date(2027, 4, 1)).currency["310"].amount == 6
    assert AuditEvent.objects.get(kind="reference.rule_changed").why == "currency_rules 310: from a file"


def test_a_new_code_is_opened_and_an_old_one_ended(admin):
    held = taken_out(admin, "gender_codes")
    ended = {**held[0], "valid_to": "2027-03-31"}
    new = {**held[0], "code": "X", "label": "Other", "plain_words": "Other", "valid_from": "2027-04-01"}

    file_in(admin, "gender_codes", [ended, new]).confirm()

    assert "X" in ruleset(date(2027, 4, 1)).genders
    assert held[0]["code"] not in ruleset(date(2027, 4, 1)).genders
    assert held[0]["code"] in ruleset(date(2027, 3, 31)).genders
    assert {"reference.rule_added", "reference.rule_ended"} <= set(
        AuditEvent.objects.values_list("kind", flat=True)
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"amount": "7"}, "Figures were made with this row"),
        ({"amount": "some", "valid_from": "2027-04-01"}, "How many must be a whole number"),
        ({"basis": "the weather", "valid_from": "2027-04-01"}, "Counted from"),
        ({"activity_code": "", "valid_from": "2027-04-01"}, "Activity"),
        ({"valid_from": "next spring"}, "next spring is not a day like 2026-04-01"),
        ({"valid_from": ""}, "Enter the first day it holds"),
        ({"valid_to": "2015-03-01"}, "The last day must be on or after the day the row began"),
    ],
)
def test_one_line_refused_in_plain_words_and_nothing_is_done(admin, changed, words):
    held = taken_out(admin, "currency_rules")
    good = {
        **next(row for row in held if row["activity_code"] == "320"),
        "amount": "9",
        "valid_from": "2027-04-01",
    }
    bad = {**next(row for row in held if row["activity_code"] == "310"), **changed}

    seen = file_in(admin, "currency_rules", [good, bad])

    assert words in seen.content.decode()
    assert "confirm_form" not in seen.context
    assert rule("320").valid_from < date(2027, 4, 1)


def test_a_file_of_another_table_is_refused_by_its_headings(admin):
    seen = file_in(admin, "limits", taken_out(admin, "gender_codes"))

    page = seen.content.decode()
    assert "These columns are missing: meaning, name, value." in page
    assert "Traceback" not in page


def test_what_somebody_changed_in_between_takes_the_whole_file_back(admin):
    held = taken_out(admin, "currency_rules")
    lines = [
        {
            **next(row for row in held if row["activity_code"] == code),
            "amount": "9",
            "valid_from": "2027-04-01",
        }
        for code in ("320", "310")
    ]
    seen = file_in(admin, "currency_rules", lines)
    ReferenceRow.objects.filter(table="currency_rules", key="310").update(valid_from=date(2027, 6, 1))

    page = seen.confirm().content.decode()

    assert "Nothing was taken in" in page
    assert rule("320").values["amount"] != "9"


def test_situations_follow_a_rule_that_came_by_a_file(admin):
    person = make_person(make_authority())
    make_activity(person, "310", "2026-01-05", verified_on="2026-01-10")
    before = Situation.objects.get(person=person).lapses_on
    held = taken_out(admin, "currency_rules")
    line = {
        **next(row for row in held if row["activity_code"] == "310"),
        "amount": "3",
        "valid_from": "2026-01-01",
    }

    file_in(admin, "currency_rules", [line]).confirm()

    assert Situation.objects.get(person=person).lapses_on < before


def test_nothing_is_typed_here_and_a_row_leads_to_the_editor(admin):
    row = rule("310")

    assert admin.get(f"/tables/tracking/referencerow/{row.pk}/change/").status_code in {200, 302}
    assert admin.get("/tables/tracking/referencerow/add/").status_code == 403
    page = admin.get(reverse(f"tables:{TABLE}_changelist"), {"q": "310"}).content.decode()
    assert reverse("reference_row", args=[row.pk]) in page
