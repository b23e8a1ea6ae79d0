"""What of somebody the Department for Education was given in the monthly files."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from neet.ui.words import month
from returns.nccis.models import SentRecord
from tracking.rights.statements import Given

DEPARTMENT = "Department for Education"


def given(person_id: int) -> Iterator[Given]:
    """Each monthly file that was sent and holds them; one statement."""
    sent = SentRecord.objects.filter(person=person_id, submission__sent_at__isnull=False)
    for each in sent.select_related("submission").order_by("-period_end", "-pk"):
        yield Given(DEPARTMENT, f"Monthly file, {month(each.period_end)}", localdate(each.submission.sent_at))
