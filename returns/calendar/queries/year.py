"""What a year's calendar holds or would hold: lines of the table as the year before left them, and who is asked."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from returns.calendar.models import Collection, SchoolTerm
from returns.calendar.rules.school_days import SchoolDays, Term, school_days
from returns.calendar.rules.year import Before, Planned, as_before, code_of, planned_of
from schools.models import Authority, Establishment
from tracking.reference.queries import ruleset
from tracking.rules.return_calendar import Audience, ReturnLine, at_council

E = Establishment.Kind
SCHOOLS = frozenset({E.SCHOOL, E.SPECIAL})
FIRST_GROUP_AFTER_16 = 12
IS_ASKED: Mapping[Audience, Callable[[Establishment], bool]] = {
    Audience.SIXTH_FORMS: lambda each: (
        each.kind in SCHOOLS and each.highest_year_group >= FIRST_GROUP_AFTER_16
    ),
    Audience.YEAR_11: lambda each: (
        each.kind in SCHOOLS | {E.ALTERNATIVE} and each.highest_year_group >= FIRST_GROUP_AFTER_16 - 1
    ),
    Audience.COLLEGES: lambda each: each.is_college,
    Audience.PROVIDERS: lambda each: each.kind == E.PROVIDER,
    Audience.SENDER: lambda each: False,
}


def asked_places(authority: Authority) -> dict[Audience, list[Establishment]]:
    """Whom each audience of the calendar is, of the open places the council can ask: those of its area, and those
    elsewhere at which it has a contact or an account. One statement."""
    known = Q(la_code=authority.code) | Q(contacts__authority=authority) | Q(memberships__authority=authority)
    found = list(Establishment.objects.filter(known, closed_on=None).distinct().order_by("name", "pk"))
    return {audience: [each for each in found if is_asked(each)] for audience, is_asked in IS_ASKED.items()}


def lines_at(authority: Authority, on: date) -> tuple[ReturnLine, ...]:
    """The lines of the calendar this council has."""
    return at_council(ruleset(on).return_calendar.values(), authority.code)


def own_file_name(collection: Collection, on: date) -> str:
    """How the council's calendar names the files of this return; empty where the return's own pattern will do."""
    line = ruleset(on).return_calendar.get(code_of(collection.pattern))
    return line.file_name if line else ""


def terms_of(authority: Authority, year: int | None = None) -> list[Term]:
    """The terms of a year, or of all years that are known, in order."""
    found = SchoolTerm.objects.filter(authority=authority).order_by("starts_on", "pk")
    if year is not None:
        found = found.filter(academic_year=year)
    return [Term(*row) for row in found.values_list("name", "starts_on", "ends_on")]


def school_days_of(authorities: Iterable[int]) -> dict[int, SchoolDays]:
    """The school days of these councils. One statement."""
    terms: dict[int, list[Term]] = defaultdict(list)
    rows = SchoolTerm.objects.filter(authority__in=set(authorities)).order_by("starts_on", "pk")
    for pk, name, first, last in rows.values_list("authority_id", "name", "starts_on", "ends_on"):
        terms[pk].append(Term(name, first, last))
    return defaultdict(SchoolDays, {pk: school_days(each) for pk, each in terms.items()})


def made_from_lines(authority: Authority, year: int) -> QuerySet[Collection]:
    """The collections of a year that were made from lines of the calendar."""
    made = Collection.objects.filter(authority=authority, academic_year=year)
    return made.exclude(pattern__in=["", Collection.AS_IT_COMES])


@dataclass(frozen=True)
class Proposal:
    """One return a year may ask for, of how many places. It is not wanted of itself where nobody is asked, where the
    year before was set up without it, or where somebody planned one like it by hand."""

    planned: Planned
    places: int
    is_as_before: bool
    was_left_out: bool
    is_by_hand: bool

    @property
    def is_wanted(self) -> bool:
        return bool(self.places) and not self.was_left_out and not self.is_by_hand

    @property
    def is_list(self) -> bool:
        """Whether it is a list of a service, not a return of schools and colleges."""
        return bool(self.planned.line.sender)

    @property
    def asks(self) -> str:
        return self.planned.line.sender or str(self.planned.line.asks)


@dataclass(frozen=True)
class Known:
    """What bears on a year's proposals: the rule's days and the calendar of the year before, and what is there."""

    usual: Mapping[str, Planned]
    before: Mapping[str, Before]
    asked: Mapping[Audience, Sequence[Establishment]]
    by_hand: Container[tuple[str, date]]

    def was_left_out(self, key: str) -> bool:
        """Whether the year before was set up without it; what was over by then was not left out."""
        if not self.before or key in self.before or key not in self.usual:
            return False
        return self.usual[key].due_on >= min(each.due_on for each in self.before.values())


def proposals(authority: Authority, year: int, on: date, types: Container[str]) -> list[Proposal]:
    """What the year may still ask for and does not yet, with days as the table says or as they were moved by hand the
    year before. Left out is what was due before `on`, and what is no return of these types. Six statements."""
    lines = [each for each in lines_at(authority, on) if each.type in types]
    days = school_days(terms_of(authority))
    there = Collection.objects.filter(authority=authority, academic_year=year)
    made = made_from_lines(authority, year - 1)
    known = Known(
        usual={each.key: each for each in planned_of(lines, year - 1, days)},
        before={each.pattern: _before(each) for each in made},
        asked=asked_places(authority),
        by_hand={(each.type, each.due_on.replace(day=1)) for each in there if not each.pattern},
    )
    keys = {each.pattern for each in there}
    return [
        _proposal(each, as_before(each, known.usual.get(each.key), known.before.get(each.key), days), known)
        for each in planned_of(lines, year, days)
        if each.key not in keys and each.due_on >= on
    ]


def _before(collection: Collection) -> Before:
    return Before(collection.due_on, collection.opens_on, tuple(collection.remind_days))


def _proposal(usual: Planned, planned: Planned, known: Known) -> Proposal:
    line = planned.line
    return Proposal(
        planned,
        places=1 if line.sender else len(known.asked[line.asks]),
        is_as_before=planned != usual,
        was_left_out=known.was_left_out(planned.key),
        is_by_hand=not line.sender and (planned.type, planned.due_on.replace(day=1)) in known.by_hand,
    )


def in_holidays(authority: Authority, year: int, on: date) -> list[tuple[Collection, date]]:
    """Returns of the year that are to be asked for, that avoid the holidays and are due in them all the same, since the
    terms were entered later; each with the last school day before. Three statements."""
    avoids = {each.code for each in lines_at(authority, on) if each.avoids_holidays}
    days = school_days(terms_of(authority))
    planned = made_from_lines(authority, year).filter(published_at=None, closed_on=None, due_on__gte=on)
    return [
        (each, day)
        for each in planned.order_by("due_on", "pk")
        if code_of(each.pattern) in avoids
        and days.is_holiday(each.due_on)
        and (day := days.on_or_before(each.due_on)) >= on
    ]
