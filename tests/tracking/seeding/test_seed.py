"""Inventing a register: the same dice give the same people, and what was known on each day comes out again.

Whom the demonstration shows stands in tests/returns/seeding, where one is made for all that is asked of it.
"""

from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tracking.figures.actions import Month, freeze
from tracking.figures.models import Freeze
from tracking.register.models import (
    Activity,
    YoungPerson,
)
from tracking.seeding.actions import Invention, invent
from tracking.state.queries import digests

ON = date(2026, 11, 20)
TINY = Invention(size="tiny", seed=7, on=ON)


class Undone(Exception):
    pass


def invented(invention: Invention) -> dict[str, tuple[int, str]]:
    """The digests of a register invented and undone."""
    from django.db import transaction

    try:
        with transaction.atomic():
            invent(invention)
            found = digests()
            raise Undone
    except Undone:
        return found


@pytest.mark.django_db
def test_the_same_dice_give_the_same_register() -> None:
    assert invented(TINY) == invented(TINY)


@pytest.mark.django_db
def test_other_dice_give_other_people() -> None:
    other = Invention(size="tiny", seed=8, on=ON)

    assert invented(TINY)["tracking.YoungPerson"] != invented(other)["tracking.YoungPerson"]


@pytest.mark.django_db
def test_a_register_with_people_is_refused() -> None:
    invent(TINY)

    with pytest.raises(CommandError, match="young people here already"):
        call_command("seed", size="tiny", verbosity=0)


MONTHS_LIE_APART = "monthrecord_[0-9]"  # the divisions of frozen months, which come with the months


@pytest.mark.django_db
def test_tables_have_their_indexes_constraints_and_triggers_back() -> None:
    def guarded() -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'tracking%%' AND tablename !~ %s UNION ALL"
                " SELECT conrelid::regclass || pg_get_constraintdef(oid) || conname FROM pg_constraint"
                " WHERE conrelid::regclass::text LIKE 'tracking%%' AND conrelid::regclass::text !~ %s UNION ALL"
                " SELECT tgrelid::regclass || tgname || tgenabled::text FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgrelid::regclass::text LIKE 'tracking%%'"
                " AND tgrelid::regclass::text !~ %s ORDER BY 1",
                [MONTHS_LIE_APART] * 3,
            )
            return cursor.fetchall()

    before = guarded()

    invent(TINY)

    assert guarded() == before


@pytest.mark.django_db
def test_new_rows_number_on_behind_the_invented_ones() -> None:
    invent(TINY)
    person = YoungPerson.objects.order_by("-pk")[0]

    added = Activity.objects.create(person=person, code="619", starts_on=ON, is_primary=False)

    assert added.pk == Activity.objects.exclude(pk=added.pk).order_by("-pk")[0].pk + 1


@pytest.mark.django_db
def test_history_replays_the_past() -> None:
    invent(TINY)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM tracking_activity_as_known(%s)", ["2026-08-20 12:00+00"])
        in_august = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM tracking_activity_as_known(now())")
        now = cursor.fetchone()[0]

    assert 0 < in_august < now == Activity.objects.count()


@pytest.mark.django_db
def test_past_months_are_frozen_as_they_were_known_then() -> None:
    """And come out again to the letter from the history that was invented with them."""
    invent(TINY)

    frozen = list(Freeze.objects.order_by("month"))
    assert [each.frozen_at.date() > each.month for each in frozen] == [True, True]
    first = frozen[0]
    assert first.counts["cohort"] > 10
    again = freeze(month=Month(first.authority_id, first.month), by=None, moment=first.frozen_at)
    assert again.digest == first.digest
