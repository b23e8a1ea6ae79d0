"""Nobody who was erased is left anywhere, and nobody else loses anything."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, models, transaction

from neet.audit.actions import recorded
from tests.factories import make_activity, make_authority, make_person
from tests.tracking.retention.filling import filled
from tracking.register.models import YoungPerson
from tracking.retention import reach
from tracking.retention.actions.taking_away import take_away
from tracking.retention.kinds import Kind
from tracking.retention.models import ErasureRun, LegalHold, Tombstone

pytestmark = pytest.mark.django_db
TEXTS = """
    select table_name, string_agg(format('coalesce(%I::text, '''')', column_name), ' || '' '' || ')
    from information_schema.columns join pg_class c on c.relname = table_name and c.relkind in ('r', 'p')
    where table_schema = 'public' and not c.relispartition
    group by table_name order by table_name
"""


def whole() -> dict[str, str]:
    """Everything every table holds, as text."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS)
        found = {}
        for table, columns in cursor.fetchall():
            cursor.execute(
                f'select string_agg(line, chr(10) order by line) from (select {columns} as line from "{table}") t'
            )
            found[table] = cursor.fetchone()[0] or ""
        return found


@contextmanager
def as_the_application() -> Iterator[None]:
    """With the rights of the serving role alone."""
    with connection.cursor() as cursor:
        cursor.execute("set role neet_app")
        yield
        cursor.execute("reset role")


def test_every_table_says_what_becomes_of_its_rows():
    assert reach.undeclared() == []


def test_nothing_of_somebody_erased_is_left_and_nothing_of_others_is_lost():
    authority = make_authority()
    other = filled(authority)
    theirs = filled(authority, other)
    make_activity(theirs.person, verified_on=None)
    before = whole()
    missing = [mark for mark in theirs.marks if not any(mark in text for text in before.values())]
    assert not missing, missing

    with as_the_application(), recorded(Kind.ERASED, by=None, authority_id=authority.pk):
        take_away(people=[theirs.person.pk], run=None, by=None)

    after = whole()
    left = sorted({table for table, text in after.items() if any(mark in text for mark in theirs.marks)})
    assert left == []
    lost = sorted({mark for mark in other.marks if not any(mark in text for text in after.values())})
    assert lost == []
    assert not YoungPerson.objects.filter(pk=theirs.person.pk).exists()
    assert Tombstone.objects.get().ref == theirs.person.ref


def test_records_that_were_put_together_with_theirs_go_with_them():
    kept = make_person(make_authority())
    merged = make_person(kept.authority, merged_into=kept, cohort_status="M")

    gone, counts = take_away(people=[kept.pk], run=None, by=None)

    assert set(gone) == {kept.pk, merged.pk}
    assert (counts["tracking_youngperson"], YoungPerson.objects.count()) == (2, 0)


def test_the_database_forgets_nobody_without_a_stone():
    person = make_person(make_authority())

    with pytest.raises(DatabaseError, match="without a stone"), transaction.atomic(), as_the_application():
        connection.cursor().execute("select tracking_forget(%s)", [[person.pk]])


@pytest.mark.parametrize("of_everybody", [True, False])
def test_while_a_hold_stands_the_database_sets_no_stone(of_everybody):
    person = make_person(make_authority())
    run = ErasureRun.objects.create(authority=person.authority, as_of="2026-11-22")
    held = None if of_everybody else person
    LegalHold.objects.create(authority=person.authority, person=held, reason="An inquiry")

    with pytest.raises(DatabaseError, match="legal hold"), transaction.atomic():
        take_away(people=[person.pk], run=run, by=None)


def test_a_stone_is_never_moved():
    take_away(people=[make_person(make_authority()).pk], run=None, by=None)

    for change in ("delete from tracking_tombstone", "update tracking_tombstone set person_id = 0"):
        with pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(change)


def test_what_outlives_them_keeps_only_codes_and_reasons():
    """Each column of text that stays filled in rows that outlive whom they were of, read by a person."""
    outliving = {edge.model for edge in (*reach.emptied(), *reach.beneath())} - set(reach.going())
    stays = {
        f"{model._meta.label}.{column.name}"
        for model in outliving
        for column in model._meta.local_concrete_fields
        if isinstance(column, (models.CharField, models.TextField, models.JSONField))
        and column.name not in settings.ERASING[model._meta.label]
        and not column.choices
        and (column.max_length or 99) > 20
    }
    assert stays == {
        "returns.ActivitySurveyMember.group",
        "returns.ActivitySurveyMember.provider_name",
        "returns.Problem.column",
        "returns.Problem.kind",
        "returns.ReportedError.field",
        "tracking.CohortMember.added_why",
        "tracking.CohortMember.removed_why",
    }
