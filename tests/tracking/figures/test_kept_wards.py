"""The ward of each row of a month: kept at the freeze, or once there is a directory of postcodes, and never anew."""

from datetime import date

import pytest
from django.db import connection

from neet.audit.models import AuditEvent
from tests.factories import make_activity, make_person, make_residence, make_user
from tracking.figures.actions import Month, close, digest_of, freeze
from tracking.figures.models import Freeze, MonthRecord
from tracking.figures.queries.tallies import NONE, Chosen, by_month, frozen
from tracking.figures.queries.wards import HAS_WARDS
from tracking.figures.tasks import keep_wards_of_months
from tracking.reconciling.models import Postcode
from tracking.register.models import Residence

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 31)
FIRST, SECOND = "E05000001", "E05000002"


@pytest.fixture
def seeker(council):
    """Somebody NEET who has lived at one address since September."""
    person = make_person(council)
    make_activity(person, "619", date(2026, 9, 7), verified_on=date(2026, 10, 5))
    make_residence(person, postcode="aa1 1aa", starts_on=date(2026, 9, 1))
    return person


def directory(ward: str = FIRST) -> None:
    Postcode.objects.update_or_create(
        postcode="AA11AA",
        defaults={"authority_code": "E10000016", "district_code": "E07000001", "ward_code": ward},
    )


def neet_in(made: Freeze, ward) -> int:
    found = by_month(frozen({made.pk: made.month}), Chosen({"ward": ward}))
    return int(found[made.month].neet) if found else 0


def test_a_month_frozen_with_a_directory_keeps_its_wards(council, seeker):
    directory()

    made = freeze(month=Month(council.pk, OCTOBER), by=None)
    directory(SECOND)
    Residence.objects.filter(person=seeker).update(postcode="BB1 1BB")

    assert made.has_wards
    assert (neet_in(made, FIRST), neet_in(made, SECOND), neet_in(made, NONE)) == (1, 0, 0)
    assert keep_wards_of_months() == 0


def test_a_month_signed_off_before_there_was_one_gets_them_once(council, seeker, as_app_later):
    by = make_user()
    made = close(freeze=freeze(month=Month(council.pk, OCTOBER), by=by), by=by)
    before = digest_of(made)
    assert keep_wards_of_months() == 0
    assert neet_in(made, NONE) == 1
    Residence.objects.filter(person=seeker).update(postcode="BB1 1BB")  # heard of after the freeze
    directory()
    as_app_later()

    assert keep_wards_of_months() == 1
    directory(SECOND)
    assert keep_wards_of_months() == 0

    made.refresh_from_db()
    assert (neet_in(made, FIRST), neet_in(made, NONE)) == (1, 0)
    assert digest_of(made) == before == made.digest
    assert AuditEvent.objects.get(kind="figures.wards_of_a_month_kept").counts["people"] == 1


def test_the_guard_stands_again_when_the_wards_are_kept(council, seeker):
    by = make_user()
    made = close(freeze=freeze(month=Month(council.pk, OCTOBER), by=by), by=by)
    directory()

    with connection.cursor() as cursor:
        cursor.execute("select tracking_keep_wards(%s), current_setting('neet.guard', true)", [made.pk])
        assert cursor.fetchone() == (1, "")
        cursor.execute("select tracking_keep_wards(%s)", [made.pk])
        assert cursor.fetchone() == (0,)
        cursor.execute(HAS_WARDS)
        assert cursor.fetchone() == (True,)


def test_an_erasure_leaves_the_ward_to_the_number_and_to_nobody(council, seeker):
    directory()
    made = freeze(month=Month(council.pk, OCTOBER), by=None)

    MonthRecord.objects.filter(freeze=made).update(person=None)

    assert neet_in(made, FIRST) == 1
    assert keep_wards_of_months() == 0
