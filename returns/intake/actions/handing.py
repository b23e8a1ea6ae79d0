"""A return changes hands between colleagues of one school or college."""

from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.calendar.actions.telling import tell
from returns.calendar.models import Notice
from returns.intake.actions.locking import locked
from returns.intake.kinds import Kind
from returns.intake.models import Intake
from returns.intake.queries.colleagues import colleagues_of
from returns.intake.refusals import NotAColleague


def hand_over(*, intake: Intake, to: User, note: str, by: User) -> Intake:
    """Ask a colleague of the same school or college to go on with a return. They are told by e-mail, which says no
    more than that; the note stands on the page. Raises NotAColleague, NotNow."""
    with recorded(Kind.HANDED_OVER, by=by, authority_id=intake.authority_id) as event:
        now = locked(intake, *Intake.OPEN)
        event.counts = {"intake": now.pk, "to": to.pk}
        if not colleagues_of(now, clock.today()).filter(pk=to.pk).exists():
            raise NotAColleague("Choose somebody who works at the same school or college.")
        now.handed_to, now.hand_over_note = to, note.strip()[:240]
        now.save(update_fields=["handed_to", "hand_over_note"])
        if to != by:
            tell(expected=[now.expected], kind=Notice.Kind.HANDED_OVER, on=clock.today(), to=to)
    return now


def record_notice(*, intake: Intake, issued_on: date | None, by: User) -> Intake:
    """Every pupil of 13 or over on this return was given the privacy notice by that day; None takes it back (R30).
    Raises NotNow."""
    with recorded(
        Kind.NOTICE_RECORDED, by=by, authority_id=intake.authority_id, counts={"intake": intake.pk}
    ):
        now = locked(intake, *Intake.OPEN)
        now.notice_issued_on = issued_on
        now.save(update_fields=["notice_issued_on"])
    return now
