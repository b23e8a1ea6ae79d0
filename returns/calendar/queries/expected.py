"""Which answers are due, how they stand, and what was written about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.messages.models import Message
from returns.calendar.models import Collection, ExpectedReturn, Notice
from returns.calendar.rules.deadlines import Deadline, deadline
from returns.calendar.rules.noticing import REACH
from schools.models import Establishment

OPEN = Q(sent_at__isnull=True, nil_at__isnull=True, waived_on__isnull=True)
NOT_CLOSED = Q(collection__closed_on__isnull=True, collection__published_at__isnull=False)
DUE_ON = Coalesce("extended_to", "collection__due_on")
OF_A_LIST = ExpectedReturn.objects.filter(collection=OuterRef("pk"), establishment=None)


def deadline_of(expected: ExpectedReturn) -> Deadline:
    """When this establishment's answer is due; its collection is fetched beside it."""
    return deadline(expected.collection.due_on, expected.extended_to)


def collections_of(user: User) -> QuerySet[Collection]:
    """What the councils this user receives returns for ask, newest first; lists from elsewhere are asked of nobody."""
    places = scope_of(user).where(Permission.RETURN_RECEIVE)
    here = {place.authority_id for place in places if not place.establishment_id}
    asked = Collection.objects.filter(authority__in=here).exclude(Exists(OF_A_LIST))
    return asked.order_by("-due_on", "title")


def received_by(user: User) -> QuerySet[ExpectedReturn]:
    """The expected returns of those collections."""
    return ExpectedReturn.objects.filter(collection__in=collections_of(user).order_by().values("pk"))


def not_answered(near: date) -> QuerySet[ExpectedReturn]:
    """What is asked for and open, with a deadline near enough to this day that something may be said about it."""
    return (
        ExpectedReturn.objects.filter(OPEN & NOT_CLOSED, establishment__isnull=False)
        .annotate(deadline_on=DUE_ON)
        .filter(deadline_on__range=(near - REACH, near + REACH))
        .select_related("collection__authority", "establishment")
    )


def due_here(user: User, on: date) -> QuerySet[ExpectedReturn]:
    """What is asked of the establishments of this user and may be answered on the day, nearest deadline first."""
    asked = ExpectedReturn.objects.visible_to(user).running(on)
    found = asked.filter(waived_on__isnull=True, establishment__isnull=False)
    return found.select_related("collection", "establishment").order_by(DUE_ON, "establishment__name")


def audience(collection: Collection, kinds: Iterable[str]) -> QuerySet[Establishment]:
    """The open establishments of these kinds that the council can ask: those of its own area, and those elsewhere at
    which it has a contact or an account. Schools that end at 16 have no one to return after that."""
    authority = collection.authority
    asked = Q(la_code=authority.code) | Q(contacts__authority=authority) | Q(memberships__authority=authority)
    found = Establishment.objects.filter(asked, kind__in=list(kinds), closed_on__isnull=True)
    return found.filter(highest_year_group__gt=11).distinct().order_by("name", "pk")


@dataclass(frozen=True)
class Written:
    """One message about an expected return and what became of it. Nothing tells us that a message was read; that
    somebody signed in after it went, does."""

    id: int
    kind: str
    day: date
    to: str
    state: str
    tone: str
    sent_at: datetime | None
    seen_at: datetime | None
    may_go_again: bool


TONES = {
    Message.State.SENT: "good",
    Message.State.DELIVERED: "good",
    Message.State.WAITING: "waiting",
    Message.State.SENDING: "waiting",
}
NOBODY_ELSE = "Contact for returns"
AGAIN = frozenset(
    {
        *Message.WENT,
        Message.State.FAILED,
        Message.State.STOPPED,
        Message.State.UNREACHABLE,
        Message.State.UNSURE,
    }
)


def written(expected: Sequence[ExpectedReturn]) -> dict[int, list[Written]]:
    """What was written about these, newest first, by expected return. Two statements."""
    notices = list(
        Notice.objects.filter(expected__in=expected)
        .exclude(kind__in=[Notice.Kind.LATE, Notice.Kind.RANG])
        .select_related("to_user")
        .order_by("-day", "-pk")
    )
    messages = Message.objects.in_bulk([each.message_id for each in notices if each.message_id])
    found: dict[int, list[Written]] = {each.pk: [] for each in expected}
    for notice in notices:
        found[notice.expected_id].append(_written(notice, messages.get(notice.message_id or 0)))
    return found


def _written(notice: Notice, message: Message | None) -> Written:
    state = Message.State(message.state) if message else None
    sent_at = message.sent_at if message else None
    seen = notice.to_user.last_login if notice.to_user else None
    return Written(
        id=notice.pk,
        kind=notice.get_kind_display(),
        day=notice.day,
        to=notice.to_user.name if notice.to_user else NOBODY_ELSE,
        state=state.label if state else "No longer kept",
        tone=TONES.get(state, "attention") if state else "plain",
        sent_at=sent_at,
        seen_at=seen if seen and sent_at and seen >= sent_at else None,
        may_go_again=state in AGAIN,
    )


def late_on(on: date) -> QuerySet[Notice]:
    """The council's lists of that day: who had not answered."""
    return Notice.objects.filter(kind=Notice.Kind.LATE, day=on).order_by(F("expected__establishment__name"))
