"""A council with a month of cases, a district, its lead, a service and its worker; and a meeting to talk at."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from caseload.allocation.models import Case, MonthRun
from caseload.meetings.actions import planning
from caseload.meetings.actions.agenda import make_agenda
from caseload.meetings.actions.room import open_meeting
from caseload.meetings.models import Attendee, Meeting, MeetingType
from caseload.meetings.statements import MeetingTold
from neet.accounts.models import User
from schools.models import Authority, District, Service
from tests.factories import (
    SEEKING,
    make_activity,
    make_authority,
    make_district,
    make_person,
    make_residence,
    make_responsible,
    make_service,
    make_user,
    seed_reference,
)
from tracking.models import YoungPerson

NOW = "2026-11-16T09:00"  # a Monday
TODAY = date(2026, 11, 16)
HELD = date(2026, 11, 25)
MONTH = date(2026, 11, 30)
LONG_AGO = date(2026, 3, 2)


@dataclass
class Council:
    """One council with one district, one service of its own and the people who meet."""

    authority: Authority
    district: District
    service: Service
    lead: User
    worker: User
    run: MonthRun
    type: MeetingType
    made: list[Case] = field(default_factory=list)

    def case(self, name: str = "Ada Ambler", **fields: Any) -> Case:
        """Somebody NEET who lives in the district and whom the service works with."""
        given, _, family = name.partition(" ")
        since = fields.pop("since", LONG_AGO)
        service = fields.pop("service", self.service)
        restricted = fields.pop("restricted_on", None)
        person = make_person(
            self.authority,
            given_name=given,
            family_name=family,
            date_of_birth=fields.pop("born_on", date(2009, 3, 1)),
            restricted_on=restricted,
            restricted_reason="A court says so" if restricted else "",
        )
        heard_on = fields.pop("heard_on", date(2026, 11, 2))
        make_activity(person, SEEKING, since, neet_since_on=since, verified_on=heard_on)
        make_residence(person, district=fields.pop("district", self.district))
        if service:
            make_responsible(person, service=service, kind="lead")
        facts = {"state": "allocated" if service else "no_rule", "offer": "caseload", "neet_since": since}
        case = Case.objects.create(run=self.run, person=person, service=service, **{**facts, **fields})
        self.made.append(case)
        return case

    def meeting(self, held_on: date = HELD, **fields: Any) -> Meeting:
        kind = fields.pop("type", self.type)
        return planning.plan(
            type=kind,
            told=MeetingTold(held_on=held_on, district=self.district, chair=self.lead),
            by=self.lead,
        )

    def opened(self, held_on: date = HELD, **fields: Any) -> Meeting:
        """A meeting with its agenda, begun."""
        meeting = self.meeting(held_on, **fields)
        make_agenda(meeting=meeting, by=self.lead)
        open_meeting(meeting=meeting, by=self.lead)
        meeting.refresh_from_db()
        return meeting

    def comes(self, meeting: Meeting, user: User, service: Service | None = None) -> Attendee:
        return planning.add_colleague(meeting=meeting, user=user, service=service, by=self.lead)


def make_council(**fields: Any) -> Council:
    seed_reference()
    authority = make_authority(name=fields.pop("name", "Ambleshire"))
    district, service = make_district(authority, name="North"), make_service(authority, name="Support team")
    return Council(
        authority=authority,
        district=district,
        service=service,
        lead=make_user("district_lead", authority, district=district, name="Dana Lead"),
        worker=make_user("caseworker", authority, service=service, name="Wyn Worker"),
        run=MonthRun.objects.create(authority=authority, month=MONTH),
        type=make_type(authority, **fields),
    )


def make_type(authority: Authority, **fields: Any) -> MeetingType:
    named = {
        "slug": f"kind-{MeetingType.objects.count()}",
        "words": "District NEET meeting",
        "scope": "district",
    }
    return MeetingType.objects.create(authority=authority, **{**named, "about": "neet", **fields})


def number_of(meeting: Meeting, person: YoungPerson) -> int:
    return meeting.items.get(person=person).number
