"""Days of meetings, and who is there."""

from collections.abc import Iterable

from caseload.meetings.actions.reach import leading
from caseload.meetings.kinds import Kind
from caseload.meetings.models import Attendee, Meeting, MeetingType
from caseload.meetings.queries.places import districts_led_by, may_attend, types_led_by
from caseload.meetings.statements import MeetingTold, Outsider
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import District, Service
from tracking.register.refusals import NotPermitted, NotRight


def plan(*, type: MeetingType, told: MeetingTold, by: User) -> Meeting:
    """One meeting on a day; who came to the last one of its kind is asked again. Raises NotPermitted, NotRight."""
    return plan_many(wanted=[(type, told)], by=by)[0]


def plan_many(*, wanted: Iterable[tuple[MeetingType, MeetingTold]], by: User) -> list[Meeting]:
    """Several meetings in one act. One that stands already is not planned twice. Raises NotPermitted, NotRight."""
    asked = list(wanted)
    if not asked:
        raise NotRight({"": "Tick at least one meeting to plan"})
    with recorded(Kind.PLANNED, by=by, authority_id=asked[0][0].authority_id) as event:
        made = [_plan(kind, told, by) for kind, told in asked]
        event.counts = {"meetings": len(made)}
        return made


def _plan(type: MeetingType, told: MeetingTold, by: User) -> Meeting:
    if not types_led_by(by).filter(pk=type.pk).exists():
        raise NotPermitted("meeting")
    _refuse_wrong(type, told, by)
    meeting, is_new = Meeting.objects.get_or_create(
        type=type,
        district=told.district,
        held_on=told.held_on,
        defaults={
            "starts_at": told.starts_at,
            "place": told.place,
            "chair": told.chair or by,
            "planned_by": by,
        },
    )
    if is_new:
        _ask_again(meeting)
    return meeting


def _refuse_wrong(type: MeetingType, told: MeetingTold, by: User) -> None:
    if told.held_on < clock.today():
        raise NotRight({"held_on": "The day of the meeting must be today or in the future"})
    in_districts = type.scope == MeetingType.Scope.DISTRICT
    if in_districts and told.district is None:
        raise NotRight({"district": "Select the district"})
    if told.district and (not in_districts or told.district.authority_id != type.authority_id):
        raise NotRight({"district": "Select a district of this council, for a meeting held in districts"})
    own = districts_led_by(by)
    if told.district and own is not None and not District.objects.filter(own, pk=told.district.pk).exists():
        raise NotPermitted("district")


def _ask_again(meeting: Meeting) -> None:
    """Those who came last time; at the first meeting of its kind, whoever leads it."""
    last = Meeting.objects.filter(type=meeting.type_id, district=meeting.district_id).exclude(pk=meeting.pk)
    before = last.order_by("-held_on").first()
    asked = {each.instead_of_id or each.user_id: each for each in before.attendees.all()} if before else {}
    outside = before.attendees.filter(user=None) if before else []
    asked.pop(None, None)
    Attendee.objects.bulk_create(
        [
            *(
                Attendee(meeting=meeting, user_id=user, service_id=each.service_id)
                for user, each in asked.items()
            ),
            *(Attendee(meeting=meeting, name=each.name, organisation=each.organisation) for each in outside),
        ]
    )
    if meeting.chair_id and meeting.chair_id not in asked:
        Attendee.objects.create(meeting=meeting, user_id=meeting.chair_id)


def change(*, meeting: Meeting, told: MeetingTold, by: User) -> None:
    """Another day, time, place or chair. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.CHANGED, by=by) as (now, _):
        if told.held_on != now.held_on and told.held_on < clock.today():
            raise NotRight({"held_on": "The day of the meeting must be today or in the future"})
        others = Meeting.objects.filter(type=now.type_id, district=now.district_id, held_on=told.held_on)
        if others.exclude(pk=now.pk).exists():
            raise NotRight({"held_on": "There is such a meeting on that day already"})
        now.held_on, now.starts_at, now.place = told.held_on, told.starts_at, told.place
        now.chair = told.chair or now.chair
        now.save(update_fields=["held_on", "starts_at", "place", "chair"])


def cancel(*, meeting: Meeting, by: User) -> None:
    """It is not held. Who was named for it is free to be named for another one. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.CANCELLED, by=by) as (now, event):
        if now.opened_at:
            raise NotRight({"": "The meeting has begun. Close it instead."})
        event.subjects = list(now.items.values_list("person_id", flat=True))
        now.delete()


def add_colleague(*, meeting: Meeting, user: User, service: Service | None, by: User) -> Attendee:
    """A colleague comes, for one service's part or for the whole meeting. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.ATTENDEE_ADDED, by=by) as (now, _):
        if not may_attend(now).filter(pk=user.pk).exists():
            raise NotRight({"user": "Select somebody who works for this council"})
        if service and service.authority_id != now.type.authority_id:
            raise NotRight({"service": "Select a service of this council"})
        found, _is_new = Attendee.objects.update_or_create(
            meeting=now, user=user, defaults={"service": service, "is_here": True}
        )
        return found


def add_outsider(*, meeting: Meeting, who: Outsider, by: User) -> Attendee:
    """Somebody from outside comes: no account, and nothing on the screen that names anybody. Raises NotPermitted,
    NotRight."""
    if not who.organisation.strip():
        raise NotRight({"organisation": "Enter the organisation"})
    with leading(meeting, Kind.ATTENDEE_ADDED, by=by) as (now, _):
        if not now.type.has_outsiders:
            raise NotRight({"organisation": "This kind of meeting is for colleagues only"})
        return Attendee.objects.create(
            meeting=now, organisation=who.organisation.strip(), name=who.name.strip()
        )


def stand_in(*, attendee: Attendee, deputy: User, by: User) -> None:
    """Somebody comes instead of a colleague, for the same part of the meeting. Raises NotPermitted, NotRight."""
    with leading(attendee.meeting, Kind.ATTENDEE_CHANGED, by=by) as (now, _):
        if not may_attend(now).filter(pk=deputy.pk).exists():
            raise NotRight({"user": "Select somebody who works for this council"})
        if now.attendees.filter(user=deputy).exists():
            raise NotRight({"user": f"{deputy} is asked already"})
        attendee.instead_of_id = attendee.instead_of_id or attendee.user_id
        attendee.user = deputy
        attendee.save(update_fields=["user", "instead_of"])


def remove_attendee(*, attendee: Attendee, by: User) -> None:
    """They are not asked any more. Raises NotPermitted, NotRight."""
    with leading(attendee.meeting, Kind.ATTENDEE_REMOVED, by=by):
        attendee.delete()


def say_who_is_here(*, meeting: Meeting, here: Iterable[int], by: User) -> None:
    """Who sits in the room now, by the attendees' numbers; what is shown follows. Raises NotPermitted, NotRight."""
    with leading(meeting, Kind.ATTENDEE_CHANGED, by=by) as (now, event):
        ticked = set(here)
        now.attendees.filter(pk__in=ticked).update(is_here=True)
        now.attendees.exclude(pk__in=ticked).update(is_here=False)
        event.counts["here"] = now.attendees.filter(is_here=True).count()
