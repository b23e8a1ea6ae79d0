"""Moves and agreements as tests need them, written straight into the tables."""

from datetime import date
from typing import Any

from schools.models import Authority
from tracking.moves.models import CouncilAgreement, Move
from tracking.register.models import YoungPerson


def make_move(person: YoungPerson | None, **fields: Any) -> Move:
    """Proposed by the family's word, unless told otherwise; away from the person's council where there is one."""
    left = {"from_authority": person.authority, "from_la": person.authority.code} if person else {}
    said = {"moved_on": date(2026, 10, 5), "evidence": "family", "state": "proposed"}
    return Move.objects.create(person=person, **{**left, **said, **fields})


def make_agreement(offering: Authority, other: Authority, **fields: Any) -> CouncilAgreement:
    """Offered by the one and not yet agreed by the other."""
    first, second = sorted((offering, other), key=lambda each: each.pk)
    return CouncilAgreement.objects.create(first=first, second=second, offered_by_council=offering, **fields)
