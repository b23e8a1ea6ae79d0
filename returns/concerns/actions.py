"""One pupil a school worries about comes onto the at-risk list at once: a return of one row, taken back like any."""

from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.concerns.kinds import Kind
from returns.concerns.statements import Worry
from returns.intake.models import Intake, IntakeRow
from returns.leavers.one_row import OneRow, take_at_once

TYPE, TITLE = "potential_neet", "Potential NEET, told of one by one"
NOT_TAKEN = "It could not be taken. Ring the council."


def tell_of_pupil(*, worry: Worry, by: User) -> Intake:
    """Put one pupil on the at-risk list with what the school says, or add it to what stands there (R24).

    Raises NotTaken with the words of what stands in the way; then nothing is kept. NotNow, NotReady, NotPermitted.
    """
    person, place = worry.person, worry.establishment
    said = OneRow(TYPE, TITLE, person, place, worry.values())
    with recorded(Kind.TOLD, by=by, authority_id=person.authority_id, subjects=[person.pk]) as event:
        sent = take_at_once(said, by, meant=IntakeRow.Outcome.RECORDS, otherwise=NOT_TAKEN)
        event.counts = {"intake": sent.pk, "establishment": place.pk}
    return sent
