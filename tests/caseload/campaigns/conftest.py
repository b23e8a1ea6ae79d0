"""A council in December 2026 with young people who left, who are about to, and who have no offer."""

from datetime import date

import pytest
from django.db import connection

from neet import clock
from tests.factories import (
    COLLEGE,
    SEEKING,
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
    seed_reference,
)

TODAY = date(2026, 12, 7)
FIRST, LAST = date(2026, 11, 23), date(2027, 1, 31)
YEAR_11, YEAR_12 = date(2011, 3, 3), date(2010, 3, 3)


def stand(monkeypatch, day):
    """The clock stands still on this day, for Python and the database alike."""
    monkeypatch.setenv("DJANGO_NOW", f"{day}T10:00")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])


class Council:
    """A council, and what tests ask of it."""

    def __init__(self):
        self.authority = make_authority(name="Ambleshire")
        self.district = make_district(self.authority, name="Ambleford")
        self.support = make_service(
            self.authority, name="NEET support", short_name="Support", slug="neet-support"
        )
        self.officer = make_user("tracking_officer", self.authority, name="Ola Officer")
        self.lead = make_user("district_lead", self.authority, district=self.district, name="Dee District")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")

    def person(self, born=YEAR_12, **fields):
        person = make_person(self.authority, date_of_birth=born, **fields)
        make_residence(person, district=self.district)
        return person

    def left(self, on=date(2026, 11, 27), began=date(2026, 9, 1), **fields):
        """Somebody who was at college until a day, and looks for something since."""
        person = self.person(**fields)
        make_activity(person, COLLEGE, began, ends_on=on, verified_on=on)
        after = date.fromordinal(on.toordinal() + 1)
        make_activity(person, SEEKING, after, verified_on=after, neet_since_on=after)
        return person

    def stays(self, **fields):
        person = self.person(**fields)
        make_activity(person, COLLEGE, date(2026, 9, 1), verified_on=TODAY, predicted_end_on=date(2028, 7, 1))
        return person

    def finishes(self, on=date(2026, 12, 18), **fields):
        person = self.person(**fields)
        make_activity(person, COLLEGE, date(2026, 9, 1), verified_on=TODAY, predicted_end_on=on)
        return person


@pytest.fixture
def council(db, monkeypatch):
    stand(monkeypatch, TODAY)
    seed_reference()
    return Council()
