"""The sender answers for the pupils who were expected: one by one, or for all of a list at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.db.transaction import atomic

from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.intake.actions.locking import locked
from returns.intake.actions.mending import next_number, refuse_impossible
from returns.intake.checking import look_again
from returns.intake.keeping import keep_preset
from returns.intake.kinds import Kind
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake, IntakeRow, Missing
from returns.intake.queries.expected import Whose, expected_pupils
from returns.intake.queries.presets import presets
from returns.intake.refusals import NotNow

STILL_HERE = str(Missing.Answer.STILL_HERE)


@dataclass(frozen=True)
class Answered:
    """What became of somebody: an answer of Missing, and for who left the last day and where they went."""

    answer: str
    left_on: date | None = None
    destination: str = ""


def answer_for(*, intake: Intake, person_id: int, said: Answered, by: User) -> None:
    """Say what became of somebody who was expected, whether they stand on the return by now or not. Raises NotNow."""
    answer_for_all(intake=intake, said={person_id: said}, by=by)


def answer_for_all(*, intake: Intake, said: Mapping[int, Answered], by: User) -> int:
    """Say of several at once, by who they are, what became of them. How many answers were new: one that stands
    already is not given twice. All are kept or none. Raises NotNow."""
    with atomic():
        now = locked(intake, *Intake.OPEN)
        new = _not_yet_said(now, said)
        if new:
            counts = {"intake": now.pk, "people": len(new)}
            with recorded(
                Kind.MISSING_ANSWERED, by=by, authority_id=now.authority_id, subjects=[*new], counts=counts
            ):
                _put_on_or_off(now, new)
                _keep_answers(now, {who: each for who, each in new.items() if each.answer != STILL_HERE}, by)
    return len(new)


def _not_yet_said(intake: Intake, said: Mapping[int, Answered]) -> dict[int, Answered]:
    """The answers that differ from what stands."""
    stand = {each: Answered(STILL_HERE) for each in _on(intake).values_list("person_id", flat=True)}
    known = intake.missing.filter(person_id__in=said)
    stand |= {each.person_id: Answered(each.answer, each.left_on, each.destination) for each in known}
    if not said.keys() <= stand.keys():
        raise NotNow("Nobody of that name is expected on this return.")
    return {who: each for who, each in said.items() if each != stand[who]}


def _put_on_or_off(intake: Intake, new: Mapping[int, Answered]) -> None:
    """Who is still here gets a row, who is not loses theirs; all rows are looked at once."""
    stay = {who for who, each in new.items() if each.answer == STILL_HERE}
    gone = _on(intake).filter(person_id__in=new.keys() - stay).update(left_out=True)
    if not stay and not gone:
        return
    out = intake.rows.filter(person_id__in=stay, left_out=True).order_by("-number")
    back = dict(out.values_list("person_id", "pk"))  # the first of each where there are several
    intake.rows.filter(pk__in=back.values()).update(left_out=False)
    layout, without = LAYOUTS[intake.type], stay - back.keys()
    listed = presets(without, layout, establishment_id=intake.establishment_id, on=intake.as_at)
    keep_preset(intake, listed, first=next_number(intake))
    look_again(intake)
    intake.save()


def _keep_answers(intake: Intake, new: Mapping[int, Answered], by: User) -> None:
    """What became of those who are not on the return. Who is expected no longer, now that it was looked at again, holds
    up none of the others."""
    found = list(intake.missing.filter(person_id__in=new))
    if new and not found:
        raise NotNow("Nobody of that name is expected on this return.")
    for missing in found:
        each = new[missing.person_id]
        refuse_impossible(each.answer, each.left_on)
        left = each.answer == Missing.Answer.LEFT
        missing.answer, missing.answered_by = each.answer, by
        missing.left_on = each.left_on if left else None
        missing.destination = each.destination.strip()[:160]
    Missing.objects.bulk_update(found, ["answer", "answered_by", "left_on", "destination"])


def _on(intake: Intake) -> QuerySet[IntakeRow]:
    return intake.rows.filter(left_out=False, person__isnull=False)


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
