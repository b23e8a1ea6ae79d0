"""Which meetings somebody sees, and which they lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.rules.dates import named_until
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import ROLES, Permission
from neet.accounts.scope import Place, scope_of
from neet.statements.once import built_once
from neet.statements.parts import Fixed
from schools.models import Membership

NOT_AT_MEETINGS = frozenset({"school_user", "college_user", "system_admin"})
STARTS = time(10)  # where nobody said when


def authorities_of(user: User, permission: Permission = Permission.CASE_WORK) -> tuple[int, ...]:
    """The councils where this user holds the permission."""
    places = scope_of(user).where(permission)
    return tuple(sorted({each.authority_id for each in places if each.authority_id is not None}))


def meetings_of(user: User) -> QuerySet[Meeting]:
    """Every meeting of the councils where the user works on cases. Who is on its agenda is another question."""
    found = Meeting.objects.filter(type__authority__in=authorities_of(user))
    return found.select_related("type__service", "type__authority", "district", "chair")


def led_by(user: User) -> Q:
    """Meetings this user plans, opens and closes: those of their place, and those they chair."""
    scope = scope_of(user)
    own = Q(chair=user, type__authority__in=authorities_of(user, Permission.MEETING_LEAD))
    for place in scope.where(Permission.MEETING_LEAD):
        own |= Q(type__authority=place.authority_id) & _of_place(place)
    return own


def _of_place(place: Place) -> Q:
    match ROLES[place.role].placed_by:
        case "district":
            return Q(district=place.district_id) | Q(district=None, type__scope=MeetingType.Scope.AUTHORITY)
        case "service":
            return Q(type__service=place.service_id)
    return Q()


def leads(user: User, meeting: Meeting) -> bool:
    return Meeting.objects.filter(led_by(user), pk=meeting.pk).exists()


def types_of(user: User) -> QuerySet[MeetingType]:
    """The kinds of meeting of the councils where the user works on cases, those no longer held included."""
    found = MeetingType.objects.filter(authority__in=authorities_of(user))
    return found.select_related("service", "authority").order_by("words")


def types_led_by(user: User) -> QuerySet[MeetingType]:
    """Those still held that this user may plan: of their service, or such as every district or the council holds."""
    scope = scope_of(user)
    may = Q(pk__in=[])
    for place in scope.where(Permission.MEETING_LEAD):
        of_place = Q(service=place.service_id) if ROLES[place.role].placed_by == "service" else Q()
        if ROLES[place.role].placed_by == "district":
            of_place = ~Q(scope=MeetingType.Scope.SERVICE)
        may |= Q(authority=place.authority_id) & of_place
    return MeetingType.objects.filter(may, ended_on=None).select_related("service", "authority")


def districts_led_by(user: User) -> Q | None:
    """The districts of the user's own place; None: every one."""
    places = scope_of(user).where(Permission.MEETING_LEAD)
    if any(ROLES[each.role].placed_by != "district" for each in places):
        return None
    return Q(pk__in=[each.district_id for each in places])


@dataclass(frozen=True)
class MeetingLine:
    """One meeting in a list: when, what, and how many young people."""

    meeting: Meeting
    to_talk: int
    to_note: int
    named: int
    named_until: date

    @property
    def state(self) -> tuple[str, str]:
        if self.meeting.closed_at:
            return "Closed", "plain"
        if self.meeting.opened_at:
            return "Going on", "attention"
        return ("Agenda made", "good") if self.meeting.agenda_at else ("Planned", "waiting")


def lines(meetings: QuerySet[Meeting]) -> tuple[MeetingLine, ...]:
    """The meetings with their numbers, in one statement."""
    return _lines(_counted(meetings))


def running(user: User, first: date, last: date, most: int) -> tuple[MeetingLine, ...]:
    """Those this user leads that are not closed, of these days, the nearest first; one statement."""
    return _lines(_running(user, first, last, Fixed(most)))


@built_once
def _running(user: User, first: date, last: date, most: Fixed) -> QuerySet[Meeting]:
    found = meetings_of(user).filter(led_by(user), closed_at=None, held_on__range=(first, last))
    return _counted(found.order_by("held_on", "pk")[:most])


def _counted(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    talked = Q(items__treatment=AgendaItem.Treatment.DISCUSS)
    return meetings.annotate(
        to_talk=Count("items", filter=talked),
        to_note=Count("items", filter=~talked),
        named=Count("items", filter=Q(items__nominated_at__isnull=False)),
        before=F("type__name_by_working_days"),
    )


def _lines(counted: Iterable[Any]) -> tuple[MeetingLine, ...]:
    return tuple(
        MeetingLine(
            each,
            each.to_talk,
            each.to_note if each.agenda_at else 0,
            each.named,
            named_until(each.held_on, each.before),
        )
        for each in counted
    )


def last_before(meeting: Meeting) -> Meeting | None:
    """The last meeting of this kind, in the same district, that was closed before this one."""
    before = Meeting.objects.filter(
        type=meeting.type_id, district=meeting.district_id, closed_at__isnull=False
    )
    return before.filter(held_on__lt=meeting.held_on).order_by("-held_on", "-pk").first()


def title_of(meeting: Meeting) -> str:
    """What a meeting is called where it stands by itself."""
    return f"{meeting.type.words}, {meeting.district}" if meeting.district else meeting.type.words


def may_attend(meeting: Meeting) -> QuerySet[User]:
    """Colleagues who may be asked: everybody who works for the council today."""
    places = Membership.objects.running(clock.today()).filter(authority=meeting.type.authority_id)
    working = places.exclude(role__in=NOT_AT_MEETINGS).values("user")
    return User.objects.filter(pk__in=working, is_active=True).order_by("name")
