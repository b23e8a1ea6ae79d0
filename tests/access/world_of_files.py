"""For the world of addresses: a file put out for a school, and a link by which it may send one return."""

from datetime import date
from typing import Any

from neet import clock
from neet.files.actions import store
from returns.calendar.models import ExpectedReturn
from returns.exchange.actions.parcels import put_out
from returns.exchange.models import Parcel
from returns.exchange.statements import ForOne, Told
from returns.intake.models import UploadLink


def build_files(expected: ExpectedReturn) -> dict[str, Any]:
    """What lies there for the place of a return, and its link."""
    authority, place = expected.collection.authority, expected.establishment
    assert place is not None
    file = store(
        source=[b"%PDF-1.4 hello"],
        name="Term dates.pdf",
        purpose="exchange",
        by=None,
        authority_id=authority.pk,
    )
    told = Told(Parcel.Kind.TALK, "Term dates", "", date(2099, 1, 1))
    parcel = put_out(authority=authority, told=told, files=[ForOne(place.pk, file)], by=None)
    link = UploadLink.objects.create(
        expected=expected, digest=f"digest {expected.pk}", expires_on=date(2099, 1, 1)
    )
    # Collected, so that a walk that takes it changes nothing.
    parcel.files.update(collected_at=clock.now())
    return {"parcel": parcel.ref, "parcel_file": parcel.files.get().ref, "upload_link": link.pk}
