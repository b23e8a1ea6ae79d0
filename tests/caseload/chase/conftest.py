"""A council in November 2026 that asks after those of whom nobody knows what they do."""

from datetime import date

import pytest

from tests.factories import (
    make_activity,
    make_authority,
    make_college,
    make_contact,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
    seed_reference,
)

TODAY = date(2026, 11, 23)
LOST = "810"


class Town:
    """Who works there, and what tests ask of it."""

    def __init__(self):
        self.authority = make_authority(name="Ambleshire")
        self.district = make_district(self.authority, name="Ambleford")
        self.college = make_college(name="Ambleford College", la_code=self.authority.code)
        self.hub = make_service(self.authority, name="Open Access", short_name="Hub", slug="open-access")
        self.officer = make_user("tracking_officer", self.authority, name="Tess Tracker")
        self.colleague = make_user("tracking_officer", self.authority, name="Cal Colleague")
        self.chief = make_user("tracking_officer", self.authority, name="Sue Supervisor", supervises=True)
        self.worker = make_user("hub_worker", self.authority, service=self.hub, name="Hal Hub")

    def lost(self, since=date(2026, 9, 1), *, number=True, **named):
        """Somebody of whom nobody knows what they do, with a number to ring."""
        person = make_person(self.authority, **named)
        make_activity(person, LOST, since, verified_on=since)
        make_residence(person, district=self.district)
        if number:
            make_contact(person)
        return person

    def apprentice(self, verified_on, starts_on=date(2025, 9, 1), **named):
        """Somebody who learns a trade with the college, which counts for twelve months after it was confirmed."""
        person = make_person(self.authority, **named)
        make_activity(person, "310", starts_on, establishment=self.college, verified_on=verified_on)
        make_residence(person, district=self.district)
        return person

    def at_college(self, verified_on=date(2026, 9, 20), **named):
        """Somebody at the college until the summer of 2028, confirmed on a day."""
        person = make_person(self.authority, **named)
        make_activity(
            person,
            establishment=self.college,
            verified_on=verified_on,
            predicted_end_on=date(2028, 7, 1),
        )
        make_residence(person, district=self.district)
        make_contact(person)
        return person


@pytest.fixture
def town(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:30")
    seed_reference()
    return Town()
