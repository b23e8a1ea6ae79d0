"""A council with somebody who writes to many, and young people nobody has reached."""

from datetime import date, datetime

import pytest

from caseload.messaging import actions
from caseload.messaging.models import MessageBatch
from neet import clock
from neet.clock import LONDON
from neet.messages.actions import deliver
from tests.factories import (
    CANNOT_BE_FOUND,
    make_activity,
    make_authority,
    make_contact,
    make_person,
    make_user,
    seed_reference,
)

TODAY = date(2026, 11, 23)  # a Monday
MORNING = "2026-11-23T10:00"


class Council:
    """One council; `person()` is not known, and has a mobile of their own unless told otherwise."""

    def __init__(self, texts):
        self.texts = texts
        self.authority = make_authority(name="Amble Council", contact_telephone="01632 960001")
        self.officer = make_user("tracking_officer", self.authority, name="Pat Officer")
        self.numbers = 100

    def person(self, number="", contact=True, **fields):
        named = {"date_of_birth": date(2009, 5, 14), "cohort_status": "P", **fields}
        person = make_person(self.authority, **named)
        make_activity(person, CANNOT_BE_FOUND, date(2026, 9, 1), verified_on=date(2026, 9, 10))
        if contact:
            self.numbers += 1
            make_contact(person, value=number or f"07700 900{self.numbers}")
        return person

    def batch(self, by=None, **more) -> MessageBatch:
        asked = {"wording": "what_now_text", "audience": "not_known", "narrowed": {}, "most": 200, **more}
        return actions.make_batch(authority=self.authority, by=by or self.officer, **asked)

    def released(self, **more) -> MessageBatch:
        return actions.release(batch=self.batch(**more), by=self.officer)

    def sent(self, **more) -> MessageBatch:
        """A list released, handed over and delivered."""
        batch = self.released(**more)
        actions.hand_over(at=clock.now())
        deliver()
        actions.note_what_went(at=clock.now())
        batch.refresh_from_db()
        return batch

    def read(self) -> list[str]:
        """The texts that went, in any order."""
        files = self.texts.iterdir() if self.texts.exists() else ()
        return [each.read_text() for each in files]


def at(hour=10, minute=0, day=23):
    return datetime(2026, 11, day, hour, minute, tzinfo=LONDON)


@pytest.fixture
def council(db, monkeypatch, settings, tmp_path):
    monkeypatch.setenv("DJANGO_NOW", MORNING)
    settings.TEXT_FILE_PATH = tmp_path / "texts"
    seed_reference()
    return Council(settings.TEXT_FILE_PATH)
