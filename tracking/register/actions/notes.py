"""What someone writes down about a young person."""

from datetime import timedelta

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Service
from tracking.register.actions.reach import changing, repeated
from tracking.register.kinds import Kind
from tracking.register.models import Note, YoungPerson
from tracking.register.refusals import NotRight

TWICE_WITHIN = timedelta(minutes=10)


def write_note(*, person: YoungPerson, text: str, by: User, service: Service | None = None) -> Note:
    """A note; with a service it is read by that service only, which must be one the writer works for.

    The same words twice within ten minutes are one note. Raises NotRight, NotPermitted.
    """
    if not text.strip():
        raise NotRight({"text": "Enter the note"})
    if service and service.pk not in {place.service_id for place in scope_of(by).places}:
        raise NotRight({"service": "Only somebody of that service can restrict a note to it"})
    with changing(person, Kind.NOTE_WRITTEN, permission=Permission.NOTE_WRITE, by=by) as (now, event):
        since = clock.now() - TWICE_WITHIN
        same = now.notes.filter(
            written_by=by, text=text.strip(), service=service, written_at__gte=since
        ).first()
        if same:
            repeated(event)
            return same
        return Note.objects.create(person=now, text=text.strip(), service=service, written_by=by)
