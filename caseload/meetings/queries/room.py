"""What the screen in the meeting room may show: never more than everybody present may see (interface, meeting view)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from functools import reduce
from operator import and_

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from caseload.meetings.models import AgendaItem, Attendee, Decision, Meeting
from caseload.meetings.queries.agenda import DISCUSS, EVERYBODY, items_of, slots_of
from caseload.meetings.queries.decisions import LastTime, last_time
from caseload.meetings.queries.facts import seen_by
from caseload.meetings.rules.lengths import neet_for
from caseload.meetings.rules.reasons import Reason, in_words
from neet import clock
from neet.accounts.models import User
from neet.accounts.scope import keep_scopes, scope_of
from schools.queries import places_of_all
from tracking.models import Characteristic, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register import sight
from tracking.register.columns import asker, characteristics, open_on
from tracking.register.fields import characteristics_read
from tracking.register.queries.parts import characteristic_words
from tracking.register.queries.register import Line, lines_of
from tracking.rules.academic_year import year_group

# Reasons that say nothing of somebody's circumstances.
FOR_OUTSIDERS = frozenset(
    {Reason.NAMED, Reason.NEW, Reason.LONG, Reason.SILENT, Reason.NOT_REACHED, Reason.UNDONE}
)


@dataclass(frozen=True)
class Present:
    """Who looks at the screen: colleagues, and how many from outside."""

    users: tuple[User, ...]
    outsiders: tuple[Attendee, ...]

    @property
    def with_outsiders(self) -> bool:
        return bool(self.outsiders)


def present(meeting: Meeting, by: User, service: int | None = None, *, all_parts: bool = False) -> Present:
    """Who is here in a service's part: those of the whole meeting and those of that part; in all of them, everybody."""
    here = meeting.attendees.filter(is_here=True).select_related("user")
    there = [each for each in here if all_parts or each.service_id in (None, service)]
    return Present(colleagues_among(there, by), tuple(each for each in there if each.user is None))


def colleagues_among(attendees: Iterable[Attendee], by: User) -> tuple[User, ...]:
    """The colleagues with the places they hold, all read in one statement, and whoever asks."""
    users = {each.user.pk: each.user for each in attendees if each.user and each.user.pk != by.pk}
    keep_scopes(users.values(), places_of_all(users, clock.today()))
    return (by, *users.values())


def seen_by_all(who: Present) -> QuerySet[YoungPerson]:
    """The young people whom every colleague present may see; restricted records never."""
    today, others = clock.today(), who.users[1:]
    all_see = reduce(and_, (sight.rows(scope_of(each), today) for each in others), Q())
    return seen_by(who.users[0]).filter(all_see)


def blind(who: Present, person: int) -> tuple[str, ...]:
    """The colleagues present who may not see somebody."""
    return tuple(
        each.name
        for each in who.users
        if not YoungPerson.objects.filter(sight.rows(scope_of(each), clock.today()), pk=person).exists()
    )


@dataclass(frozen=True)
class RoomCase:
    """One young person on the screen. With somebody from outside present `person` is None and a number stands for
    them; where a colleague present may not see them, nothing is shown at all."""

    item: AgendaItem
    person: Line | None
    is_hidden: bool
    year: int | None
    neet_for: str
    reasons: tuple[str, ...]
    groups: tuple[str, ...]
    before: str
    decided_before: tuple[Decision, ...]
    decisions: tuple[Decision, ...]
    who: Present

    @property
    def title(self) -> str:
        return self.person.name if self.person else f"Case {self.item.number}"


@dataclass(frozen=True)
class Standing:
    """Where the meeting is: whose part, which of how many, and the ways on and back."""

    part: str
    ends: time | None
    minutes: int
    place: int
    of: int
    settled: int
    before: int | None
    after: int | None


