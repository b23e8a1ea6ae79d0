"""The register's part of the first page: numbers that open their lists, and what is to do."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import scope_of
from neet.ui.parts import Tile
from tracking.register.queries.home import TITLES, figures
from tracking.register.queries.tasks import Pile, Work, nearest, piles, works_on_tasks

MOST_TASKS = 8


@dataclass(frozen=True)
class RegisterPanel:
    """What waits in the register for somebody with young people to look after."""

    title: str
    figures: tuple[Tile, ...]
    tasks: tuple[Work, ...]
    piles: tuple[Pile, ...]
    may_work: bool

    @property
    def open_tasks(self) -> int:
        return sum(pile.number for pile in self.piles)

    @property
    def more_tasks(self) -> bool:
        return self.open_tasks > len(self.tasks)

    template: str = "tracking/home_register.html"


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


def register_panel(user: User, on: date) -> RegisterPanel | None:
    """None for somebody with no young people of their own."""
    scope = scope_of(user)
    titles = [TITLES[each] for each in sorted(scope.roles) if each in TITLES]
    if not titles or not scope.can(Permission.PERSON_READ):
        return None
    may_work = works_on_tasks(user, on)
    return RegisterPanel(
        title=titles[0],
        figures=tuple(
            Tile(each.number, each.words, list_url(each.filters), each.tone) for each in figures(user, on)
        ),
        tasks=nearest(user, on, MOST_TASKS) if may_work else (),
        piles=piles(user, on) if may_work else (),
        may_work=may_work,
    )


def reason_panel(user: User, on: date) -> ReasonPanel | None:
    return None if scope_of(user).roles.isdisjoint(STATES_A_REASON) else ReasonPanel()


def list_url(filters: dict[str, str]) -> str:
    return f"{reverse('register')}?{urlencode(filters)}" if filters else reverse("register")
