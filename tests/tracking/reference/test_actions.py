"""Loading the seed files into the dated tables."""

from datetime import date

import pytest
from django.utils import timezone

from neet.audit.models import AuditEvent
from tracking.reference.actions import load_seed
from tracking.reference.models import ReferenceRow
from tracking.rules.ruleset import seed_tables

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_loaded")]


def gender(label: str = "Female", valid_from: str = "2015-04-01", valid_to: str = "") -> dict[str, str]:
    return {
        "code": "F", "label": label, "plain_words": label, "evidence": "carried over", "last_seen": "",
        "note": "", "valid_from": valid_from, "valid_to": valid_to,
    }  # fmt: skip


def test_seed_fills_every_table() -> None:
    load_seed()

    assert ReferenceRow.objects.count() == sum(len(rows) for rows in seed_tables().values())


def test_second_load_changes_and_records_nothing() -> None:
    load_seed()
    before = AuditEvent.objects.count()

    report = load_seed()

    assert (report.added, report.changed, report.kept) == (0, 0, ())
    assert AuditEvent.objects.count() == before


def test_a_changed_seed_row_changes_its_row() -> None:
    load_seed(tables={"gender_codes": (gender(),)})

    report = load_seed(tables={"gender_codes": (gender("Female person"),)})

    assert (report.added, report.changed) == (0, 1)
    assert ReferenceRow.objects.get(table="gender_codes", key="F").values["label"] == "Female person"


def test_an_edited_row_stays_and_is_reported() -> None:
    load_seed(tables={"gender_codes": (gender(),)})
    ReferenceRow.objects.filter(table="gender_codes", key="F").update(
        values=gender("Ours"), edited_at=timezone.now()
    )

    report = load_seed(tables={"gender_codes": (gender("Theirs"),)})

    assert [(kept.table, kept.key) for kept in report.kept] == [("gender_codes", "F")]
    assert ReferenceRow.objects.get(table="gender_codes", key="F").values["label"] == "Ours"


def test_no_row_is_added_beside_an_edited_one_of_the_same_days() -> None:
    load_seed(tables={"gender_codes": (gender(),)})
    ReferenceRow.objects.filter(table="gender_codes", key="F").update(edited_at=timezone.now())

    report = load_seed(tables={"gender_codes": (gender("Later", "2026-04-01"),)})

    assert report.kept[0].valid_from == date(2026, 4, 1)
    assert ReferenceRow.objects.filter(table="gender_codes", key="F").count() == 1


def test_a_row_missing_from_the_seed_stays() -> None:
    load_seed(tables={"gender_codes": (gender(),)})

    load_seed(tables={"gender_codes": ()})

    assert ReferenceRow.objects.filter(table="gender_codes").count() == 1
