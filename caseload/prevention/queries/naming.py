"""Whom the points name today: those in learning who are not on the at-risk list, most points first."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from caseload.prevention.models import AtRisk
from caseload.prevention.queries.offers import NOT_DUE, Offered, offers_of
from caseload.prevention.queries.points import Pointed, points_of
from caseload.prevention.queries.reasons import Shown, Wording
from neet.accounts.models import User
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.register import Line, lines_of
from tracking.register.queries.standing import standing_as
from tracking.rules.codes import Status


@dataclass(frozen=True)
class Named:
    """A list of a chosen length, and how many there are beside it: with as many points as the last of it, and in
    all."""

    people: tuple[Pointed, ...]
    with_points: int
    as_many: int

    @property
    def fewest(self) -> int:
        return self.people[-1].points if self.people else 0


def named(authority: Authority, user: User, length: int, on: date) -> Named:
    """The first of those this user sees: four statements, whatever their number."""
    found = points_of(authority, on)
    free = _free(user, [each.person for each in found], on)
    mine = [each for each in found if each.person in free]
    listed = tuple(mine[:length])
    last = listed[-1].points if listed else 0
    return Named(listed, len(mine), sum(each.points == last for each in mine[length:]))


def _free(user: User, people: list[int], on: date) -> set[int]:
    """Those of them in school, learning or work whom nobody has put on the list yet."""
    rules = ruleset(on)
    in_learning = standing_as(Status.EET, rules, on) | standing_as(Status.COMPULSORY, rules, on)
    there = AtRisk.objects.filter(person=OuterRef("pk"), ends_on=None)
    visible = YoungPerson.objects.visible_to(user).filter(in_learning & ~Q(Exists(there)), pk__in=people)
    return set(visible.values_list("pk", flat=True))


@dataclass(frozen=True)
class NamedLine:
    """One of them as the reader sees them."""

    person: Line
    points: int
    reasons: Shown
    offer: Offered


def named_lines(people: tuple[Pointed, ...], user: User, on: date) -> tuple[NamedLine, ...]:
    """These as lines, in their order: three statements."""
    asked = YoungPerson.objects.filter(pk__in=[each.person for each in people])
    lines = {each.pk: each for each in lines_of(asked, user, on)}
    offers = offers_of(asked, on)
    wording = Wording(user, on)
    return tuple(
        NamedLine(lines[each.person], each.points, wording.of(each.reasons), offers.get(each.person, NOT_DUE))
        for each in people
    )
