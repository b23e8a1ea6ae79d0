"""What an officer says of a pair: two people, and the way back."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from tracking.merging.kinds import Kind
from tracking.merging.models import Duplicate
from tracking.merging.queries.identity import identity_of
from tracking.merging.refusals import CannotBe
from tracking.register.actions.reach import within_reach
from tracking.register.refusals import NotPermitted

NOT_OPEN = "This pair was decided meanwhile."


def two_people(*, pair: Duplicate, by: User) -> None:
    """These are two people: they are not asked about again until the name, birthday or a number of either changes.

    Raises NotPermitted, CannotBe.
    """
    with recorded(Kind.TOLD_APART, by=by, authority_id=pair.authority_id, subjects=_both(pair)):
        held = _held(pair, by)
        if held.state != Duplicate.State.OPEN:
            raise CannotBe(NOT_OPEN)
        held.state, held.decided_by, held.decided_at = Duplicate.State.NOT_THE_SAME, by, clock.now()
        held.identity = identity_of(held.first, held.second)
        held.save(update_fields=["state", "decided_by", "decided_at", "identity"])


def ask_again(*, pair: Duplicate, by: User) -> None:
    """The decision that these are two people is taken back. Raises NotPermitted, CannotBe."""
    with recorded(Kind.ASKED_AGAIN, by=by, authority_id=pair.authority_id, subjects=_both(pair)):
        held = _held(pair, by)
        if held.state != Duplicate.State.NOT_THE_SAME:
            raise CannotBe("This pair is not said to be two people.")
        held.state, held.decided_by, held.decided_at, held.identity = Duplicate.State.OPEN, None, None, ""
        held.save(update_fields=["state", "decided_by", "decided_at", "identity"])


def _both(pair: Duplicate) -> list[int]:
    return [pair.first_id, pair.second_id]


def _held(pair: Duplicate, by: User) -> Duplicate:
    if within_reach(by, Permission.MERGE).filter(pk__in=_both(pair)).count() < 2:
        raise NotPermitted(Permission.MERGE)
    rows = Duplicate.objects.select_related("first", "second").select_for_update(of=("self",))
    return rows.get(pk=pair.pk)
