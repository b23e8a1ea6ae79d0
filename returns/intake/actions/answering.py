"""The sender answers for the pupils who were expected: one by one, or for all of a list at once."""

from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.intake.actions.locking import locked
from returns.intake.actions.mending import answer_missing, leave_out, next_number
from returns.intake.checking import look_again
from returns.intake.keeping import keep_preset
from returns.intake.kinds import Kind
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, Missing
from returns.intake.queries.expected import Whose, expected_pupils
from returns.intake.queries.presets import presets
from returns.intake.refusals import NotNow


@dataclass(frozen=True)
class Answered:
    """What became of somebody: an answer of Missing, and for who left the last day and where they went."""

    answer: str
    left_on: date | None = None
    destination: str = ""


def answer_for(*, intake: Intake, person_id: int, said: Answered, by: User) -> None:
    """Say what became of somebody who was expected, whether they stand on the return by now or not. Raises NotNow."""
    with recorded(
        Kind.MISSING_ANSWERED, by=by, authority_id=intake.authority_id, subjects=[person_id]
    ) as event:
        event.counts = {"intake": intake.pk}
        row = intake.rows.filter(person_id=person_id, left_out=False).select_related("intake").first()
        if row and said.answer == Missing.Answer.STILL_HERE:
            return
        if row:
            leave_out(row=row, by=by)
        missing = Missing.objects.filter(intake=intake, person_id=person_id).select_related("intake").first()
        if missing is None:
            raise NotNow("Nobody of that name is expected on this return.")
        answer_missing(
            missing=missing, answer=said.answer, left_on=said.left_on, destination=said.destination, by=by
        )


def all_still_here(*, intake: Intake, by: User) -> int:
    """Everybody the register has there already, and who is not answered for, is still there. How many that were.
    Those who were in Year 11 are not among them: nobody knows yet who stayed. Raises NotNow."""
    with recorded(Kind.ALL_STILL_HERE, by=by, authority_id=intake.authority_id) as event:
        now = locked(intake, *Intake.OPEN)
        there = {each.person_id for each in expected_pupils(Whose.of(now)) if not each.is_leaver}
        open_now = now.missing.filter(answer="", person_id__in=there).values_list("person_id", flat=True)
        people = list(open_now)
        layout = LAYOUTS[now.type]
        listed = presets(people, layout, establishment_id=now.establishment_id, on=now.as_at)
        now.rows.filter(person_id__in=people).delete()  # left out before, and answered for anew
        keep_preset(now, listed, first=next_number(now))
        look_again(now)
        now.save()
        event.subjects, event.counts = people, {"intake": now.pk, "people": len(people)}
    return len(people)
