"""The copy of a record while it is made: its parts, what still waits, and who may do the next step."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.jobs.models import Job
from tracking.register.models import YoungPerson
from tracking.rights.kinds import Kind
from tracking.rights.models import Copy, Entry, RightsRequest
from tracking.rights.queries.requests import seen_by

ALL, OTHERS, HELD, SERVICE = "", "others", "held", "service"
WAITS = Q(service__isnull=False, released_at__isnull=True)
TREATED = ~Q(held="") | Q(is_replaced=True)


@dataclass(frozen=True)
class Sums:
    """How many parts a copy has, and of which kinds."""

    parts: int
    others: int
    treated: int
    waiting: int


def copy_of(request: RightsRequest) -> Copy | None:
    """The copy made for a request, where it has been gathered."""
    return (
        Copy.objects.filter(request=request)
        .select_related("read_by", "agreed_by", "given_by", "paper", "data")
        .first()
    )


def copies_seen_by(user: User) -> QuerySet[Copy]:
    """Copies made for requests this user may see."""
    return Copy.objects.filter(request__in=seen_by(user).values("pk"))


def sums_of(copy: Copy) -> Sums:
    found = copy.entries.aggregate(
        parts=Count("pk"),
        others=Count("pk", filter=Q(names_others=True)),
        treated=Count("pk", filter=TREATED),
        waiting=Count("pk", filter=WAITS & Q(held="")),
    )
    return Sums(**found)


def entries_of(copy: Copy, kind: str) -> QuerySet[Entry]:
    """The parts of a copy, all or of one kind, in their order."""
    wanted = {OTHERS: Q(names_others=True), HELD: TREATED, SERVICE: Q(service__isnull=False)}.get(kind, Q())
    return copy.entries.filter(wanted).select_related("service").order_by("number")


def needs_other(copy: Copy, user: User) -> bool:
    """Whether somebody else has to take the second look: where the council wants two people for what goes out."""
    return copy.request.authority.needs_second_person and copy.read_by_id == user.pk


def job_of(request: RightsRequest) -> Job | None:
    """The latest work on the copy, where it is not over or broke."""
    kinds = [Kind.GATHERING_ASKED, Kind.SETTING_ASKED]
    found = Job.objects.filter(kind__in=kinds, authority_id=request.authority_id, payload__request=request.pk)
    latest = found.order_by("-pk").first()
    return latest if latest and latest.state != Job.State.DONE else None


def services_of(user: User) -> set[int]:
    """The services this user works for and may write notes in."""
    return {place.service_id for place in scope_of(user).where(Permission.NOTE_WRITE) if place.service_id}


def waiting_notes(user: User) -> QuerySet[Entry]:
    """Restricted notes that wait for the word of their service before a copy goes out; of records this user sees."""
    visible = YoungPerson.objects.visible_to(user).values("pk")
    found = Entry.objects.filter(
        WAITS,
        held="",
        copy__state=Copy.State.GATHERED,
        copy__request__person__in=visible,
    )
    return found.select_related("copy__request__person", "service").order_by(
        "copy__request__due_on", "copy", "number"
    )


def notes_to_release(user: User) -> QuerySet[Entry]:
    """Those of this user's own services."""
    return waiting_notes(user).filter(service__in=services_of(user))
