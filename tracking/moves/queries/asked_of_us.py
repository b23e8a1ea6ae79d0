"""Who asked other councils about our young people, and why."""

from dataclasses import dataclass
from datetime import datetime

from neet.accounts.models import User
from neet.audit.models import AuditEvent
from neet.ui.listing import Listing
from schools.models import Authority
from tracking.moves.kinds import Kind
from tracking.register.models import YoungPerson


@dataclass(frozen=True)
class QuestionLine:
    """One question: when, about whom of ours (and how many more), by whom of which council, and why."""

    at: datetime
    person: YoungPerson | None
    more: int
    council: str
    by: str
    why: str


def questions(authority_id: int, listing: Listing, user: User) -> tuple[Listing, tuple[QuestionLine, ...]]:
    """One page of the questions about a council's young people, the newest first; five statements."""
    found = AuditEvent.objects.filter(authority_id=authority_id, kind=Kind.ASKED_ABOUT)
    listing = listing.counted(found.count())
    rows = list(found.order_by("-at", "-pk")[listing.start : listing.stop])
    visible = YoungPerson.objects.visible_to(user).in_bulk([each.subjects[0] for each in rows])
    councils = Authority.objects.in_bulk([each.counts["asked_by"] for each in rows])
    askers = User.objects.in_bulk([each.user_id for each in rows if each.user_id])
    return listing, tuple(
        QuestionLine(
            at=each.at,
            person=visible.get(each.subjects[0]),
            more=len(each.subjects) - 1,
            council=councils[each.counts["asked_by"]].name,
            by=askers[each.user_id].name if each.user_id in askers else "",
            why=each.why,
        )
        for each in rows
    )
