"""How every expected return stands, counted and listed the same way, and whom it keeps waiting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    Exists,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from neet.accounts.models import User
from neet.statements.once import built_once
from neet.statements.parts import Fixed
from returns.calendar.models import Collection, ExpectedReturn, Notice
from returns.calendar.queries.expected import DUE_ON, OPEN, collections_of, received_by
from returns.calendar.rules.deadlines import Deadline, last_late
from returns.intake.layouts import ROLLS
from returns.intake.models import Intake, IntakeRow
from schools.models import Contact
from tracking.models import Situation
from tracking.rules.academic_year import birth_range

State = Intake.State
WAIVED, NIL, TO_LOOK_AT, TO_ACCEPT, ACCEPTED, SENT_BACK, BEGUN, NOT_STARTED = (
    "waived", "nil", "to_look_at", "to_accept", "accepted", "sent_back", "begun", "not_started",
)  # fmt: skip
LATE, NOT_ANSWERED, NEEDS_US, ANSWERED = "late", "not_answered", "needs_us", "answered"

STANDINGS: Mapping[str, tuple[str, str]] = {
    NOT_STARTED: ("Not started", "waiting"),
    BEGUN: ("Being prepared", "waiting"),
    SENT_BACK: ("Sent back", "attention"),
    TO_LOOK_AT: ("Rows to look at", "attention"),
    TO_ACCEPT: ("To be accepted", "attention"),
    ACCEPTED: ("Accepted", "good"),
    NIL: ("Nothing to return", "good"),
    WAIVED: ("Not asked for", "plain"),
}
# What the list may be narrowed to: one standing, or several under one word; late whatever else it is.
GROUPS: Mapping[str, tuple[str, frozenset[str]]] = {
    LATE: ("Late", frozenset()),
    NOT_ANSWERED: ("Not answered", frozenset({NOT_STARTED, BEGUN, SENT_BACK})),
    NEEDS_US: ("Waiting for us", frozenset({TO_LOOK_AT, TO_ACCEPT})),
    ANSWERED: ("Answered", frozenset({TO_LOOK_AT, TO_ACCEPT, ACCEPTED, NIL})),
    **{slug: (words, frozenset({slug})) for slug, (words, _) in STANDINGS.items()},
}


def in_group(group: str) -> Q:
    """The condition of a group."""
    if group == LATE:
        return Q(is_late=True)
    return OPEN if group == NOT_ANSWERED else Q(standing__in=GROUPS[group][1])


def with_deadline(found: QuerySet[ExpectedReturn], on: date) -> QuerySet[ExpectedReturn]:
    """Each with `deadline_on` and `is_late`."""
    is_over = OPEN & Q(collection__closed_on=None, deadline_on__lte=last_late(on))
    late = Case(When(is_over, then=True), default=False, output_field=BooleanField())
    return found.annotate(deadline_on=DUE_ON).annotate(is_late=late)


def with_standing(found: QuerySet[ExpectedReturn], on: date) -> QuerySet[ExpectedReturn]:
    """Each with `standing`, `is_late`, `deadline_on` and `doubtful`, the rows somebody has to look at."""
    of_it = Intake.objects.filter(expected=OuterRef("pk")).order_by("-version")
    applied = of_it.filter(state__in=Intake.APPLIED).values("state")[:1]
    newest = of_it.exclude(state__in=[State.REFUSED, State.WITHDRAWN]).values("state")[:1]
    return with_deadline(found, on).annotate(
        applied_state=Subquery(applied),
        newest_state=Subquery(newest),
        doubtful=Coalesce(Subquery(_doubtful_rows()), 0, output_field=IntegerField()),
        standing=Case(
            When(waived_on__isnull=False, then=Value(WAIVED)),
            When(nil_at__isnull=False, then=Value(NIL)),
            When(sent_at__isnull=False, doubtful__gt=0, then=Value(TO_LOOK_AT)),
            When(sent_at__isnull=False, applied_state=State.CONFIRMED, then=Value(TO_ACCEPT)),
            When(sent_at__isnull=False, then=Value(ACCEPTED)),
            When(newest_state=State.REJECTED, then=Value(SENT_BACK)),
            When(newest_state__in=Intake.OPEN, then=Value(BEGUN)),
            default=Value(NOT_STARTED),
            output_field=CharField(),
        ),
    )


def _doubtful_rows() -> QuerySet[Any, Any]:
    rows = IntakeRow.objects.filter(
        intake__expected=OuterRef("pk"),
        intake__state__in=Intake.APPLIED,
        found=IntakeRow.Found.DOUBTFUL,
        decided_at=None,
        left_out=False,
    )
    return rows.order_by().values("intake__expected").annotate(number=Count("pk")).values("number")


@dataclass(frozen=True)
class Wanted:
    """Which expected returns a list shows."""

    collection: Collection | None = None
    group: str = ""
    kind: str = ""


def board(user: User, wanted: Wanted, on: date) -> QuerySet[ExpectedReturn]:
    """Everything asked for by this user's councils that is not closed, or one collection, narrowed as wanted."""
    found = received_by(user).filter(collection=wanted.collection) if wanted.collection else running(user)
    if wanted.kind:
        found = found.filter(establishment__kind=wanted.kind)
    found = with_standing(found, on).select_related("collection", "establishment")
    return found.filter(in_group(wanted.group)) if wanted.group in GROUPS else found


