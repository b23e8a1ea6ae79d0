"""Whoever starts the demonstration for the first time may do so on any day of the year."""

from datetime import datetime

import pytest

from neet.clock import LONDON
from tests.returns.nccis.living import turn_clock
from tracking.register.models import YoungPerson
from tracking.seeding.actions import Invention, invent

pytestmark = [pytest.mark.django_db, pytest.mark.assure]
# The first and last days of what a year is cut into, and days between.
DAYS = (
    "2026-09-01", "2026-09-02", "2026-09-30", "2026-10-01", "2026-11-01", "2026-12-31", "2027-01-01", "2027-01-15",
    "2027-02-28", "2027-03-31", "2027-04-01", "2027-05-31", "2027-06-01", "2027-07-20", "2027-08-19", "2027-08-31",
)  # fmt: skip


@pytest.mark.parametrize("day", DAYS)
def test_a_demonstration_is_invented(
    day: str, monkeypatch: pytest.MonkeyPatch, clock_goes_on: None, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    moment = datetime.fromisoformat(f"{day}T10:00:00").replace(tzinfo=LONDON)
    turn_clock(monkeypatch, moment)

    invent(Invention(size="small", seed=1, on=moment.date(), open_doors=True))

    assert YoungPerson.objects.count() > 2_000
