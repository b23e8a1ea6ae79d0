"""The demonstration has one unusual reading to look into."""

from datetime import date

import pytest

from neet import clock
from tests.factories import make_authority, make_person, make_user, seed_reference
from tracking.rights.actions.reading import look_into_reading, raise_alarms
from tracking.rights.models import UnusualReading
from tracking.rights.queries.openings import unusual_open
from tracking.rights.seeding import invent_reading
from tracking.seeding.actions import Invention

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 19)


def test_one_reading_waits_for_governance_and_is_over_once_looked_into(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DJANGO_NOW", f"{DAY}T12:00")
    seed_reference()
    here = make_authority(code="886")
    reader, governance = make_user("manager", here), make_user("governance", here)
    for _ in range(15):
        make_person(here)

    invent_reading(Invention("small", 1, DAY))

    found = UnusualReading.objects.get()
    assert (found.account, found.role, found.beyond) == (reader, "manager", 10)
    assert unusual_open(governance) == 1
    look_into_reading(
        reading=found, found=UnusualReading.Found.values[0], words="Asked for by the board", by=governance
    )
    raise_alarms(at=clock.now())
    assert unusual_open(governance) == 0
