"""Whose meeting this is, asked again at the moment of change."""

from collections.abc import Iterator
from contextlib import contextmanager

from caseload.meetings.kinds import Kind
from caseload.meetings.models import AgendaItem, Meeting
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.queries.places import led_by
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from tracking.register.refusals import NotPermitted, NotRight


@contextmanager
def leading(
    meeting: Meeting, kind: Kind, *, by: User, still: bool = True
) -> Iterator[tuple[Meeting, AuditEvent]]:
    """One change to one meeting by somebody who leads it, with its event, or neither. Inside stands the meeting as it
    is now, held until the end. Raises NotPermitted; NotRight where it is closed (`still`)."""
    with recorded(kind, by=by, authority_id=meeting.type.authority_id) as event:
        event.counts["meeting"] = meeting.pk
        yield held(meeting, by=by, still=still), event


def held(meeting: Meeting, *, by: User, still: bool) -> Meeting:
    """The meeting's row as it stands now. Raises NotPermitted, NotRight."""
    found = Meeting.objects.select_for_update(of=("self",)).select_related("type__service", "district")
    now = found.filter(led_by(by), pk=meeting.pk).first()
    if now is None:
        raise NotPermitted("meeting")
    if still and now.closed_at:
        raise NotRight({"": "The meeting is closed. Nothing of it changes any more."})
    return now


def item_of(meeting: Meeting, number: int, *, by: User) -> AgendaItem:
    """One item of the agenda about somebody the user may bring to a meeting. Raises NotPermitted."""
    items = meeting.items.select_for_update(of=("self",)).select_related("person")
    found = items.filter(number=number, person__in=seen_by(by).values("pk")).first()
    if found is None:
        raise NotPermitted("agenda")
    return found
