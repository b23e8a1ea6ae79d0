"""Which schools and colleges were given a file that names somebody."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from neet.audit.models import AuditEvent
from returns.exchange.kinds import Kind
from returns.exchange.models import ParcelFile
from tracking.register.models import Activity
from tracking.rights.statements import Given

SEVERAL = "Schools and colleges"


def given(person_id: int) -> Iterator[Given]:
    """Each file put out that named them and was not taken away again: to the place they go to, where that is one of
    those that got a file; three statements."""
    events = AuditEvent.objects.filter(kind=str(Kind.PUT_OUT), subjects__contains=[person_id])
    parcels = [
        int(counts["parcel"]) for counts in events.values_list("counts", flat=True) if "parcel" in counts
    ]
    theirs = set(Activity.objects.filter(person=person_id).values_list("establishment", flat=True))
    files = ParcelFile.objects.filter(parcel__in=parcels, parcel__withdrawn_at=None)
    found: dict[int, list[ParcelFile]] = {}
    for each in files.select_related("parcel", "establishment").order_by(
        "parcel", "establishment__name", "pk"
    ):
        found.setdefault(each.parcel_id, []).append(each)
    for put_out in found.values():
        named = [each for each in put_out if each.establishment_id in theirs] or put_out[:1]
        known = len(put_out) == 1 or named[0].establishment_id in theirs
        for each in named:
            name = each.establishment.name if known else SEVERAL
            yield Given(name, each.parcel.title, localdate(each.parcel.made_at))
