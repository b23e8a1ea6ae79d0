"""What a young person of the world asked of the council, by what an address may name."""

from datetime import date
from typing import Any

from neet import clock
from neet.accounts.models import User
from neet.files.actions import store
from schools.models import Service
from tests.access.world_of_work import Record
from tracking.register.models import AccessGrant
from tracking.rights.models import Copy, Entry, Recipient, RightsRequest, UnusualReading

ASKED_ON = date(2026, 10, 1)


def build_rights(record: Record, service: Service, by: User) -> dict[str, Any]:
    """A request for a copy that is being read through, somebody to be told, and an emergency."""
    request = RightsRequest.objects.create(
        authority=record.person.authority,
        person=record.person,
        kind=RightsRequest.Kind.COPY,
        asked_on=ASKED_ON,
        identity_on=ASKED_ON,
        due_on=ASKED_ON,
        recorded_by=by,
    )
    paper = store(
        source=[b"%PDF-1.7"],
        name="copy.pdf",
        purpose="copy of a record",
        by=by,
        authority_id=request.authority_id,
    )
    copy = Copy.objects.create(request=request, paper=paper)
    Entry.objects.create(copy=copy, number=1, about="tracking.Note", title="A note", text="Words")
    note = Entry.objects.create(copy=copy, number=2, about="tracking.Note", title="A note", service=service)
    told = Recipient.objects.create(request=request, name="Department", given="File", given_on=ASKED_ON)
    opened = AccessGrant.objects.create(
        person=record.person,
        user=by,
        kind="emergency",
        reason="At the door",
        until=ASKED_ON,
        granted_at=clock.now(),
    )
    reading = UnusualReading.objects.create(
        authority=record.person.authority,
        account=by,
        role="caseworker",
        people=60,
        late=3,
        beyond=0,
        colleagues=9,
    )
    return {
        "rights_request": request.pk,
        "recipient": told.pk,
        "rights_note": note.pk,
        "opening": opened.pk,
        "reading": reading.pk,
    }
