"""What the turn of a day brings about: services are told that young people are named, a week before the meeting."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from caseload.meetings.kinds import Kind
from caseload.meetings.models import Attendee, Meeting
from caseload.meetings.queries.places import title_of
from caseload.meetings.rules.dates import named_until
from neet import clock
from neet.audit.actions import recorded
from neet.messages.actions import Letter, send_all


def tell(*, day: date) -> dict[str, int]:
    """Write to whoever prepares a meeting, on the last day for naming or the first one after: the colleagues of the
    service the meeting is with and of those in whose part somebody was named, and the chair (R65). No young person is
    named in it, and nobody is told twice."""
    told = messages = 0
    with recorded(Kind.TOLD, by=None) as event:
        for meeting in _ready(day):
            letters = _letters(meeting)
            send_all(letters=letters)
            meeting.told_at = clock.now()
            meeting.save(update_fields=["told_at"])
            told, messages = told + 1, messages + len(letters)
        event.counts = {"meetings": told, "messages": messages}
    return event.counts


def _ready(day: date) -> list[Meeting]:
    waiting = Meeting.objects.filter(held_on__gte=day, told_at=None, closed_at=None)
    waiting = waiting.exclude(type__about="nobody").select_for_update(of=("self",))
    found = waiting.select_related("type", "district").order_by("pk")
    return [each for each in found if named_until(each.held_on, each.type.name_by_working_days) <= day]


def _letters(meeting: Meeting) -> list[Letter]:
    named = meeting.items.filter(nominated_at__isnull=False)
    services = {meeting.type.service_id, *named.values_list("service", flat=True)} - {None}
    asked = Attendee.objects.filter(meeting=meeting, user__is_active=True).filter(
        Q(service__in=services) | Q(user=meeting.chair_id)
    )
    numbers = named.aggregate(people=Count("pk"))
    facts = {
        "title": title_of(meeting),
        "day": meeting.held_on.strftime("%-d %B %Y"),
        "people": numbers["people"],
        "path": reverse("meeting", args=[meeting.ref]),
    }
    people = sorted(set(asked.values_list("user", flat=True)))
    return [Letter("meeting_named", ("user", each), meeting.type.authority_id, facts) for each in people]
