"""A council in November 2026 with two services and their people, and nothing planned yet."""

from datetime import date

import pytest

from caseload.plan.models import Post
from tests.factories import make_authority, make_district, make_service, make_user, seed_reference

TODAY = date(2026, 11, 23)
SEPTEMBER = date(2026, 9, 1)


class Council:
    """A council, and what tests ask of it."""

    def __init__(self):
        self.authority = make_authority(name="Ambleshire")
        self.district = make_district(self.authority, name="Ambleford")
        self.support = make_service(
            self.authority, name="NEET support", short_name="Support", slug="neet-support"
        )
        self.send = make_service(self.authority, name="SEND team", short_name="SEND", slug="send")
        self.lead = make_user("service_lead", self.authority, service=self.support, name="Lee Lead")
        self.worker = make_user("caseworker", self.authority, service=self.support, name="Sam Support")
        self.sender = make_user("caseworker", self.authority, service=self.send, name="Sal Send")
        self.data = make_user("mi_officer", self.authority, name="Di Data")
        self.officer = make_user("tracking_officer", self.authority, name="Ola Officer")

    def post(self, words="Service lead", service="support", **fields):
        place = getattr(self, service) if service else None
        return Post.objects.create(
            **{
                "authority": self.authority,
                "words": words,
                "service": place,
                "starts_on": SEPTEMBER,
                **fields,
            }
        )


@pytest.fixture
def council(db, monkeypatch):
    monkeypatch.setenv("DJANGO_NOW", "2026-11-23T09:00")
    seed_reference()
    return Council()
