"""Holding a return while it changes, so that two people never write over each other."""

from returns.intake.models import Intake, IntakeRow
from returns.intake.refusals import NotNow


def locked(intake: Intake, *states: str) -> Intake:
    """The return as it is now, held until the transaction ends. Raises NotNow where it is in none of the states."""
    now = (
        Intake.objects.select_for_update(of=("self",), no_key=True)
        .select_related("authority", "establishment", "expected__collection", "file")
        .get(pk=intake.pk)
    )
    if now.state not in states:
        raise NotNow(f"This return cannot be changed: {words_of(now)}.")
    return now


def held_row(row: IntakeRow) -> tuple[Intake, IntakeRow]:
    """A row and its open return, both held. Raises NotNow."""
    intake = locked(row.intake, *Intake.OPEN)
    return intake, IntakeRow.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def words_of(intake: Intake) -> str:
    """Where a return stands, as the end of a sentence."""
    if intake.state == Intake.State.WITHDRAWN and intake.event_id is None:
        return "it was set aside"
    said: dict[str, str] = {
        Intake.State.CONFIRMED: "it was sent to the council",
        Intake.State.ACCEPTED: "the council has accepted it",
        Intake.State.REJECTED: "the council sent it back",
        Intake.State.WITHDRAWN: "it was taken back",
        Intake.State.REFUSED: "the file could not be read",
        Intake.State.UPLOADED: "it is being checked",
    }
    return said.get(intake.state, "it is not sent yet")
