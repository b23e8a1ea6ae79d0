"""The first page of a school or college: what is due."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import Scope, scope_of
from returns.intake.layouts.potential_neet import POTENTIAL_NEET
from returns.intake.queries.standing import Standing, answered_here, due_now
from schools.models import Establishment

START_AGAIN = ("withdrawn",)


@dataclass(frozen=True)
class DueLine:
    """One answer that is due, with the address of its next step."""

    standing: Standing
    next_url: str
    nil_url: str


@dataclass(frozen=True)
class DuePanel:
    """What is due from somebody's schools and colleges; `several` where it must say which, `has_pupils`
    where one of them is a school that may worry about somebody in Year 10 or 11."""

    due: tuple[DueLine, ...]
    several: bool
    earlier: bool
    has_pupils: bool
    template: str = "returns/intake/home.html"


def due_panel(user: User, on: date) -> DuePanel | None:
    """For who works for a school or college."""
    scope = scope_of(user)
    if not at_schools(scope):
        return None
    due = due_lines(due_now(user, on))
    return DuePanel(due, several(scope), answered_here(user, on).exists(), has_pupils(scope))


def has_pupils(scope: Scope) -> bool:
    """Whether somebody may say of pupils of a school whom it worries about; one statement."""
    held = scope.where(Permission.RETURN_SUBMIT)
    places = [place.establishment_id for place in held if place.establishment_id]
    return Establishment.objects.filter(pk__in=places, kind__in=POTENTIAL_NEET.places).exists()


def due_lines(standings: list[Standing]) -> tuple[DueLine, ...]:
    return tuple(DueLine(each, next_url(each), nil_url(each)) for each in standings)


def next_url(standing: Standing) -> str:
    """A return on its way is opened; before there is one, or once it was taken back, the way to begin."""
    intake = standing.intake
    if intake is None or intake.state in START_AGAIN:
        return reverse("due_return", args=[standing.expected.ref])
    return reverse("intake", args=[intake.ref])


def nil_url(standing: Standing) -> str:
    begun = standing.intake is not None and standing.intake.state not in START_AGAIN
    if begun or standing.expected.is_answered:
        return ""
    return reverse("nil_return", args=[standing.expected.ref])


def at_schools(scope: Scope) -> bool:
    """Whether somebody holds a place at a school or college."""
    return any(place.establishment_id for place in scope.where(Permission.RETURN_READ))


def several(scope: Scope) -> bool:
    """Whether they hold places at more than one."""
    return len({place.establishment_id for place in scope.where(Permission.RETURN_READ)}) > 1
