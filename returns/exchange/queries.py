"""What lies there for whom, until when, and who collected it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.messages.models import Message
from returns.exchange.models import Parcel, ParcelFile


class NotThere(LookupError):
    """Nothing of this number lies there for this reader."""


def parcels_of(user: User) -> QuerySet[Parcel]:
    """What this user's councils put out, the newest first, with how many establishments and how many collected."""
    found = Parcel.objects.filter(authority__in=_councils(user)).select_related("made_by")
    return found.annotate(
        asked=Count("files"),
        collected=Count("files", filter=Q(files__collected_at__isnull=False)),
        answers=Count("files", filter=Q(files__answered_at__isnull=False)),
    ).order_by("-made_at", "-pk")


def parcel_of(user: User, ref: UUID) -> Parcel:
    """One of them. Raises NotThere."""
    found = parcels_of(user).select_related("authority", "made_by").filter(ref=ref).first()
    if found is None:
        raise NotThere
    return found


def there_on(on: date) -> Q:
    """Still to be collected on a day."""
    return Q(parcel__withdrawn_at__isnull=True, parcel__ends_on__gte=on)


def files_for(user: User, on: date) -> QuerySet[ParcelFile]:
    """What lies there for the establishments this user collects for, what is new first."""
    own = Q(pk__in=[])
    for place in scope_of(user).where(Permission.EXCHANGE_COLLECT):
        own |= Q(parcel__authority_id=place.authority_id, establishment_id=place.establishment_id)
    found = ParcelFile.objects.filter(own, there_on(on)).select_related(
        "parcel__authority", "establishment", "file", "collected_by"
    )
    new_first = F("collected_at").desc(nulls_first=True)
    return found.order_by(new_first, "-parcel__made_at", "establishment__name", "pk")


def file_to_collect(user: User, ref: UUID, on: date) -> ParcelFile:
    """A file that lies there on the day for one of this user's establishments. Raises NotThere."""
    return _one(files_for(user, on), ref)


def file_put_out(user: User, ref: UUID) -> ParcelFile:
    """A file this user's council put out, there still or not. Raises NotThere."""
    found = ParcelFile.objects.filter(parcel__authority__in=_councils(user))
    return _one(found.select_related("parcel__authority", "establishment", "file"), ref)


def _one(files: QuerySet[ParcelFile], ref: UUID) -> ParcelFile:
    found = files.filter(ref=ref).first()
    if found is None:
        raise NotThere
    return found


def _councils(user: User) -> set[int]:
    places = scope_of(user).where(Permission.RETURN_RECEIVE)
    return {place.authority_id for place in places if place.authority_id and not place.establishment_id}


@dataclass(frozen=True)
class FileLine:
    """One establishment's file: collected or not, and what became of the message about it."""

    found: ParcelFile
    message: str
    tone: str


State = Message.State
STATES = {
    State.WAITING: ("On its way", "waiting"),
    State.SENDING: ("On its way", "waiting"),
    State.SENT: ("Sent", "good"),
    State.DELIVERED: ("Delivered", "good"),
    State.RETURNED: ("No such address", "bad"),
    State.STOPPED: ("Not sent: they asked for none", "attention"),
    State.UNREACHABLE: ("Not sent: no address", "bad"),
}
NOBODY, NOT_YET = ("Nobody to write to", "attention"), ("Not told yet", "waiting")
NO_LONGER_KEPT, FAILED = ("Told", "good"), ("Could not be sent", "bad")


def lines_of(files: Iterable[ParcelFile]) -> list[FileLine]:
    """The files as the council's page lists them; one statement for their messages."""
    rows = list(files)
    messages = Message.objects.filter(pk__in=[each.message_id for each in rows if each.message_id])
    states = dict(messages.values_list("pk", "state"))
    return [FileLine(each, *_told(each, states)) for each in rows]


def _told(found: ParcelFile, states: dict[int, str]) -> tuple[str, str]:
    if found.message_id is None:
        return NOBODY if found.noticed_at else NOT_YET
    state = states.get(found.message_id)
    return STATES.get(State(state), FAILED) if state else NO_LONGER_KEPT
