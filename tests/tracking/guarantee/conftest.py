"""A council at the end of May 2027, with Years 11 and 12 of its own and one of each that needs a look."""

from datetime import date

import pytest

from tests.clocks import database_goes_by_ours
from tests.factories import (
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_school,
    make_user,
    seed_reference,
)
from tracking.guarantee.actions import approve, propose

YEAR = 2027
YEAR_11, YEAR_12, YEAR_13 = date(2011, 3, 3), date(2010, 3, 3), date(2009, 3, 3)  # in the school year 2026-27
LAST_OF_MAY = date(2027, 5, 31)


class Council:
    """A council, who works there, and what tests ask of it."""

    def __init__(self, monkeypatch):
        self.turn = monkeypatch
        self.at(LAST_OF_MAY)
        seed_reference()
        self.authority = make_authority(name="Ambleshire", code="886", needs_second_person=True)
        self.district = make_district(self.authority, name="Ambleford")
        self.school = make_school(name="Ambleford School", la_code="886")
        self.far_school = make_school(name="Far School", la_code="887")
        self.proposer = make_user("mi_officer", self.authority, name="Mo Officer")
        self.manager = make_user("manager", self.authority, name="Max Manager")
        self.officer = make_user("tracking_officer", self.authority, name="Otis Officer")

    def at(self, day):
        """From here on it is this day, for Python and the database alike; rights are read anew."""
        self.turn.setenv("DJANGO_NOW", f"{day}T10:00")
        database_goes_by_ours(until_the_end=True)
        for name in ("proposer", "manager", "officer"):
            if hasattr(self, name):
                getattr(self, name).kept_scope = None
        return day

    def pupil(self, born=YEAR_11, *, code="110", school="here", **named):
        """Somebody of our cohort, at our school, at a far one, or (None) doing this at none."""
        place = {"here": self.school, "far": self.far_school}.get(school)
        person = make_person(
            self.authority, date_of_birth=born, la_at_year_11="886" if born < YEAR_11 else "", **named
        )
        if code:
            make_activity(person, code, date(2024, 9, 2), establishment=place)
        make_residence(person, district=self.district, postcode="AM1 1AA")
        return person

    def set(self, year=YEAR):
        """The cohort of a September, proposed and approved."""
        return approve(freeze=propose(authority=self.authority, year=year, by=self.proposer), by=self.manager)


@pytest.fixture
def council(db, monkeypatch):
    return Council(monkeypatch)
