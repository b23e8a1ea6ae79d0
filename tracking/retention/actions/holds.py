"""Legal holds: nothing is erased while one stands. And whether two people erase."""

from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from schools.models import Authority
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotRight
from tracking.retention.actions.lists import may_erase
from tracking.retention.kinds import Kind
from tracking.retention.models import ErasureLine, ErasureRun, Keeping, LegalHold

WAITING = (ErasureRun.State.LISTED, ErasureRun.State.PROPOSED)


def place_hold(
    *, authority: Authority, person: YoungPerson | None, reason: str, until: date | None, by: User
) -> LegalHold:
    """Stop erasing: of one record, or in the whole council where nobody is named. Lists that wait are marked at once.
    Raises NotRight, NotPermitted."""
    may_erase(authority.pk, by)
    if not reason.strip():
        raise NotRight({"reason": "Enter why it must be kept"})
    if until and until < clock.today():
        raise NotRight({"until": "The day must be today or later"})
    if person is None:
        _one_of_everybody(authority)
    subjects = [person.pk] if person else []
    with recorded(Kind.HOLD_PLACED, by=by, authority_id=authority.pk, subjects=subjects):
        hold = LegalHold.objects.create(
            authority=authority, person=person, reason=reason.strip(), until=until, placed_by=by
        )
        lines = ErasureLine.objects.filter(run__authority=authority, run__state__in=WAITING)
        (lines.filter(person=person) if person else lines).update(held=ErasureLine.Held.HOLD)
    return hold


def lift_hold(*, hold: LegalHold, why: str, by: User) -> LegalHold:
    """A hold no longer stands; the night looks anew who is to be erased. Raises NotRight, NotPermitted."""
    may_erase(hold.authority_id, by)
    if not why.strip():
        raise NotRight({"why": "Enter why it may be lifted"})
    subjects = [hold.person_id] if hold.person_id else []
    with recorded(Kind.HOLD_LIFTED, by=by, authority_id=hold.authority_id, subjects=subjects):
        now = LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
        if now.lifted_at:
            raise NotRight({"": "Somebody lifted this hold already."})
        now.lifted_at, now.lifted_by, now.lifted_why = clock.now(), by, why.strip()
        now.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    return now


def set_up(*, authority: Authority, second_person: bool, why: str, by: User) -> Keeping:
    """Whether two people erase in a council. Raises NotRight where one alone may without a reason, NotPermitted."""
    may_erase(authority.pk, by)
    if not second_person and not why.strip():
        raise NotRight({"why": "Enter why one person alone may erase"})
    with recorded(
        Kind.SET_UP, by=by, authority_id=authority.pk, counts={"second_person": int(second_person)}
    ):
        said = {
            "second_person": second_person,
            "why": "" if second_person else why.strip(),
            "changed_by": by,
            "changed_at": clock.now(),
        }
        return Keeping.objects.update_or_create(authority=authority, defaults=said)[0]


def _one_of_everybody(authority: Authority) -> None:
    if LegalHold.objects.filter(authority=authority, person=None).standing(clock.today()).exists():
        raise NotRight({"": "A hold on everything stands already."})
