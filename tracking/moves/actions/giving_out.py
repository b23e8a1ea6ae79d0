"""A hand-over is taken away as a file: who took it and when stays in the trail."""

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.moves.actions.turning import held, leaving
from tracking.moves.kinds import Kind
from tracking.moves.models import Move
from tracking.register.refusals import NotRight
from tracking.rules.moves import OPEN


def give_out(*, move: Move, by: User) -> Move:
    """The officer takes the hand-over of an open move away. Raises NotRight, NotPermitted."""
    where, whom = move.from_authority_id, [move.person_id] if move.person_id else []
    with recorded(Kind.GIVEN_OUT, by=by, authority_id=where, subjects=whom, counts={"move": move.pk}):
        now = held(move)
        leaving(now, by)
        if now.state not in OPEN:
            raise NotRight({"": "This move is settled, so there is nothing to hand over any more"})
        now.given_out_at = clock.now()
        now.save(update_fields=["given_out_at"])
        return now
