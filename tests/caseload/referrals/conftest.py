"""A council whose services refer to each other."""

from datetime import date

import pytest

from caseload.referrals.actions import refer
from caseload.referrals.statements import Ask
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_person,
    make_responsible,
    make_service,
    make_user,
    seed_reference,
)


class Place:
    """A council whose NEET support refers to SEND, with somebody at each."""

    def __init__(self):
        self.authority = make_authority()
        self.support = make_service(self.authority, name="NEET support", short_name="Support")
        self.send = make_service(self.authority, name="SEND team", short_name="SEND")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")
        self.lead = make_user("service_lead", self.authority, service=self.send, name="Lee Lead")
        self.person = make_person(self.authority, given_name="Juno", family_name="Quillfeather")
        make_activity(self.person, SEEKING, date(2026, 10, 5), verified_on=date(2026, 10, 5))
        make_responsible(self.person, service=self.support)

    def ask(self, **more):
        return Ask(**{"to_service": self.send, "reason": "plan", "words": "Wants college in January", **more})

    def refer(self, **more):
        return refer(person=self.person, ask=self.ask(**more), by=self.worker)


@pytest.fixture
def place(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:00")
    seed_reference()
    return Place()
