"""A second, small council beside the invented one, and moves between the two and elsewhere, as they stand on a day."""

from datetime import date, datetime, time, timedelta
from random import Random

from neet import clock
from neet.accounts.actions import create_account, create_demonstration_account
from neet.accounts.models import User
from neet.clock import LONDON
from schools.models import Authority, Establishment, Membership
from tracking.moves.actions.agreements import agree, offer
from tracking.moves.actions.answering import accept, say
from tracking.moves.actions.asking import ask_councils
from tracking.moves.actions.nightly import late_moves
from tracking.moves.actions.proposing import ask_for, propose
from tracking.moves.models import Move
from tracking.moves.statements import Moving, Named, Wanted
from tracking.register.actions.activities import record_activity
from tracking.register.actions.people import add_person
from tracking.register.models import YoungPerson
from tracking.register.rules.activities import Told
from tracking.register.statements import NewPerson
from tracking.rules.academic_year import academic_year
from tracking.rules.moves import Deed
from tracking.seeding.actions import FIRST_CODE, Invention
from tracking.seeding.councils import DOMAIN, LONG_AGO
from tracking.seeding.names import family_name, given_name

SIZE, NEIGHBOUR, ELSEWHERE = "small", "887", "330"
PEOPLE, AGES = 14, (16, 18)  # at the end of the August before
SEEKING, COLLEGE, AT_COLLEGE = "619", "230", 0.7
MOVED, SEEN = timedelta(days=26), "They showed the new tenancy."


def invent_moves(invention: Invention) -> None:
    """The neighbour with a few young people, both councils' agreement, and moves in each state by the very actions that
    pages use; the same dice give the same ones."""
    here = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or here is None or Authority.objects.filter(code=NEIGHBOUR).exists():
        return
    rng = Random(f"{invention.seed} {invention.on} moves")
    there = Authority.objects.create(
        code=NEIGHBOUR, name="Chalkstow Council", database_id=NEIGHBOUR, contact_name="Tracking team"
    )
    officer = _held(here, "tracking_officer")
    other = _account(there, "tracking_officer", rng, invention)
    governs = _account(there, "governance", rng, invention)
    theirs = [_young_person(rng, there, other, invention.on) for _ in range(PEOPLE)]
    made = offer(authority=here, other=there, by=_held(here, "governance"))
    agree(agreement=made, authority=there, by=governs)
    _away(rng, here, officer, other, invention.on)
    _to_us(theirs, here, officer, other, invention.on)
    _asked(here, there, other)
    late_moves(day=invention.on)


def _held(authority: Authority, role: str) -> User:
    return User.objects.filter(memberships__role=role, memberships__authority=authority).earliest("pk")


def _account(authority: Authority, role: str, rng: Random, invention: Invention) -> User:
    """One of the neighbour's; in a demonstration anybody may step into it."""
    name = f"{given_name(rng, 'F')} {family_name(rng)}"
    slug = role.replace("_", "-") + "-neighbour"
    if invention.open_doors:
        user = create_demonstration_account(slug=slug, name=name)
    else:
        user = create_account(email=f"{role}.{NEIGHBOUR}@{DOMAIN}", name=name, password=None, by=None)
    Membership.objects.create(user=user, role=role, authority=authority, starts_on=LONG_AGO)
    return user


def _young_person(rng: Random, authority: Authority, by: User, on: date) -> YoungPerson:
    """Somebody of the neighbour's, and what they do."""
    gender = rng.choice("FM")
    born_on = date(academic_year(on) - rng.randint(*AGES), rng.randint(1, 8), rng.randint(1, 28))
    new = NewPerson(given_name(rng, gender), family_name(rng), born_on, gender=gender)
    person = add_person(authority=authority, new=new, searched=True, by=by)
    since, told_on = on - timedelta(days=rng.randint(40, 70)), on - timedelta(days=20)
    told = Told(SEEKING, since, told_on, "young_person")
    if rng.random() < AT_COLLEGE:
        until, place = date(on.year + 1, 7, 20), Establishment.objects.filter(kind="college").earliest("pk")
        told = Told(COLLEGE, since, told_on, "provider", predicted_end_on=until, establishment_id=place.pk)
    record_activity(person=person, told=told, by=by)
    return person


def _away(rng: Random, here: Authority, officer: User, other: User, on: date) -> None:
    """Ours who moved: to the neighbour (waiting, queried, accepted) and elsewhere (waiting, late)."""
    year = academic_year(on)
    rows = YoungPerson.objects.visible_to(officer).of(here).filter(
        cohort_status="P", date_of_birth__range=(date(year - 18, 9, 1), date(year - 16, 8, 31)),
        cases=None, moves=None,
    )  # fmt: skip
    people = rng.sample(list(rows.order_by("pk")), 6)
    moving = Moving(NEIGHBOUR, on - MOVED, "address", SEEN)
    waiting, queried, accepted, late = (
        propose(person=person, moving=moving, by=officer) for person in people[:4]
    )
    say(move=queried, deed=Deed.QUERY, words="Is that the house in Quarry Lane?", by=other)
    accept(move=accepted, by=other)
    elsewhere = Moving(ELSEWHERE, on - MOVED, "family", "The mother rang.")
    outside = [propose(person=person, moving=elsewhere, by=officer) for person in people[4:]]
    for move, days in (
        (waiting, 3),
        (queried, 6),
        (accepted, 9),
        (late, 15),
        (outside[0], 4),
        (outside[1], 19),
    ):
        _since(move, on - timedelta(days=days))


def _to_us(theirs: list[YoungPerson], here: Authority, officer: User, other: User, on: date) -> None:
    """The neighbour's who moved to us: two to accept, one we ask for and one it asks us for."""
    moving = Moving(FIRST_CODE, on - MOVED, "council", "Their new school told us.")
    for person, days in zip(theirs, (2, 13), strict=False):
        _since(propose(person=person, moving=moving, by=other), on - timedelta(days=days))
    wanted = theirs[2]
    from_them = Moving(NEIGHBOUR, on - MOVED, "family", "Started at college here.")
    named = Named(wanted.young_person_id, wanted.date_of_birth)
    _since(ask_for(authority=here, moving=from_them, named=named, by=officer), on - timedelta(days=1))


def _asked(here: Authority, there: Authority, other: User) -> None:
    """The neighbour asks about somebody of ours."""
    person = YoungPerson.objects.of(here).filter(
        cohort_status="P", cohort_status_on=None, restricted_on=None, date_of_birth__isnull=False
    ).earliest("pk")  # fmt: skip
    assert person.date_of_birth is not None
    wanted = Wanted(
        person.given_name, person.family_name, person.date_of_birth, "New at a college in our area."
    )
    ask_councils(authority=there, wanted=wanted, by=other)


def _since(move: Move, day: date) -> None:
    """It was asked on an earlier day; its course follows."""
    moment = datetime.combine(day, time(10), LONDON)
    if moment < clock.now():
        Move.objects.filter(pk=move.pk).update(asked_at=moment)
        first = move.turns.order_by("pk").first()
        if first:
            move.turns.filter(pk=first.pk).update(at=moment)
