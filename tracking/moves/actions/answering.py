"""What the two councils answer each other: queries and answers, refusals, withdrawals, and acceptance."""

from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.moves.actions.crossing import Crossing, arrived, joined, let_go
from tracking.moves.actions.turning import held, leaving, note_turn, saved, seen, turn
from tracking.moves.kinds import Kind
from tracking.moves.models import Move
from tracking.moves.queries.handing import hand_over
from tracking.moves.queries.seen import councils_of
from tracking.register.actions.people import rewritten
from tracking.register.actions.reach import repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.moves import Deed, Side, State, counted_from

SETTLED_AT = ["settled_on", "new_person", "leaving_event", "arrival_event"]
TALKING = frozenset({Deed.QUERY, Deed.ANSWER, Deed.REFUSE, Deed.WITHDRAW})


def say(*, move: Move, deed: Deed, by: User, words: str = "") -> Move:
    """Query, answer, refuse or withdraw: the move goes on, and the register stays as it is (R50).

    Raises NotRight, NotPermitted.
    """
    if deed not in TALKING:
        raise ValueError(deed)
    where = our_council(move, by)
    whom = [move.person_id] if move.person_id and where == move.from_authority_id else []
    with recorded(Kind.TURNED, by=by, authority_id=where, subjects=whom, counts={"move": move.pk}) as event:
        now = held(move)
        last = now.turns.order_by("-pk").first()
        if last and (last.deed, last.by_id, last.words) == (deed, by.pk, words.strip()[:240]):
            repeated(event)
            return now
        if now.person_id and not (now.state == State.ASKED and deed is Deed.WITHDRAW):
            leaving(now, by)
        turn(now, deed, by=by, words=words)
        return saved(now)


def our_council(move: Move, by: User) -> int | None:
    """The council of the two for which somebody acts; the one they leave where they speak for both."""
    mine = councils_of(by)
    return next((each for each in (move.from_authority_id, move.to_authority_id) if each in mine), None)


def accept(*, move: Move, by: User, existing: YoungPerson | None = None) -> Move:
    """The council they moved to takes them over: in one act the one record lets go and the other begins (R50).

    They stand there anew, or as `existing`, somebody it has on its register already. Accepted twice is accepted once.
    Raises NotRight, NotPermitted.
    """
    if not move.is_between_us:
        raise ValueError("the other council answers for itself")
    with recorded(Kind.ARRIVED, by=by, authority_id=move.to_authority_id, counts={"move": move.pk}) as event:
        now = held(move)
        if now.to_authority_id not in councils_of(by):
            raise NotPermitted(Permission.TRANSFER)
        if now.state == State.ACCEPTED:
            repeated(event)
            return now
        person = leaving(now, by)
        here = _existing(now, existing, by)
        turn(now, Deed.ACCEPT, by=by)
        now.settled_on = counted_from(now.moved_on, clock.today())
        handed = hand_over(person, clock.today())
        now.leaving_event = let_go(now, person, now.settled_on, now.turned_at, by)
        crossing = Crossing(now, handed, now.settled_on, now.turned_at, by)
        now.new_person = joined(crossing, here) if here else arrived(crossing)
        now.arrival_event = event.pk
        event.subjects = [now.new_person.pk]
        return saved(now, SETTLED_AT)


def _existing(move: Move, existing: YoungPerson | None, by: User) -> YoungPerson | None:
    """The record here, held; one this officer sees and that is not restricted."""
    if existing is None:
        return None
    rows = YoungPerson.objects.select_for_update(of=("self",))
    found = rows.filter(ref=existing.ref, authority=move.to_authority_id).first()
    if found is None or found.restricted_on or not seen(found, by):
        raise NotPermitted(Permission.TRANSFER)
    return found


def accepted_there(*, move: Move, on: date, words: str, by: User) -> Move:
    """A council that keeps no register here has accepted, on the day it says: from then on they are not ours.

    Raises NotRight, NotPermitted.
    """
    if move.to_authority_id is not None or move.person_id is None:
        raise ValueError("the other council answers for itself")
    where, whom, about = move.from_authority_id, [move.person_id], {"move": move.pk}
    with recorded(Kind.TURNED, by=by, authority_id=where, subjects=whom, counts=about) as event:
        now = held(move)
        person = leaving(now, by)
        if now.state == State.ACCEPTED:
            repeated(event)
            return now
        if not now.moved_on <= on <= clock.today():
            raise NotRight({"on": "The day must lie between the day they moved and today"})
        turn(now, Deed.ACCEPT, by=by, words=words)
        now.settled_on = on
        now.leaving_event = let_go(now, person, on, now.turned_at, by)
        return saved(now, SETTLED_AT)


def record_came(*, move: Move, words: str, by: User) -> Move:
    """A council that keeps no register here has sent the record it was asked for: its number stays with ours.

    Raises NotRight, NotPermitted.
    """
    if move.from_authority_id is not None or move.new_person_id is None:
        raise ValueError("the other council answers for itself")
    where, whom, about = move.to_authority_id, [move.new_person_id], {"move": move.pk}
    with recorded(Kind.ARRIVED, by=by, authority_id=where, subjects=whom, counts=about) as event:
        now = held(move)
        if now.state == State.ACCEPTED:
            repeated(event)
            return now
        turn(now, Deed.PROPOSE, by=by, words=words)
        now.state = State.ACCEPTED
        note_turn(now, Deed.ACCEPT, Side.NEW, "", by)
        now.settled_on, now.arrival_event = clock.today(), event.pk
        person = YoungPerson.objects.select_for_update(of=("self",)).get(arrivals=now)
        if person.previous_id != now.number_there and person.young_person_id != now.number_there:
            rewritten(person, {"previous_id": now.number_there})
        return saved(now, SETTLED_AT)
