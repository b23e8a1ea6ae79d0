"""Requests by the day they are to be answered: whose desk they lie on, and how their clock stands."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.ui.words import many
from neet.working_days import on_or_after
from tracking.register.models import AccessGrant
from tracking.rights.models import RightsRequest
from tracking.rights.statements import Given
from tracking.rules.rights import WARNED_DAYS, Asked, due_on, extended_until

State = RightsRequest.State
OPEN, LATE, ANSWERED = "open", "late", "answered"
DONE = (State.DONE, State.PARTLY, State.REFUSED, State.WITHDRAWN)
TONES = {State.DONE: "good", State.PARTLY: "good", State.REFUSED: "bad", State.WITHDRAWN: "plain"}


@dataclass(frozen=True)
class Wanted:
    """Which requests: open, late or answered; of one kind or of all."""

    state: str = OPEN
    kind: str = ""


def seen_by(user: User) -> QuerySet[RightsRequest]:
    """Requests to the councils whose information this user governs; of a restricted record only those of whoever is
    named for it. The request is the reason for which they read it."""
    here = [place.authority_id for place in scope_of(user).where(Permission.COPY_GIVE)]
    named = AccessGrant.objects.filter(
        person=OuterRef("person"), user=user, kind=AccessGrant.Kind.NAMED, until__isnull=True
    )
    open_to_them = Q(person__restricted_on__isnull=True) | Q(Exists(named))
    return RightsRequest.objects.filter(open_to_them, authority__in=here)


def wanted_requests(user: User, wanted: Wanted, on: date) -> QuerySet[RightsRequest]:
    """Those wanted, unordered."""
    state = {
        OPEN: Q(state=State.OPEN),
        LATE: Q(state=State.OPEN, due_on__lt=on),
        ANSWERED: ~Q(state=State.OPEN),
    }.get(wanted.state, Q())
    found = seen_by(user).filter(state)
    return found.filter(kind=wanted.kind) if wanted.kind else found


@dataclass(frozen=True)
class Clock:
    """How long we still have, in words and colour."""

    words: str
    tone: str


def clock_of(request: RightsRequest, on: date) -> Clock:
    if request.state != State.OPEN:
        return Clock(request.get_state_display(), TONES[State(request.state)])
    if request.identity_on is None:
        return Clock("Make sure who asks", "waiting")
    if request.due_on is None:
        return Clock("They have to say what they mean", "waiting")
    left = (request.due_on - on).days
    if left < 0:
        return Clock(f"{many(-left, 'day,days')} late", "bad")
    if left == 0:
        return Clock("To be answered today", "attention")
    return Clock(f"{many(left, 'day,days')} left", "attention" if left <= WARNED_DAYS else "waiting")


@dataclass(frozen=True)
class Line:
    """One request as its list shows it."""

    request: RightsRequest
    name: str
    clock: Clock


def lines_of(requests: QuerySet[RightsRequest], on: date) -> tuple[Line, ...]:
    """These requests with whose they are: one statement."""
    return tuple(
        Line(each, each.person.full_name, clock_of(each, on)) for each in requests.select_related("person")
    )


def by_due_day(requests: QuerySet[RightsRequest]) -> QuerySet[RightsRequest]:
    """The first to be answered first; then those whose time does not run."""
    return requests.order_by(F("due_on").asc(nulls_last=True), "asked_on", "pk")


def days_of(request: RightsRequest) -> Asked:
    """The days the law's clock looks at."""
    return Asked(
        request.asked_on,
        request.identity_on,
        request.unclear_on,
        request.clear_on,
        request.extended_on is not None,
    )


def due_day(request: RightsRequest) -> date | None:
    """The day by which it is to be answered, from its days as they stand; None while the time does not run."""
    return due_on(days_of(request), on_or_after)


def may_take_longer(request: RightsRequest, on: date) -> bool:
    """Whether two months more may still be taken."""
    until = extended_until(days_of(request), on_or_after)
    return request.extended_on is None and until is not None and on <= until


@dataclass(frozen=True)
class Counted:
    """What lies on the desk of information governance."""

    open: int
    soon: int
    late: int


def counted(user: User, on: date) -> Counted:
    """For the first page, in one statement."""
    soon = Q(due_on__range=(on, date.fromordinal(on.toordinal() + WARNED_DAYS)))
    sums = (
        seen_by(user)
        .filter(state=State.OPEN)
        .aggregate(open=Count("pk"), soon=Count("pk", filter=soon), late=Count("pk", filter=Q(due_on__lt=on)))
    )
    return Counted(**sums)


def of_person(person_id: int) -> QuerySet[RightsRequest]:
    """All of one young person, the open ones first."""
    return RightsRequest.objects.filter(person=person_id).order_by(
        F("answered_on").desc(nulls_first=True), "-pk"
    )


def given_to_others(person_id: int) -> list[Given]:
    """Whom we gave something of this record, as the floors above know it (settings.GIVEN_TO_OTHERS), newest first."""
    found = [given for path in settings.GIVEN_TO_OTHERS for given in import_string(path)(person_id)]
    return sorted(set(found), key=lambda each: (each.on, each.name, each.what), reverse=True)
