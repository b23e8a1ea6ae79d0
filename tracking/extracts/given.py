"""To whom a list that named somebody was given."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from neet.audit.models import AuditEvent
from tracking.extracts.kinds import Kind
from tracking.extracts.models import Extract
from tracking.rights.statements import Given

WHAT = "A list of young people with your name"


def given(person_id: int) -> Iterator[Given]:
    """Each list made that named them and was downloaded; two statements."""
    events = AuditEvent.objects.filter(kind=str(Kind.MADE), subjects__contains=[person_id])
    made = [int(counts["extract"]) for counts in events.values_list("counts", flat=True)]
    for each in Extract.objects.filter(pk__in=made, taken__gt=0).order_by("made_at", "pk"):
        if each.made_at:
            yield Given(each.given_to, WHAT, localdate(each.made_at))