def room_case(meeting: Meeting, item: AgendaItem, by: User, on: date) -> RoomCase:
    """One young person as the screen may show them."""
    who = present(meeting, by, item.service_id)
    people = seen_by_all(who).filter(pk=item.person_id)
    lines = lines_of(people, by, on, beside=who.users)
    line = lines[0] if lines else None
    shown = None if line is None or who.with_outsiders else line
    born = item.person.date_of_birth
    before = _outcome_before(meeting, item) if shown else None
    since = line.standing.facts.neet_since if line else None
    return RoomCase(
        item=item,
        person=shown,
        is_hidden=line is None,
        year=year_group(born, on) if line and born else None,
        neet_for=neet_for(since, on),
        reasons=in_words(each for each in item.why if not who.with_outsiders or each in FOR_OUTSIDERS),
        groups=_groups(item.person_id, who, on) if shown else (),
        before=before.outcome if before else "",
        decided_before=tuple(_decisions(before)) if before else (),
        decisions=tuple(_decisions(item)),
        who=who,
    )


def _outcome_before(meeting: Meeting, item: AgendaItem) -> AgendaItem | None:
    """What was said of them the last time they were talked about at such a meeting."""
    of_kind = AgendaItem.objects.filter(person=item.person_id, meeting__type=meeting.type_id)
    before = of_kind.filter(meeting__held_on__lt=meeting.held_on, meeting__closed_at__isnull=False)
    return before.exclude(settled_at=None).filter(treatment=DISCUSS).order_by("-meeting__held_on").first()


def _decisions(item: AgendaItem) -> QuerySet[Decision]:
    return item.decisions.select_related("task__owner", "task__service").order_by("pk")


def _groups(person: int, who: Present, on: date) -> tuple[str, ...]:
    """The circumstances all present may read."""
    rules = ruleset(on)
    codes = frozenset({*rules.characteristics, Characteristic.EHCP, Characteristic.SEN_SUPPORT})
    askers = [asker(each, on) for each in who.users]
    for each in askers:
        codes &= characteristics_read(each.roles, codes)
    if not codes:
        return ()
    held = Characteristic.objects.filter(open_on(on), characteristics(askers[0], codes), person=person)
    return tuple(characteristic_words(code, rules) for code in held.values_list("code", flat=True))


def standing_of(meeting: Meeting, item: AgendaItem) -> Standing:
    """Where this young person stands in the meeting; one statement."""
    talked = [each for each in items_of(meeting) if each.treatment == DISCUSS]
    numbers = [each.number for each in talked]
    slots = {each.service: each for each in slots_of(meeting, talked)}
    slot = slots.get(item.service_id)
    place = numbers.index(item.number) if item.number in numbers else -1
    return Standing(
        part=item.service.name if item.service else EVERYBODY,
        ends=slot.ends if slot else None,
        minutes=item.minutes,
        place=place + 1,
        of=len(numbers),
        settled=sum(each.settled_at is not None for each in talked),
        before=numbers[place - 1] if place > 0 else None,
        after=numbers[place + 1] if place + 1 < len(numbers) else None,
    )


def from_last_time(meeting: Meeting, by: User, on: date) -> tuple[LastTime | None, Present]:
    """What was decided last time about those whom everybody here may see; with somebody from outside, numbers only."""
    who = present(meeting, by, all_parts=True)
    people = YoungPerson.objects.none() if who.with_outsiders else seen_by_all(who)
    return last_time(meeting, people, on), who


def owners_for(meeting: Meeting, item: AgendaItem, by: User) -> list[tuple[str, str]]:
    """Who may be given something to do about them: the services that work with them, and colleagues who come to the
    meeting and see them."""
    held = item.person.responsibilities.filter(open_on(meeting.held_on), service__isnull=False)
    services = {each.service_id: each.service.name for each in held.select_related("service") if each.service}
    users = colleagues_among(meeting.attendees.filter(user__isnull=False).select_related("user"), by)
    today = clock.today()
    sees = [ExpressionWrapper(sight.rows(scope_of(each), today), BooleanField()) for each in users]
    row = YoungPerson.objects.filter(pk=item.person_id).values_list(*sees).get()
    seeing = [each for each, does in zip(users, row, strict=True) if does]
    return [
        *((f"user-{each.pk}", each.name) for each in sorted(seeing, key=lambda each: each.name)),
        *((f"service-{pk}", name) for pk, name in sorted(services.items(), key=lambda pair: pair[1])),
    ]
