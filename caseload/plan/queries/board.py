"""The year on one board: services by months with how far each is, and the list of items behind it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.db.models import F, QuerySet

from caseload.plan.queries.items import Answerable, item_of, posts_by_item, tasks_of, terms_at
from caseload.plan.rules import (
    DONE_WORDS,
    DUE,
    LATE,
    NOT_NEEDED,
    NOT_NEEDED_WORDS,
    TO_COME,
    Term,
    months_of,
    standing,
)
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Authority
from tracking.register.models import Task
from tracking.rules.months import ReportingMonth

THE_COUNCIL = "The council as a whole"
STATES = {"late": LATE, "due": DUE, "to_come": TO_COME, "done": DONE_WORDS, "not_needed": NOT_NEEDED_WORDS}
# The state a cell of the board shows, the one to look at first.
FIRST = tuple(STATES.values())
COUNCIL = "council"


@dataclass(frozen=True)
class Line:
    """One item of the plan."""

    pk: int
    words: str
    service: str
    short: str
    service_id: int | None
    due_on: date
    who: str
    owner_id: int | None
    post: str
    standing: tuple[str, str]
    done_at: datetime | None
    done_by: str
    outcome: str

    @property
    def state(self) -> str:
        return next(name for name, each in STATES.items() if each == self.standing)


@dataclass(frozen=True)
class Wanted:
    """What the list is narrowed to."""

    service: str = ""
    month: str = ""
    term: str = ""
    state: str = ""
    mine: bool = False


@dataclass(frozen=True)
class Cell:
    """One service in one month: the state to look at first, how many items stand so, and the list behind."""

    words: str = ""
    tone: str = ""
    number: int = 0
    total: int = 0
    url: str = ""
    month: str = ""

    @property
    def is_to_come(self) -> bool:
        return (self.words, self.tone) == TO_COME


@dataclass(frozen=True)
class Row:
    name: str
    cells: tuple[Cell, ...]
    number: int
    done: int


@dataclass(frozen=True)
class Board:
    """A council's academic year. `cells` of a row stand in the order of `months`."""

    year: int
    terms: Sequence[Term]
    months: Sequence[ReportingMonth]
    rows: tuple[Row, ...]
    lines: tuple[Line, ...]

    @property
    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(STATES, 0)
        for line in self.lines:
            found[line.state] += 1
        return found

    def row_of(self, pk: int) -> Line | None:
        return next((each for each in self.lines if each.pk == pk), None)


def board(authority: Authority, year: int, on: date, here: str = "") -> Board:
    """The whole plan of a year; a handful of statements however much is in it. `here` is the address of the page that
    holds the list behind each cell."""
    found, months = lines(authority, tasks_of(authority.pk, year), on), months_of(year)
    rows = tuple(_rows(found, months, f"{here}?year={year}"))
    return Board(year, terms_at(authority), months, rows, found)


def lines(authority: Authority, tasks: QuerySet[Task], on: date) -> tuple[Line, ...]:
    """Items of the plan with who answers for each, the earliest first."""
    rows = tasks.select_related("service", "owner", "done_by").order_by(
        "due_on", F("service__name").asc(nulls_first=True), "pk"
    )
    posts, answerable = posts_by_item(authority, on), Answerable(authority.pk, on)
    return tuple(_line(each, posts, answerable, on) for each in rows)


def _line(task: Task, posts: dict[str, str], answerable: Answerable, on: date) -> Line:
    due_on = task.due_on or on
    words = posts.get(item_of(task.cause), "")
    post = answerable.post(task.service_id, words)
    return Line(
        pk=task.pk,
        words=task.words,
        service=task.service.name if task.service else THE_COUNCIL,
        short=task.service.short_name if task.service else THE_COUNCIL,
        service_id=task.service_id,
        due_on=due_on,
        who=task.owner.name if task.owner else (post.holder_words if post else ""),
        owner_id=task.owner_id,
        post=post.words if post else words,
        standing=standing(due_on, task.done_at is not None, task.outcome, on),
        done_at=task.done_at,
        done_by=task.done_by.name if task.done_by else "",
        outcome=task.outcome.removeprefix(f"{NOT_NEEDED}: "),
    )


def _rows(found: Sequence[Line], months: Sequence[ReportingMonth], here: str) -> Iterator[Row]:
    """The council first, then its services by name."""
    by_service: dict[tuple[bool, str, str], list[Line]] = defaultdict(list)
    for line in found:
        by_service[(line.service_id is not None, line.short, str(line.service_id or COUNCIL))].append(line)
    for (_, name, key), mine in sorted(by_service.items()):
        cells = tuple(_cell(mine, month, key, here) for month in months)
        done = sum(line.state in ("done", "not_needed") for line in mine)
        yield Row(name, cells, len(mine), done)


def _cell(mine: Iterable[Line], month: ReportingMonth, service: str, here: str) -> Cell:
    there = [line for line in mine if ReportingMonth.of(line.due_on) == month]
    for state in FIRST:
        number = sum(line.standing == state for line in there)
        if number:
            url = f"{here}&{urlencode({'service': service, 'month': month.slug})}#items"
            return Cell(*state, number, len(there), url, month.words)
    return Cell()


def narrowed(found: Board, wanted: Wanted, user: User) -> tuple[Line, ...]:
    """The items wanted, from a board that was read already."""
    months = {str(each.number): each.months for each in found.terms}.get(wanted.term)
    mine = set(own(user, found)) if wanted.mine else set()
    return tuple(
        line
        for line in found.lines
        if (not wanted.service or wanted.service == str(line.service_id or COUNCIL))
        and (not wanted.month or wanted.month == ReportingMonth.of(line.due_on).slug)
        and (months is None or line.due_on.month in months)
        and (not wanted.state or wanted.state == line.state)
        and (not wanted.mine or line.pk in mine)
    )


def own(user: User, found: Board) -> Iterator[int]:
    """The items this user answers for, or whose service they work for."""
    services = {place.service_id for place in scope_of(user).where(Permission.CASE_WORK) if place.service_id}
    for line in found.lines:
        if line.service_id in services or line.owner_id == user.pk:
            yield line.pk


def years_with_a_plan(authority: Authority, on: date) -> list[int]:
    """The academic years that are set up, the newest first."""
    causes = Task.objects.filter(authority=authority, kind="plan", person=None).values_list(
        "cause", flat=True
    )
    numbers = {each.split(":")[1] for each in causes if each.count(":") >= 3}
    return sorted((int(each) for each in numbers if each.isdecimal()), reverse=True)


def may_change(user: User, authority_id: int) -> bool:
    """Whether they may change this council's plan and its posts."""
    return any(place.authority_id == authority_id for place in scope_of(user).where(Permission.PLAN_CHANGE))


def may_settle(user: User, task: Task) -> bool:
    """Whoever answers for an item, works for its service, or may change the plan says that it is done."""
    places = scope_of(user).where(Permission.CASE_WORK)
    works_there = task.service_id is not None and task.service_id in {each.service_id for each in places}
    return task.owner_id == user.pk or works_there or may_change(user, task.authority_id)
