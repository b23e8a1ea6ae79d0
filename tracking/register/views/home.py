"""The register's part of the first page: numbers that open their lists, and what is to do."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import Scope, scope_of
from neet.audit.actions import note_read
from neet.ui.parts import Tile
from tracking.register.kinds import Kind
from tracking.register.queries.home import TITLES, figures
from tracking.register.queries.tasks import Pile, Work, nearest, piles, works_on_tasks

MOST_TASKS = 8


@dataclass(frozen=True)
class NumbersPanel:
    """How many young people somebody looks after, and how many of whom; before there is anybody, what comes next."""

    title: str
    figures: tuple[Tile, ...]
    nobody_words: str = ""
    may_bring: bool = False
    template: str = "tracking/home_numbers.html"


@dataclass(frozen=True)
class TasksPanel:
    """The tasks nearest to today."""

    tasks: tuple[Work, ...]
    template: str = "tracking/home_tasks.html"


@dataclass(frozen=True)
class PilesPanel:
    """How many tasks there are of each kind."""

    piles: tuple[Pile, ...]
    template: str = "tracking/home_piles.html"

    @property
    def number(self) -> int:
        return sum(pile.number for pile in self.piles)


@dataclass(frozen=True)
class ReasonPanel:
    """For those who open a record only with a reason."""

    template: str = "tracking/home_reason.html"


@dataclass(frozen=True)
class LookUpPanel:
    """For those who look people up to find out whom to ask, and have no list of their own."""

    template: str = "tracking/home_look_up.html"


def look_up_panel(user: User, on: date) -> LookUpPanel | None:
    scope = scope_of(user)
    asks = scope.can(Permission.INDEX_SEARCH) and not scope.can(Permission.PERSON_READ)
    return LookUpPanel() if asks else None


def numbers_panel(user: User, on: date) -> NumbersPanel | None:
    """None for somebody with no young people of their own."""
    if not (titles := _titles(user)):
        return None
    counted, scope = figures(user, on), scope_of(user)
    if not any(each.number for each in counted):
        return NumbersPanel(titles[0], (), nobody_words(scope), scope.can(Permission.REGISTER_LOAD))
    tiles = (Tile(each.number, each.words, list_url(each.filters), each.tone) for each in counted)
    return NumbersPanel(titles[0], tuple(tiles))


def nobody_words(scope: Scope) -> str:
    """Why nobody stands here, before anything was filtered, by who looks."""
    if not scope.roles.isdisjoint(STATES_A_REASON):
        return "Your role has no list of its own. Find somebody by name and say why you open the record."
    if scope.can(Permission.REGISTER_LOAD):
        return "A register can come from the system you used before, or grow from what schools and colleges send."
    return "As soon as young people are yours, they stand here."


def tasks_panel(user: User, on: date) -> TasksPanel | None:
    """For those who work on tasks; whose names it shows is written down."""
    if not (_titles(user) and works_on_tasks(user, on)):
        return None
    tasks = nearest(user, on, MOST_TASKS)
    if subjects := [work.person_pk for work in tasks if work.person_pk]:
        note_read(Kind.LIST_READ, by=user, authority_id=min(scope_of(user).authority_ids), subjects=subjects)
    return TasksPanel(tasks)


def piles_panel(user: User, on: date) -> PilesPanel | None:
    """For those who work on tasks and have more of them than the nearest."""
    if not (_titles(user) and works_on_tasks(user, on)):
        return None
    panel = PilesPanel(piles(user, on))
    return panel if panel.number > MOST_TASKS else None


def _titles(user: User) -> list[str]:
    """What the young people of somebody's own are called, by their roles."""
    scope = scope_of(user)
    return [
        TITLES[each] for each in sorted(scope.roles) if each in TITLES and scope.can(Permission.PERSON_READ)
    ]


def reason_panel(user: User, on: date) -> ReasonPanel | None:
    return None if scope_of(user).roles.isdisjoint(STATES_A_REASON) else ReasonPanel()


def list_url(filters: dict[str, str]) -> str:
    return f"{reverse('register')}?{urlencode(filters)}" if filters else reverse("register")