def running(user: User) -> QuerySet[ExpectedReturn]:
    """Everything asked for by this user's councils that is not closed."""
    return received_by(user).filter(collection__closed_on=None, collection__published_at__isnull=False)


def counted(found: QuerySet[ExpectedReturn]) -> dict[str, int]:
    """How many of these stand how, by group, and `all`; one statement."""
    return _by_group(_standings(found))


def counted_everywhere(user: User, on: date) -> dict[str, int]:
    """The same of everything that runs at this user's councils."""
    return _by_group(_all_standings(user, on))


@built_once
def _all_standings(user: User, on: date) -> QuerySet[ExpectedReturn, Any]:
    return _standings(board(user, Wanted(), on))


def _standings(found: QuerySet[ExpectedReturn]) -> QuerySet[ExpectedReturn, Any]:
    # A column with_standing adds.
    return found.order_by().values_list("standing", "is_late").annotate(number=Count("pk"))  # type: ignore[misc]


def _by_group(rows: Iterable[tuple[str, bool, int]]) -> dict[str, int]:
    counts = dict.fromkeys([*GROUPS, "all"], 0)
    for standing, is_late, number in rows:
        counts["all"] += number
        for group, (_, standings) in GROUPS.items():
            if (is_late and group == LATE) or standing in standings:
                counts[group] += number
    return counts


@dataclass(frozen=True)
class Line:
    """One line of the board."""

    expected: ExpectedReturn
    words: str
    tone: str
    due: str
    written_on: date | None
    rang_on: date | None
    telephone: str
    may_be_reminded: bool

    @property
    def said(self) -> str:
        """What the box of this line is called when it is read out: an establishment may wait with several returns."""
        return f"{self.expected.sent_by}, {self.expected.collection.title}"

    @property
    def may_be_ticked(self) -> bool:
        return self.may_be_reminded or self.words == STANDINGS[TO_ACCEPT][0]


def lines_of(found: Sequence[ExpectedReturn], on: date) -> list[Line]:
    """These as the board shows them, with the day somebody was last written to or rung up, and whom to ring; two
    statements more."""
    K = Notice.Kind
    asked = Notice.objects.filter(expected__in=found, kind__in=[K.ISSUED, K.REMINDER, K.RANG]).order_by()
    days = {
        row["expected"]: (row["written"], row["reminded"], row["rang"])
        for row in asked.values("expected").annotate(
            written=Max("day", filter=~Q(kind=K.RANG)),
            reminded=Max("day", filter=Q(kind=K.REMINDER)),
            rang=Max("day", filter=Q(kind=K.RANG)),
        )
    }
    numbers = _telephones(found)
    return [
        _line(each, days.get(each.pk, (None, None, None)), numbers.get(each.pk, ""), on) for each in found
    ]


def _telephones(found: Sequence[ExpectedReturn]) -> dict[int, str]:
    """Whom to ring about each of these that is open: the council's contact for returns there, with their number."""
    still_open = [each for each in found if each.establishment_id and not each.is_answered]
    places = {each.establishment_id for each in still_open}
    contacts = Contact.objects.filter(establishment__in=places, purpose=Contact.Purpose.RETURNS)
    numbers = {
        (authority, place): f"{name}, {telephone}"
        for authority, place, name, telephone in contacts.exclude(telephone="")
        .order_by("-pk")
        .values_list("authority", "establishment", "name", "telephone")
    }
    return {
        each.pk: numbers.get((each.collection.authority_id, each.establishment_id or 0), "")
        for each in still_open
    }


Days = tuple[date | None, date | None, date | None]
"""When an establishment was last written to, reminded and rung up."""


