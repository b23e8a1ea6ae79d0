"""One turn of a move: its row held, the deed allowed or refused, and its place in the course of the move."""

from collections.abc import Iterable

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.moves.models import Move, MoveTurn
from tracking.moves.queries.seen import councils_of, sides_of
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.moves import TURNS, WITH_WORDS, Deed, Side, State, after

MISSING_WORDS = {
    Deed.QUERY: "Enter what you want to know",
    Deed.ANSWER: "Enter your answer",
    Deed.REFUSE: "Enter why you refuse",
    Deed.TAKE_BACK: "Enter why you take it back",
}


def held(move: Move) -> Move:
    """The move's row as it is now, held until the transaction ends: what two councils do at once follows each other."""
    rows = Move.objects.select_for_update(of=("self",))
    return rows.select_related("from_authority", "to_authority").get(pk=move.pk)


def turn(move: Move, deed: Deed, *, by: User, words: str = "") -> None:
    """The move goes on by this deed. Raises NotPermitted for who speaks for neither side, NotRight for what is not
    their turn or lacks its words."""
    sides = sides_of(by, move)
    if not sides:
        raise NotPermitted(Permission.TRANSFER)
    then = after(State(move.state), deed, sides)
    if then is None:
        raise NotRight({"": f"This move stands at “{State(move.state).words.lower()}”: look at it again"})
    if deed in WITH_WORDS and not words.strip():
        raise NotRight({"words": MISSING_WORDS[deed]})
    _, whose = TURNS[State(move.state), deed]
    side = next(each for each in Side if each in whose & sides)
    move.state, move.turned_at = then, clock.now()
    note_turn(move, deed, side, words, by)


def note_turn(move: Move, deed: Deed, side: Side, words: str, by: User) -> None:
    """Keep in the course of the move who did what."""
    MoveTurn.objects.create(
        move=move, deed=deed, side=side, words=words.strip()[:240], by=by, at=move.turned_at
    )


def saved(move: Move, fields: Iterable[str] = ()) -> Move:
    move.save(update_fields=["state", "turned_at", *fields])
    return move


def leaving(move: Move, by: User) -> YoungPerson:
    """The record that lets go, held, where whoever acts for its council sees it and nobody else where it is restricted.
    Raises NotPermitted."""
    rows = YoungPerson.objects.select_for_update(of=("self",)).select_related("authority")
    found = rows.filter(moves=move).first()
    if found is None or found.restricted_on:
        raise NotPermitted(Permission.TRANSFER)
    if found.authority_id in councils_of(by) and not seen(found, by):
        raise NotPermitted(Permission.TRANSFER)
    return found


def seen(person: YoungPerson, by: User) -> bool:
    return YoungPerson.objects.visible_to(by).filter(ref=person.ref).exists()
