"""Moves as pages show them: who, from where to where, how long it has waited and for whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localdate

from neet.accounts.models import User
from neet.ui.words import many
from tracking.moves.models import Move, MoveTurn
from tracking.moves.queries.handing import HandOver, hand_over
from tracking.moves.queries.seen import councils_of, limit, sides_of
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.parts import characteristic_words
from tracking.register.queries.wording import place_of
from tracking.rules.academic_year import year_group
from tracking.rules.moves import OPEN, WAITS_FOR, Age, Deed, Side, State, age, deeds
from tracking.rules.ruleset import RuleSet

TONES = {
    State.ASKED: "waiting",
    State.PROPOSED: "waiting",
    State.QUERIED: "attention",
    State.ACCEPTED: "good",
    State.REFUSED: "bad",
    State.WITHDRAWN: "plain",
    State.TAKEN_BACK: "plain",
}


@dataclass(frozen=True)
class MoveLine:
    """One move as its list shows it to one of the two councils."""

    move: Move
    who: str
    year: int | None
    opens: YoungPerson | None
    left: str
    new: str
    state: State
    age: Age
    is_open: bool
    is_ours_to_answer: bool
    waits_for: str

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def age_words(self) -> str:
        """For how long it has been open."""
        return "since today" if not self.age.days else many(self.age.days, "day,days")

    @property
    def is_theirs_only(self) -> bool:
        """The other council keeps no register here."""
        return not self.move.is_between_us


def move_lines(moves: QuerySet[Move], user: User, on: date) -> tuple[MoveLine, ...]:
    """These moves; one statement and the rules."""
    rows = moves.select_related("person", "new_person", "from_authority", "to_authority", "asked_by")
    rules, days = ruleset(on), limit(on)
    return tuple(_line(row, user, rules, days, on) for row in rows)


def _line(move: Move, user: User, rules: RuleSet, days: int, on: date) -> MoveLine:
    sides, state = sides_of(user, move), State(move.state)
    named = _named(move, sides)
    waits = WAITS_FOR.get(state)
    ours = named if named and named.authority_id in councils_of(user) else None
    return MoveLine(
        move=move,
        who=named.full_name if named else f"CCIS number {move.number_there}",
        year=year_group(named.date_of_birth, on) if named and named.date_of_birth else None,
        opens=ours,
        left=council_words(move, Side.LEFT, rules),
        new=council_words(move, Side.NEW, rules),
        state=state,
        age=age(localdate(move.asked_at), on, days),
        is_open=state in OPEN,
        is_ours_to_answer=waits in sides,
        waits_for=council_words(move, waits, rules) if waits else "",
    )


def _named(move: Move, sides: frozenset[Side]) -> YoungPerson | None:
    """Whom a page may name: each council its own record, and the new one also theirs once it was proposed to it."""
    if Side.LEFT in sides and move.person:
        return move.person
    if move.new_person:
        return move.new_person
    was_proposed = not move.is_asked_for or move.state not in (State.ASKED, State.REFUSED, State.WITHDRAWN)
    return move.person if was_proposed else None


def council_words(move: Move, side: Side, rules: RuleSet) -> str:
    """What a council is called."""
    held = move.from_authority if side is Side.LEFT else move.to_authority
    code = move.from_la if side is Side.LEFT else move.to_la
    area = rules.areas.get(code)
    return held.name if held else (area.plain_words if area else code)


@dataclass(frozen=True)
class MovePage:
    """One move with its course, what may be done, and what is handed over where that may be read."""

    line: MoveLine
    turns: Sequence[MoveTurn]
    may: frozenset[Deed]
    handed: HandOver | None
    circumstances: tuple[str, ...]
    place: str
    activity: str


def move_page(moves: QuerySet[Move], user: User, on: date) -> MovePage | None:
    """The page of one move, or nothing; seven statements."""
    found = move_lines(moves, user, on)
    if not found:
        return None
    line = found[0]
    move, rules = line.move, ruleset(on)
    handed = hand_over(move.person, on) if move.person and line.is_open and _reads(line, user) else None
    return MovePage(
        line=line,
        turns=list(move.turns.select_related("by")),
        may=frozenset(deeds(line.state, sides_of(user, move))),
        handed=handed,
        circumstances=_circumstances(handed, rules),
        place=place_of(handed.activity) if handed else "",
        activity=handed.standing.activity if handed else "",
    )


def _reads(line: MoveLine, user: User) -> bool:
    """The council that lets go reads it always, the other once it was proposed."""
    return Side.LEFT in sides_of(user, line.move) or line.state is not State.ASKED


def _circumstances(handed: HandOver | None, rules: RuleSet) -> tuple[str, ...]:
    found = handed.characteristics if handed else ()
    return tuple(characteristic_words(each.code, rules) for each in found)


def subjects(lines: Iterable[MoveLine]) -> list[int]:
    """Of one's own records those these lines name."""
    return sorted({line.opens.pk for line in lines if line.opens})