def _line(expected: ExpectedReturn, days: Days, telephone: str, on: date) -> Line:
    words, tone = STANDINGS[expected.standing]  # type: ignore[attr-defined]  # a column with_standing adds
    due = Deadline(expected.deadline_on).words(on)  # type: ignore[attr-defined]  # a column with_standing adds
    is_open = not expected.is_answered and expected.collection.closed_on is None
    written_on, reminded_on, rang_on = days
    may_be_reminded = is_open and reminded_on != on
    return Line(
        expected, words, tone, due if is_open else "", written_on, rang_on, telephone, may_be_reminded
    )


@dataclass(frozen=True)
class CollectionLine:
    """One collection: of those who are asked how many have answered; and who is not asked any more."""

    collection: Collection
    asked: int
    answered: int
    waived: int
    late: int
    needs_us: int


def collection_lines(found: Sequence[Collection], on: date) -> list[CollectionLine]:
    """These with their counts; one statement."""
    rows = with_standing(ExpectedReturn.objects.filter(collection__in=found), on).order_by()
    grouped: dict[int, list[tuple[str, bool, int]]] = defaultdict(list)
    # A column with_standing adds.
    for pk, *row in rows.values_list("collection", "standing", "is_late").annotate(number=Count("pk")):  # type: ignore[misc]
        grouped[pk].append((row[0], row[1], row[2]))
    return [_collection_line(each, _by_group(grouped[each.pk])) for each in found]


def _collection_line(collection: Collection, counts: Mapping[str, int]) -> CollectionLine:
    asked = counts["all"] - counts[WAIVED]
    return CollectionLine(collection, asked, counts[ANSWERED], counts[WAIVED], counts[LATE], counts[NEEDS_US])


def choices_of(user: User) -> list[tuple[str, str]]:
    """The collections a list may be narrowed to, newest first, with the word for all that are running."""
    rows = collections_of(user).filter(published_at__isnull=False).values_list("pk", "title")
    return [("", "All that are running"), *((str(pk), title) for pk, title in rows)]


@dataclass(frozen=True)
class Waiting:
    """An establishment whose return is due, and how many 16 and 17 year olds are believed to be there."""

    expected: ExpectedReturn
    people: int
    is_late: bool
    due: str


def waiting(user: User, on: date, most: int) -> list[Waiting]:
    """Establishments that have still to say who is there, by their nearest deadline, most young people first: nobody
    rings these up before their school or college had its say."""
    return [
        # A column with_standing adds.
        Waiting(each, each.people, each.is_late, Deadline(each.deadline_on).words(on))  # type: ignore[attr-defined]
        for each in _waiting(user, on, Fixed(most))
    ]


@built_once
def _waiting(user: User, on: date, most: Fixed) -> QuerySet[ExpectedReturn]:
    (first, _), (_, last) = birth_range(17, on), birth_range(16, on)
    there = Situation.objects.filter(
        activity__establishment=OuterRef("establishment"),
        person__authority=OuterRef("collection__authority"),
        person__date_of_birth__range=(first, last),
    )
    number = there.order_by().values("activity__establishment").annotate(number=Count("pk")).values("number")
    asked = running(user).filter(OPEN, collection__opens_on__lte=on, collection__type__in=ROLLS)
    found = with_deadline(asked, on).select_related("collection", "establishment")
    # A column with_deadline adds.
    by_deadline = found.order_by("establishment_id", "deadline_on", "pk")  # type: ignore[misc]
    nearest = by_deadline.distinct("establishment_id").values("pk")
    found = found.filter(pk__in=nearest).annotate(
        people=Coalesce(Subquery(number), 0, output_field=IntegerField())
    )
    return found.order_by("-people", "establishment__name", "pk")[:most]


def contacts_of(expected: ExpectedReturn) -> list[Contact]:
    """Whom this council asks about returns there."""
    asked = Contact.objects.filter(
        authority=expected.collection.authority_id, establishment=expected.establishment_id
    )
    return list(asked.filter(purpose=Contact.Purpose.RETURNS).order_by("pk"))


def not_reminded(found: QuerySet[ExpectedReturn], on: date) -> QuerySet[ExpectedReturn]:
    """Those who may be reminded now: open, and not reminded today."""
    today = Notice.objects.filter(expected=OuterRef("pk"), kind=Notice.Kind.REMINDER, day=on)
    return found.filter(OPEN, ~Exists(today), collection__closed_on=None)


SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("deadline_on", "establishment__name", "pk"),
    "name": ("establishment__name", "pk"),
    "rows": ("-doubtful", "deadline_on", "establishment__name", "pk"),
    "sent": ("-sent_at", "establishment__name", "pk"),
}
