"""The usual days of meetings in the months to come that nobody has planned yet."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from caseload.meetings.models import Meeting, MeetingType
from caseload.meetings.queries.places import districts_led_by, types_led_by
from caseload.meetings.rules.dates import HowOften, months_typed, next_days
from neet.accounts.models import User
from schools.models import District

AHEAD = 3  # months


@dataclass(frozen=True)
class Proposal:
    """One meeting that could be planned."""

    type: MeetingType
    district: District | None
    held_on: date

    @property
    def key(self) -> str:
        return f"{self.type.pk}-{self.district.pk if self.district else 0}-{self.held_on:%Y%m%d}"

    @property
    def words(self) -> str:
        return f"{self.type.words}, {self.district}" if self.district else self.type.words


def proposals(user: User, on: date) -> tuple[Proposal, ...]:
    """Each kind of meeting this user plans, in each of their districts, on its usual days; in order of days."""
    types = list(types_led_by(user))
    own = districts_led_by(user)
    districts = District.objects.filter(authority__in={each.authority_id for each in types})
    places = list(districts if own is None else districts.filter(own))
    last = dict(_last_days(types))
    found = [
        Proposal(each, place, day)
        for each in types
        for place in _places(each, places)
        for day in next_days(how_often(each), last.get((each.pk, place.pk if place else None)), on, AHEAD)
    ]
    return tuple(sorted(found, key=lambda each: (each.held_on, each.words)))


def how_often(each: MeetingType) -> HowOften:
    return HowOften(each.every_months, months_typed(each.months), each.working_day)


def _places(each: MeetingType, districts: list[District]) -> list[District | None]:
    if each.scope != MeetingType.Scope.DISTRICT:
        return [None]
    return [place for place in districts if place.authority_id == each.authority_id]


def _last_days(types: list[MeetingType]) -> list[tuple[tuple[int, int | None], date]]:
    """The last day held or planned, by kind and district."""
    rows = Meeting.objects.filter(type__in=types).order_by().values_list("type", "district")
    return [((kind, district), last) for kind, district, last in rows.annotate(last=Max("held_on"))]
