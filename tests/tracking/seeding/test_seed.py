"""Inventing a register: the same dice give the same people, and every queue has somebody in it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from neet.accounts.models import Installation, User
from neet.accounts.roles import ROLES
from schools.models import Membership
from tracking.figures.actions import Month, freeze
from tracking.figures.models import Freeze
from tracking.register.models import (
    AccessGrant,
    Activity,
    Claim,
    Confirmation,
    FormerName,
    Guarantee,
    Note,
    Objection,
    Responsibility,
    Situation,
    Task,
    YoungPerson,
)
from tracking.seeding.actions import Invention, invent
from tracking.state.queries import digests

ON = date(2026, 11, 20)
TINY = Invention(size="tiny", seed=7, on=ON)


class Undone(Exception):
    pass


@pytest.fixture(scope="module")
def small(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """The demonstration, made once for these tests and undone behind them."""
    from django.db import transaction

    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                invent(Invention(size="small", seed=1, on=ON, open_doors=True))
                yield
                raise Undone
        except Undone:
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


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "rows",
    [
        AccessGrant,
        Claim,
        Confirmation,
        FormerName,
        Guarantee,
        Note,
        Objection,
        Responsibility,
        Situation,
        Task,
    ],
)
def test_small_has_some_of_everything(rows: Any, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        assert rows.objects.exists()


@pytest.mark.usefixtures("small")
def test_small_has_an_account_for_every_role(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        assert set(Membership.objects.values_list("role", flat=True)) == set(ROLES)
        assert Installation.objects.get().is_demonstration
        assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.usefixtures("small")
def test_small_has_edges_and_mistakes(django_db_blocker: Any) -> None:
    wanted = {
        "no postcode": "residences__postcode",
        "no ethnicity": "ethnicity",
        "no gender": "gender",
        "no level of need": "level_of_need",
    }
    with django_db_blocker.unblock():
        people = YoungPerson.objects
        for mistake, column in wanted.items():
            assert people.filter(**{column: ""}).exists(), mistake
        assert people.filter(date_of_birth=None).exists()
        assert people.filter(date_of_birth__in=[date(2010, 8, 31), date(2010, 9, 1)]).count() >= 2
        assert people.filter(date_of_birth=date(2012, 2, 29)).exists()
        assert set(people.values_list("cohort_status", flat=True)) >= set("PATE")
        assert people.filter(restricted_on__isnull=False).exists()


@pytest.mark.usefixtures("small")
def test_small_stands_as_a_county_does(django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        measured = Situation.objects.filter(
            person__cohort_status="P", person__date_of_birth__range=(date(2008, 9, 1), date(2010, 8, 31))
        )
        neet = measured.filter(neet_since_on__isnull=False).count() / measured.count()
        not_known = measured.filter(code__startswith="8").count() / measured.count()

    assert 0.02 < neet < 0.06
    assert 0.01 < not_known < 0.06


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
