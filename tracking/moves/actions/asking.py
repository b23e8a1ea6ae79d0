"""Asking other councils whether they know somebody, or any of those who are new here: answered by council and broad
status, and written down at both."""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import note
from neet.audit.models import AuditEvent
from neet.ui.words import many
from schools.models import Authority
from tracking.moves.kinds import Kind
from tracking.moves.queries.elsewhere import Known, Sought, broad_status, held_elsewhere, known_elsewhere
from tracking.moves.queries.newcomers import newcomers
from tracking.moves.statements import Wanted
from tracking.reference.queries import ruleset
from tracking.register.refusals import NotPermitted, NotRight

AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), "questions_an_hour"
NEW_HERE = "New on the register there"
# A whole name: letters with what stands between them, at least two of them.
WHOLE = re.compile(r"[^\W\d_](?:[^\W\d_]|[ .'’‘`-])*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told: which council leads for them, and a broad status."""

    council: str
    status: str


def ask_councils(*, authority: Authority, wanted: Wanted, by: User) -> tuple[Told, ...]:
    """Whether councils that agreed to answer lead for somebody whose whole name and date of birth are known.

    Nothing is told of who they are. Nobody known, nobody that may be told of and no agreement are the same answer by
    the same statements. The question stands in the trail here with its reason, and at every council that answered.
    Raises NotRight for part of a name or after too many questions within an hour, NotPermitted.
    """
    if authority.pk not in {each.authority_id for each in scope_of(by).where(Permission.OTHER_COUNCILS)}:
        raise NotPermitted(Permission.OTHER_COUNCILS)
    refuse_guess(wanted)
    _refuse_many(by)
    today = clock.today()
    sought = Sought(
        1, wanted.given_name, wanted.family_name, wanted.born_on, wanted.upn, wanted.uln, wanted.postcode
    )
    known = known_elsewhere([sought], authority_id=authority.pk, on=today)
    statuses = broad_status(known, today)
    councils = Authority.objects.in_bulk([each.authority_id for each in known])
    note(Kind.COUNCILS_ASKED, by=by, authority_id=authority.pk, counts={"known": len(known)}, why=wanted.why)
    for each in known:
        note(
            Kind.ASKED_ABOUT,
            by=by,
            authority_id=each.authority_id,
            subjects=[each.person_id],
            counts={"asked_by": authority.pk},
            why=wanted.why,
        )
    return tuple(Told(councils[each.authority_id].name, statuses[each.person_id]) for each in known)


@dataclass(frozen=True, slots=True)
class LookedUp:
    """How many newcomers were asked about, and which of them another council leads for: our record, the council."""

    asked: int
    known: tuple[tuple[int, str], ...]


def look_newcomers_up(*, authority: Authority, since: date, by: User) -> LookedUp:
    """Whether councils that agreed to answer lead for any of ours who came to our register since a day and have no
    move open: they would be counted by both. Only whom the asker sees; nobody restricted, nobody whose record is not
    to be used. Written down here, and at every council that answered whom it was told about. Raises NotPermitted.
    """
    if authority.pk not in {each.authority_id for each in scope_of(by).where(Permission.OTHER_COUNCILS)}:
        raise NotPermitted(Permission.OTHER_COUNCILS)
    today = clock.today()
    people = list(newcomers(authority, datetime.combine(since, time(), clock.LONDON), by, today))
    known = held_elsewhere(people, authority_id=authority.pk, on=today)
    councils = Authority.objects.in_bulk([each.authority_id for each in known])
    counts = {"asked": len(people), "known": len(known)}
    note(Kind.LOOKED_UP, by=by, authority_id=authority.pk, subjects=people, counts=counts)
    _note_there(known, authority, by)
    return LookedUp(len(people), tuple((each.row, councils[each.authority_id].name) for each in known))


def _note_there(known: tuple[Known, ...], asker: Authority, by: User) -> None:
    by_council: dict[int, list[int]] = defaultdict(list)
    for each in known:
        by_council[each.authority_id].append(each.person_id)
    for council, people in sorted(by_council.items()):
        note(
            Kind.ASKED_ABOUT,
            by=by,
            authority_id=council,
            subjects=people,
            counts={"asked_by": asker.pk},
            why=NEW_HERE,
        )


def refuse_guess(wanted: Wanted) -> None:
    """A whole name only: no signs that stand for others, no single letters."""
    words = {
        name: "Enter the whole name, in letters only"
        for name in ("given_name", "family_name")
        if not WHOLE.fullmatch(getattr(wanted, name).strip())
    }
    if not wanted.why.strip():
        words["why"] = "Enter why you ask"
    if words:
        raise NotRight(words)


def _refuse_many(by: User) -> None:
    most = int(ruleset(clock.today()).limits[MOST_AN_HOUR])
    since = clock.now() - AN_HOUR
    asked = AuditEvent.objects.filter(user_id=by.pk, kind=Kind.COUNCILS_ASKED, at__gte=since).count()
    if asked >= most:
        often = many(most, "question,questions")
        raise NotRight({"": f"You have asked {often} within an hour, which is the most. Ask again later."})
