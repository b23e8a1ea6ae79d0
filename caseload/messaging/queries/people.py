"""One young person's messages and whether they want any; where a message goes."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from caseload.messaging.models import BatchMessage, OptOut
from caseload.messaging.queries.batches import MessageLine, line_of
from neet import clock
from tracking.register.columns import objection_in_force, open_on
from tracking.register.models import ContactPoint

NEWEST = 3


def address_of(batch_message_id: int) -> str:
    """The number or address of a message of a batch at the moment it is sent; empty where it ended, may not be used,
    or they want none by now."""
    row = BatchMessage.objects.select_related("batch").filter(pk=batch_message_id).first()
    if row is None or row.contact_point_id is None or row.state != BatchMessage.State.HANDED_OVER:
        return ""
    on = clock.today()
    if standing_wishes(row.person_id).filter(Q(channel="") | Q(channel=row.batch.channel)).exists():
        return ""
    usable = ContactPoint.objects.filter(
        open_on(on), pk=row.contact_point_id, do_not_use=False, person__restricted_on=None
    ).exclude(Q(from_institution=True) & Q(objection_in_force(on, "person")))
    return usable.values_list("value", flat=True).first() or ""


def standing_wishes(person_id: int) -> QuerySet[OptOut]:
    """What they said they want no messages of, as it stands."""
    return OptOut.objects.filter(person=person_id, ended_at=None).order_by("since", "pk")


@dataclass(frozen=True)
class Messages:
    """The newest messages to somebody, and their wish for none."""

    wishes: tuple[OptOut, ...]
    lines: tuple[MessageLine, ...]


def messages_of(person_id: int) -> Messages:
    """Two statements."""
    rows = BatchMessage.objects.filter(person=person_id, state=BatchMessage.State.HANDED_OVER)
    found = rows.select_related("batch", "message", "link").order_by("-handed_over_at", "-pk")[:NEWEST]
    return Messages(tuple(standing_wishes(person_id)), tuple(line_of(row) for row in found))
