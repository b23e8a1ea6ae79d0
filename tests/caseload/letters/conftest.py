"""A council that writes letters: who writes, who works on cases, families that teach at home."""

from datetime import date

import pytest
from django.db import connection

from caseload.letters.actions.making import make_batch, save_letterhead
from caseload.letters.actions.sending import mark_sent
from caseload.letters.models import Letter, LetterBatch
from caseload.letters.statements import Head, Wanted
from neet import clock
from tests.factories import (
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_service,
    make_user,
    seed_reference,
)

YEAR_11 = date(2011, 3, 1)
FIRST, APPLY, UNREACHED = "home_y11_september", "home_y11_november", "home_y11_unreached"
JANUARY, APRIL, SUMMER = "home_y11_january", "home_y11_april", "home_summer"
NOT_KNOWN, TO_PARENTS = "not_known_first", "not_known_parent"
AT_HOME = "120"


class Post:
    """The council, and what tests ask of it. `on` moves the clock, for Python and the database, and brings
    situations to the day as each night does."""

    def __init__(self, monkeypatch):
        self.monkeypatch = monkeypatch
        self.on(date(2026, 9, 21))
        self.authority = make_authority(name="Ambleshire", contact_telephone="01632 960001", code="421")
        self.district = make_district(self.authority)
        self.tracking = make_service(self.authority, name="Tracking", short_name="Tracking", slug="tracking")
        self.home = make_service(
            self.authority, name="Home education team", short_name="Home", slug="elective-home-education"
        )
        self.officer = make_user("tracking_officer", self.authority, name="Olly Officer")
        self.adviser = make_user("caseworker", self.authority, service=self.home, name="Ali Adviser")
        head = Head("Council offices\nExampleton\nZZ1 1AA", "Pat Example", "Head of participation")
        save_letterhead(authority=self.authority, head=head, by=self.officer)

    def on(self, day: date) -> date:
        self.today = day
        self.monkeypatch.setenv("DJANGO_NOW", f"{day.isoformat()}T09:00")
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('neet.clock_offset', (%s - now())::text, true)", [clock.now()])
            cursor.execute("SELECT tracking_situate(NULL)")
        return day

    def family(
        self, given_name="Ada", born=YEAR_11, code=AT_HOME, since=date(2026, 9, 1), lives=True, **named
    ):
        """A young person taught at home in Year 11, unless told otherwise, living somewhere."""
        person = make_person(self.authority, given_name=given_name, date_of_birth=born, **named)
        make_activity(person, code, since, verified_on=since)
        if lives:
            make_residence(person, district=self.district)
        return person

    def make(self, code=FIRST, by=None, **more) -> LetterBatch:
        wanted = Wanted(code, self.today, **more)
        return make_batch(authority=self.authority, wanted=wanted, by=by or self.officer)

    def send(self, person, code=FIRST, on=None) -> Letter:
        """A letter that went on a day, without a file."""
        day = self.on(on) if on else self.today
        batch = LetterBatch.objects.create(
            authority=self.authority, series=code, wording="2015-04-01 en", due_on=day, state="printed"
        )
        Letter.objects.create(batch=batch, person=person, number=1)
        return mark_sent(batch=batch, sent_on=day, by=self.officer).letters.get()


@pytest.fixture
def post(db, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    seed_reference()
    return Post(monkeypatch)
