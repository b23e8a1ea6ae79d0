"""Which moves somebody may know of, for which side they speak, and which of them are late."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.clock import LONDON
from tracking.moves.models import Move
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.rules.moves import OPEN, WAITS_FOR, Side, State

LIMIT = "move_answer_days"
BEFORE_IT_IS_PROPOSED = (State.ASKED, State.REFUSED, State.WITHDRAWN)
IN, OUT = "in", "out"
LATE, TO_ANSWER, SETTLED = "late", "to_answer", "settled"


def councils_of(user: User) -> frozenset[int]:
    """The councils for which somebody may hand young people over and take them on."""
    places = scope_of(user).where(Permission.TRANSFER)
    return frozenset(place.authority_id for place in places if place.authority_id is not None)


def moves_seen_by(user: User) -> QuerySet[Move]:
    """Moves from and to the councils one speaks for.

    Who has become restricted meanwhile is no longer shown to the other council, and at their own only to those who are
    named. What a council asked for itself it goes on seeing.
    """
    mine, shown = sorted(councils_of(user)), YoungPerson.objects.visible_to(user)
    leaving = Q(person=None) | Q(Exists(shown.filter(pk=OuterRef("person"))))
    unrestricted = Q(person=None) | Q(person__restricted_on=None)
    asked = Q(is_asked_for=True, state__in=BEFORE_IT_IS_PROPOSED)
    arrived = Q(new_person=None) | Q(Exists(shown.filter(pk=OuterRef("new_person"))))
    from_us = Q(from_authority__in=mine) & leaving
    to_us = Q(to_authority__in=mine) & (unrestricted | asked) & arrived
    return Move.objects.filter(from_us | to_us)


def sides_of(user: User, move: Move) -> frozenset[Side]:
    """For which of the two councils somebody speaks: for one that keeps no register here whoever hears from it."""
    mine = councils_of(user)
    leaves, takes = move.from_authority_id in mine, move.to_authority_id in mine
    if (move.from_authority_id is None and takes) or (move.to_authority_id is None and leaves):
        return frozenset(Side)
    return frozenset(side for side, held in ((Side.LEFT, leaves), (Side.NEW, takes)) if held)


def limit(on: date) -> int:
    """For how many days a move may be open before it is late."""
    return int(ruleset(on).limits[LIMIT])


@dataclass(frozen=True)
class Wish:
    """Which moves a list is narrowed to: out of ours, to ours or both; how they stand."""

    way: str = ""
    state: str = ""


def dated(moves: QuerySet[Move]) -> QuerySet[Move]:
    """With the day each was first asked: `asked_on`."""
    return moves.annotate(asked_on=TruncDate("asked_at", tzinfo=LONDON))


def wanted_moves(user: User, wish: Wish, on: date) -> QuerySet[Move]:
    """Those wanted, unordered, each with `asked_on`."""
    mine = sorted(councils_of(user))
    way = {OUT: Q(from_authority__in=mine), IN: Q(to_authority__in=mine)}.get(wish.way, Q())
    return dated(moves_seen_by(user)).filter(way & _state(wish.state, mine, on))


def _state(state: str, mine: list[int], on: date) -> Q:
    if state == LATE:
        return late(on)
    if state == TO_ANSWER:
        return waits_for(mine)
    if state == SETTLED:
        return ~Q(state__in=OPEN)
    return Q(state=state) if state in OPEN else Q(state__in=OPEN)


def late(on: date) -> Q:
    """Open for more days than the limit; over moves with `asked_on`."""
    return Q(state__in=OPEN, asked_on__lt=on - timedelta(days=limit(on)))


def waits_for(councils: list[int]) -> Q:
    """Moves that wait for one of these councils, or for them to hear from one that keeps no register here."""
    left = [state for state, side in WAITS_FOR.items() if side is Side.LEFT]
    new = [state for state, side in WAITS_FOR.items() if side is Side.NEW]
    by_left = Q(from_authority__in=councils) | Q(from_authority=None, to_authority__in=councils)
    by_new = Q(to_authority__in=councils) | Q(to_authority=None, from_authority__in=councils)
    return (by_left & Q(state__in=left)) | (by_new & Q(state__in=new))


@dataclass(frozen=True)
class Tally:
    """How many moves are open in one state, how many of them late, and how many wait for us."""

    state: State
    out: int
    to_us: int
    late: int
    ours: int

    @property
    def number(self) -> int:
        return self.out + self.to_us


def tallies(user: User, on: date) -> tuple[Tally, ...]:
    """The board: open moves by state, in the order of their course; one statement and the limit."""
    mine = sorted(councils_of(user))
    out = Q(from_authority__in=mine)
    rows = dated(moves_seen_by(user)).filter(state__in=OPEN).order_by().values("state")
    counted = rows.annotate(
        out=Count("pk", filter=out),
        to_us=Count("pk", filter=~out),
        late=Count("pk", filter=late(on)),
        ours=Count("pk", filter=waits_for(mine)),
    )
    found = {row["state"]: row for row in counted}
    return tuple(
        Tally(state, row["out"], row["to_us"], row["late"], row["ours"])
        for state in OPEN
        if (row := found.get(state))
    )
