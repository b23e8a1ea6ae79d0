"""What a council asks for: planned, asked of establishments, closed; and a return expected of one alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.calendar.actions.telling import tell
from returns.calendar.kinds import Kind
from returns.calendar.models import Collection, ExpectedReturn, Notice
from returns.calendar.rules.deadlines import in_words
from schools.models import Authority, Establishment
from tracking.rules.academic_year import academic_year

AD_HOC_FOR = timedelta(days=14)


class Refused(ValueError):
    """This may not be done; the message says why in words for the page."""


@dataclass(frozen=True)
class Plan:
    """What is asked for, as things stand on which day, from when and until when, and when reminders go."""

    type: str
    title: str
    as_at: date
    opens_on: date
    due_on: date
    remind_days: tuple[int, ...] = ()

    @property
    def academic_year(self) -> int:
        return academic_year(self.as_at)


def plan(*, authority: Authority, what: Plan, by: User | None) -> Collection:
    """Write a collection into the calendar; nobody is asked yet. Raises Refused."""
    with recorded(Kind.PLANNED, by=by, authority_id=authority.pk) as event:
        collection = _saved(Collection(authority=authority, made_by=by), what)
        event.counts = {"collection": collection.pk}
    return collection


def change(*, collection: Collection, what: Plan, by: User) -> Collection:
    """Change what is planned. What was asked for already keeps its kind and the day it describes. Raises Refused."""
    if collection.published_at and (what.type, what.as_at) != (collection.type, collection.as_at):
        raise Refused("Schools were asked already: plan another collection for another return or day.")
    counts = {"collection": collection.pk}
    with recorded(Kind.CHANGED, by=by, authority_id=collection.authority_id, counts=counts):
        return _saved(collection, what)


def _saved(collection: Collection, what: Plan) -> Collection:
    if what.due_on < what.opens_on:
        raise Refused("The day it is due must be on or after the day it opens.")
    if what.due_on < what.as_at:
        raise Refused("The day it describes must be on or before the day it is due.")
    for name, value in asdict(what).items():
        setattr(collection, name, sorted(set(value)) if name == "remind_days" else value)
    if not collection.pattern:  # a line of the calendar stays in its year: September's list tells of August
        collection.academic_year = what.academic_year
    try:
        with transaction.atomic():
            collection.save()
    except IntegrityError:
        raise Refused("There is a collection of this title in that year already.") from None
    return collection


def publish(*, collection: Collection, establishments: Sequence[Establishment], by: User | None) -> int:
    """Ask these establishments; those asked before are not asked twice. How many were asked now.

    Each gets a message without a word about any young person. Raises Refused.
    """
    if collection.closed_on:
        raise Refused("This collection is closed. Open it again first.")
    with recorded(Kind.PUBLISHED, by=by, authority_id=collection.authority_id) as event:
        Collection.objects.select_for_update().get(pk=collection.pk)
        asked = set(collection.expected.values_list("establishment_id", flat=True))
        made = ExpectedReturn.objects.bulk_create(
            ExpectedReturn(collection=collection, establishment=each)
            for each in establishments
            if each.pk not in asked
        )
        collection.published_at = collection.published_at or clock.now()
        collection.save(update_fields=["published_at"])
        told = tell(expected=made, kind=Notice.Kind.ISSUED, on=clock.today())
        event.counts = {"collection": collection.pk, "asked": len(made), "messages": told}
    return len(made)


def close(*, collection: Collection, by: User) -> None:
    """Nothing more is taken for it after today, and nobody is reminded."""
    _close_or_open(collection, clock.today(), Kind.CLOSED, by)


def reopen(*, collection: Collection, by: User) -> None:
    """Take answers again."""
    _close_or_open(collection, None, Kind.REOPENED, by)


def _close_or_open(collection: Collection, on: date | None, kind: Kind, by: User) -> None:
    counts = {"collection": collection.pk}
    with recorded(kind, by=by, authority_id=collection.authority_id, counts=counts):
        collection.closed_on = on
        collection.save(update_fields=["closed_on"])


@dataclass(frozen=True)
class Sent:
    """What came by another road: which return, of whom, on which day."""

    authority: Authority
    establishment: Establishment
    type: str
    on: date


@dataclass(frozen=True)
class ListSent:
    """A list that no school sends: which, who keeps it, the day it speaks of, and whether it names everybody of whom it
    is true."""

    authority: Authority
    sender: str
    type: str
    as_at: date
    is_complete: bool


def list_brought(*, sent: ListSent, title: str, by: User | None) -> ExpectedReturn:
    """The answer a list becomes: the one the calendar asks its sender for now, which then speaks of the list's day;
    else one for each sender, kind and day. Said again to be whole or not, the later counts."""
    with recorded(Kind.LIST_BROUGHT, by=by, authority_id=sent.authority.pk) as event:
        made = _asked_of_sender(sent) or _made_for_sender(sent, title, by)
        made.is_complete = sent.is_complete
        made.save(update_fields=["is_complete"])
        event.counts = {"collection": made.collection_id, "expected": made.pk}
    return made


def _asked_of_sender(sent: ListSent) -> ExpectedReturn | None:
    """What the calendar asks this sender for and nobody answered or began to."""
    today = clock.today()
    running = ExpectedReturn.objects.running(today).filter(
        collection__authority=sent.authority,
        collection__type=sent.type,
        collection__published_at__isnull=False,
        collection__due_on__gte=sent.as_at,
        sender=sent.sender,
        sent_at=None,
        nil_at=None,
        waived_on=None,
        intakes=None,
    )
    planned = running.exclude(collection__pattern__in=["", Collection.AS_IT_COMES])
    found = planned.select_related("collection").order_by("collection__due_on", "pk").first()
    if found and found.collection.as_at != sent.as_at:
        found.collection.as_at = sent.as_at
        found.collection.save(update_fields=["as_at"])
    return found


def _made_for_sender(sent: ListSent, title: str, by: User | None) -> ExpectedReturn:
    today = clock.today()
    collection, _ = Collection.objects.get_or_create(
        authority=sent.authority,
        type=sent.type,
        academic_year=academic_year(sent.as_at),
        title=f"{title}, {in_words(sent.as_at)}",
        defaults={
            "pattern": Collection.AS_IT_COMES,
            "as_at": sent.as_at,
            "opens_on": today,
            "due_on": today + AD_HOC_FOR,
            "published_at": clock.now(),
            "made_by": by,
        },
    )
    return ExpectedReturn.objects.get_or_create(collection=collection, sender=sent.sender)[0]


def ad_hoc(*, sent: Sent, title: str, by: User | None) -> ExpectedReturn:
    """The running expected return of that kind of this establishment, nearest deadline first; where the council asks
    for none, one made for it alone, which is due a fortnight on."""
    running = ExpectedReturn.objects.running(sent.on).filter(
        collection__authority=sent.authority,
        collection__type=sent.type,
        collection__published_at__isnull=False,
        establishment=sent.establishment,
        waived_on__isnull=True,
    )
    found = running.select_related("collection").order_by("collection__due_on", "pk").first()
    return found or _made_for_one(sent, title, by)


def one_by_one(*, sent: Sent, title: str, by: User | None) -> ExpectedReturn:
    """The expected return of this establishment for what comes as it happens, one for each month; nobody is asked."""
    return _made_for_one(sent, title, by)


def _made_for_one(sent: Sent, title: str, by: User | None) -> ExpectedReturn:
    counts = {"establishment": sent.establishment.pk}
    with recorded(Kind.MADE_FOR_ONE, by=by, authority_id=sent.authority.pk, counts=counts):
        collection, _ = Collection.objects.get_or_create(
            authority=sent.authority,
            type=sent.type,
            academic_year=academic_year(sent.on),
            title=f"{title}, as it comes ({sent.on:%B %Y})",
            defaults={
                "pattern": Collection.AS_IT_COMES,
                "as_at": sent.on,
                "opens_on": sent.on,
                "due_on": sent.on + AD_HOC_FOR,
                "published_at": clock.now(),
                "made_by": by,
            },
        )
        made, _ = ExpectedReturn.objects.get_or_create(
            collection=collection, establishment=sent.establishment
        )
    return made
