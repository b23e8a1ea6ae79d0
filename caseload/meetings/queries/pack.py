"""The pack of a meeting: for colleagues as each may see it, and for people from outside without a name."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from operator import attrgetter

from django.db.models import Count, Exists, OuterRef, Q

from caseload.allocation.models import Case
from caseload.meetings.models import AgendaItem, Meeting, MeetingType
from caseload.meetings.queries.agenda import DISCUSS, Agenda, AgendaLine, agenda_of, items_of, slots_of
from caseload.meetings.queries.decisions import LastTime, last_time
from caseload.meetings.queries.facts import seen_by, with_plan
from caseload.meetings.rules.dates import month_after
from caseload.meetings.rules.lengths import BANDS, NOT_NEET, YEARS, neet_for, year_band
from caseload.reviews.models import Review
from neet.accounts.models import User
from tracking.models import Residence
from tracking.register.queries.seeking import sought_of
from tracking.rules.academic_year import year_group
from tracking.rules.disclosure import counts_shown, number_shown

MONTHS = 6


@dataclass(frozen=True)
class TrendMonth:
    """One month's cases and how many of them were reviewed."""

    month: date
    cases: int
    reviewed: int


@dataclass(frozen=True)
class PackLine:
    """One line of the pack: the agenda's, with what was said of them last time and what they look for."""

    line: AgendaLine
    said_before: str
    sought: str


@dataclass(frozen=True)
class PackPart:
    words: str
    starts: time
    ends: time
    hidden: int
    lines: tuple[PackLine, ...]


@dataclass(frozen=True)
class Pack:
    """The pack as one colleague may see it."""

    agenda: Agenda
    parts: tuple[PackPart, ...]
    last: LastTime | None
    trend: tuple[TrendMonth, ...]

    @property
    def people(self) -> list[int]:
        """Everybody whose name stands in it."""
        named = {each.person.pk for each in self.agenda.lines}
        return sorted(named | {each.person.pk for each in (self.last.lines if self.last else ())})


def pack_of(meeting: Meeting, user: User, on: date) -> Pack:
    """Agenda by parts, one line for each, last time's decisions, the trend; as many statements for sixty as for six."""
    agenda = agenda_of(meeting, user, on)
    people = [each.person.pk for each in agenda.lines]
    before, sought = said_before(meeting, people), sought_of(people, user, on)
    parts = tuple(
        PackPart(
            part.words,
            part.starts,
            part.ends,
            part.hidden,
            tuple(_pack_line(each, before, sought) for each in part.lines),
        )
        for part in agenda.parts
    )
    return Pack(agenda, parts, last_time(meeting, seen_by(user), on), trend(meeting))


def _pack_line(line: AgendaLine, before: Mapping[int, str], sought: Mapping[int, str]) -> PackLine:
    person = line.person.pk
    return PackLine(line, before.get(person, ""), sought.get(person, ""))


def said_before(meeting: Meeting, people: Iterable[int]) -> Mapping[int, str]:
    """What was said of each of them the last time such a meeting talked about them."""
    items = AgendaItem.objects.filter(
        person__in=people,
        meeting__type=meeting.type_id,
        meeting__held_on__lt=meeting.held_on,
        meeting__closed_at__isnull=False,
    ).exclude(outcome="")
    latest = items.order_by("person", "-meeting__held_on").distinct("person")
    return dict(latest.values_list("person_id", "outcome"))


def trend(meeting: Meeting) -> tuple[TrendMonth, ...]:
    """Cases and reviewed cases of the last months, of the meeting's district as people live now; one statement."""
    since = month_after(meeting.held_on, -MONTHS)
    cases = Case.objects.filter(
        run__authority=meeting.type.authority_id, run__month__range=(since, month_after(meeting.held_on, 1))
    )
    if meeting.district_id:
        lives = Residence.objects.filter(ends_on__isnull=True, district=meeting.district_id)
        cases = cases.filter(Exists(lives.filter(person=OuterRef("person"))))
    if meeting.type.about == MeetingType.About.EHCP:
        cases = cases.filter(Exists(with_plan(meeting.held_on)))
    elif meeting.type.service_id:
        cases = cases.filter(service=meeting.type.service_id)
    reviewed = Exists(Review.objects.filter(case=OuterRef("pk")))
    rows = cases.annotate(is_reviewed=reviewed).order_by("run__month").values("run__month")
    counted = rows.annotate(cases=Count("pk"), reviewed=Count("pk", filter=Q(is_reviewed=True)))
    return tuple(TrendMonth(each["run__month"], each["cases"], each["reviewed"]) for each in counted)


@dataclass(frozen=True)
class Numbered:
    """One young person as outsiders may know of them."""

    number: int
    year: int | None
    neet_for: str
    part: str


@dataclass(frozen=True)
class OutsidersPack:
    """The pack without anybody's name: numbered cases, and numbers that are not too small to show."""

    cases: tuple[Numbered, ...]
    by_length: Mapping[str, str]
    by_year: Mapping[str, str]
    trend: tuple[tuple[date, str], ...]
    people: list[int]


def outsiders_pack(meeting: Meeting, user: User, on: date) -> OutsidersPack:
    """Who is talked about, by number, of those whom whoever makes the pack may see; restricted records never."""
    talked = [each for each in items_of(meeting) if each.treatment == DISCUSS]
    people = _known(meeting, user)
    times = {each.service: f"{each.starts:%H:%M} to {each.ends:%H:%M}" for each in slots_of(meeting, talked)}
    cases = tuple(
        Numbered(each.number, *_about(people[each.person_id], on), times[each.service_id])
        for each in talked
        if each.person_id in people
    )
    lengths = Counter(each.neet_for for each in cases)
    years = Counter(year_band(each.year) for each in cases)
    return OutsidersPack(
        cases=tuple(sorted(cases, key=attrgetter("part", "number"))),
        by_length=counts_shown({band: lengths[band] for band in (*BANDS, NOT_NEET)}),
        by_year=counts_shown({band: years[band] for band in YEARS}),
        trend=tuple((each.month, number_shown(each.cases)) for each in trend(meeting)),
        people=[each.person_id for each in talked if each.person_id in people],
    )


Known = tuple[date | None, date | None]


def _known(meeting: Meeting, user: User) -> dict[int, Known]:
    """Date of birth and first day of being NEET of everybody on the agenda."""
    rows = seen_by(user).filter(agenda_items__meeting=meeting)
    return {
        pk: (born, since)
        for pk, born, since in rows.values_list("pk", "date_of_birth", "situation__neet_since_on")
    }


def _about(known: Known, on: date) -> tuple[int | None, str]:
    born, since = known
    return (year_group(born, on) if born else None), neet_for(since, on)
