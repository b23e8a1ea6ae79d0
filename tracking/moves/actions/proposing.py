"""A move begins: the council they leave proposes it, or the council they moved to asks for them."""

from django.db.models import Q

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.moves.actions.turning import held, leaving, note_turn, saved, turn
from tracking.moves.kinds import Kind
from tracking.moves.models import Evidence, Move
from tracking.moves.statements import Moving, Named
from tracking.reference.queries import ruleset
from tracking.register.actions.reach import locked, repeated
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.codes import CohortKind
from tracking.rules.moves import OPEN, Deed, Side, State

RESTRICTED = (
    "This record is restricted. Information governance hands it over in person, never through this page."
)
OPEN_ALREADY = "A move of this young person is open already. Look at it first."


def propose(*, person: YoungPerson, moving: Moving, by: User) -> Move:
    """Say that a young person moved to another council. They stay ours, and are counted here, until it accepts (R50).

    Where that council has asked for them already, its request becomes the proposal. Raises NotRight, NotPermitted.
    """
    refuse_unfit(moving, own=person.authority.code)
    with recorded(Kind.PROPOSED, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        now = locked(person, by=by, permission=Permission.TRANSFER)
        refuse_not_ours(now)
        standing = Move.objects.filter(person=now, state__in=OPEN).first()
        if standing and (standing.to_la, standing.state) == (moving.la, State.PROPOSED):
            repeated(event)
            return standing
        if standing and not (standing.to_la == moving.la and standing.state == State.ASKED):
            raise NotRight({"": OPEN_ALREADY})
        move = held(standing) if standing else _begun(now, moving, by)
        event.counts["move"] = move.pk
        return _proposed(move, moving, by) if standing else move


def _begun(person: YoungPerson, moving: Moving, by: User) -> Move:
    moment = clock.now()
    move = Move.objects.create(
        person=person,
        from_authority_id=person.authority_id,
        from_la=person.authority.code,
        to_authority=Authority.objects.filter(code=moving.la).first(),
        to_la=moving.la,
        moved_on=moving.on,
        evidence=moving.evidence,
        words=moving.words.strip(),
        number_there=person.young_person_id,
        born_on=person.date_of_birth,
        state=State.PROPOSED,
        asked_by=by,
        asked_at=moment,
        turned_at=moment,
    )
    note_turn(move, Deed.PROPOSE, Side.LEFT, moving.words, by)
    return move


def _proposed(move: Move, moving: Moving, by: User) -> Move:
    turn(move, Deed.PROPOSE, by=by, words=moving.words)
    move.moved_on, move.evidence, move.words = moving.on, moving.evidence, moving.words.strip()
    return saved(move, ["moved_on", "evidence", "words"])


def refuse_unfit(moving: Moving, *, own: str) -> None:
    """Never to this council and never to "unknown" (errors 13, 35, 41, 42); not in the future."""
    if moving.la == own or moving.la not in ruleset(clock.today()).authorities:
        raise NotRight({"la": "Select the other council"})
    if moving.on > clock.today():
        raise NotRight({"on": "The day must be today or in the past"})
    if moving.evidence not in Evidence.values:
        raise NotRight({"evidence": "Select how you know"})


def refuse_not_ours(person: YoungPerson) -> None:
    if person.restricted_on:
        raise NotRight({"": RESTRICTED})
    ours = ruleset(clock.today()).cohort_letters(CohortKind.PRIMARY, CohortKind.GUARANTEE)
    if person.cohort_status not in ours:
        raise NotRight({"": "They have left the cohort here already, so there is nobody to hand over"})


def hand_over_asked(*, move: Move, by: User) -> Move:
    """The council they leave agrees that they moved, as the other council asked. Raises NotRight, NotPermitted."""
    where, whom = move.from_authority_id, [move.person_id] if move.person_id else []
    with recorded(Kind.PROPOSED, by=by, authority_id=where, subjects=whom, counts={"move": move.pk}):
        now = held(move)
        if now.person_id is None:
            raise NotRight({"": "No record that could go has that number and date of birth"})
        refuse_not_ours(leaving(now, by))
        turn(now, Deed.PROPOSE, by=by)
        return saved(now)


def ask_for(
    *, authority: Authority, moving: Moving, named: Named, by: User, person: YoungPerson | None = None
) -> Move:
    """Ask the council somebody came from for their record; `person` is theirs here, where they stand here already.

    Whether that council has such a record is not told: the answer is its own. Raises NotRight, NotPermitted.
    """
    refuse_unfit(moving, own=authority.code)
    if len(named.number) != 13 or not named.number.isdigit():
        raise NotRight({"number": "The number must be 13 digits"})
    whom = [person.pk] if person else []
    with recorded(Kind.ASKED_FOR, by=by, authority_id=authority.pk, subjects=whom) as event:
        _refuse_stranger(authority, person, by)
        one_at_a_time("ask_for", authority.pk)
        same = Q(number_there=named.number) | (Q(new_person=person) if person else Q(pk__in=[]))
        standing = Move.objects.filter(same, to_authority=authority, state__in=OPEN).first()
        if standing:
            repeated(event)
            return standing
        move = _asked(authority, moving, named, person, by)
        event.counts["move"] = move.pk
        return move


def _refuse_stranger(authority: Authority, person: YoungPerson | None, by: User) -> None:
    if person is not None:
        refuse_not_ours(locked(person, by=by, permission=Permission.TRANSFER))
    elif authority.pk not in {place.authority_id for place in scope_of(by).where(Permission.TRANSFER)}:
        raise NotPermitted(Permission.TRANSFER)


def _asked(authority: Authority, moving: Moving, named: Named, person: YoungPerson | None, by: User) -> Move:
    there = Authority.objects.filter(code=moving.la).first()
    born_on = person.date_of_birth if person else named.born_on
    theirs = YoungPerson.objects.filter(
        authority=there, young_person_id=named.number, date_of_birth=born_on, restricted_on=None
    )
    free = theirs.exclude(moves__state__in=OPEN).first() if there and born_on else None
    moment = clock.now()
    move = Move.objects.create(
        person=free,
        new_person=person,
        from_authority=there,
        from_la=moving.la,
        to_authority=authority,
        to_la=authority.code,
        moved_on=moving.on,
        evidence=moving.evidence,
        words=moving.words.strip(),
        number_there=named.number,
        born_on=born_on,
        state=State.ASKED,
        is_asked_for=True,
        asked_by=by,
        asked_at=moment,
        turned_at=moment,
    )
    note_turn(move, Deed.ASK, Side.NEW, moving.words, by)
    return move
