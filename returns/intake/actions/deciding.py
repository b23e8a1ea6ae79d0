"""Somebody at the council says who a doubtful row of a return is, and may take that back."""

from typing import Any

from django.db import connection, transaction

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from neet.turns import one_at_a_time
from returns.intake.actions.applying import apply_decided, refuse_stranger
from returns.intake.actions.locking import locked
from returns.intake.actions.taking_back import CLOSED_BY_US, SWEPT
from returns.intake.effects.destinations import ANSWERS
from returns.intake.kinds import Kind
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Candidate, Intake, IntakeRow
from returns.intake.refusals import NotNow
from returns.intake.taking import steps
from tracking.register.models import YoungPerson
from tracking.register.refusals import NotPermitted

Found, Verdict = IntakeRow.Found, Candidate.Verdict
NAMED_BY = ("family_name", "given_name", "date_of_birth")
WHERE_DECIDED = (Intake.State.CHECKED, *Intake.APPLIED)


def decide(*, candidate: Candidate, verdict: str, by: User) -> IntakeRow:
    """Say whether a row is this young person. Once it is, the row of a sent return goes into the register.

    A pupil who stands on the return twice is left out the second time; where a return has several lines of one, all
    of them are decided together. Where all others were ruled out before, a further "somebody else" leaves nobody, which
    is what `nobody` says. Raises NotNow, NotPermitted.
    """
    with transaction.atomic():
        others = _lines_of_one(candidate.row)
        row = _decide(candidate, verdict, by)
        for other in Candidate.objects.filter(row__in=others, person=candidate.person_id).select_related(
            "row__intake"
        ):
            _decide(other, verdict, by)
    return row


def _decide(candidate: Candidate, verdict: str, by: User) -> IntakeRow:
    with recorded(Kind.MATCH_DECIDED, by=by, authority_id=candidate.row.intake.authority_id) as event:
        intake, row = _held(candidate.row, by)
        event.subjects, event.counts = [candidate.person_id], {"intake": intake.pk}
        if verdict == Verdict.DIFFERENT:
            row.candidates.filter(pk=candidate.pk).update(verdict=Verdict.DIFFERENT)
            return row
        row.candidates.exclude(pk=candidate.pk).update(verdict=Verdict.DIFFERENT)
        row.candidates.filter(pk=candidate.pk).update(verdict=Verdict.SAME)
        once = not LAYOUTS[intake.type].many_lines
        row.left_out = once and intake.rows.filter(person=candidate.person_id, left_out=False).exists()
        row.person_id, row.found, row.sure = candidate.person_id, Found.CHOSEN, 1.0
        return _decided(intake, row, by)


def nobody(*, row: IntakeRow, by: User) -> IntakeRow:
    """Say that none of them is the pupil of a row, and of their other lines: they are not on the register yet.

    Raises NotNow, NotPermitted.
    """
    with transaction.atomic():
        others = _lines_of_one(row)
        decided = _nobody(row, by)
        for other in others:
            _nobody(other, by)
    return decided


def _nobody(row: IntakeRow, by: User) -> IntakeRow:
    with recorded(Kind.MATCH_DECIDED, by=by, authority_id=row.intake.authority_id) as event:
        intake, row = _held(row, by)
        event.counts = {"intake": intake.pk}
        row.candidates.update(verdict=Verdict.DIFFERENT)
        row.person_id, row.found, row.sure = None, Found.NEW, None
        return _decided(intake, row, by)


def undo_decision(*, row: IntakeRow, by: User) -> IntakeRow:
    """Take back what somebody said of a row: it waits again, and what followed of it in the register goes back where
    nobody wrote since. Raises NotNow, NotPermitted."""
    with recorded(Kind.MATCH_UNDONE, by=by, authority_id=row.intake.authority_id) as event:
        intake = locked(row.intake, *WHERE_DECIDED)
        refuse_stranger(intake, by, Permission.RETURN_RECEIVE)
        row = _row(row)
        if row.decided_at is None:
            raise NotNow("Nobody has said who this is.")
        event.counts = {"intake": intake.pk}
        event.subjects = [row.person_id] if row.person_id else []
        if row.applied_event:
            _out_of_the_register(intake, row, row.applied_event)
        row.candidates.update(verdict=Verdict.OPEN)
        best = row.candidates.first()
        row.person_id, row.found, row.sure = None, Found.DOUBTFUL, best.sure if best else None
        row.outcome, row.left_out, row.applied_event = IntakeRow.Outcome.DOUBTFUL, False, None
        row.decided_by, row.decided_at = None, None
        row.save()
    return row


def _held(row: IntakeRow, by: User) -> tuple[Intake, IntakeRow]:
    """A row that waits, and its return, both held, for somebody who may say who it is: whoever sees all it may be."""
    intake = locked(row.intake, *WHERE_DECIDED)
    refuse_stranger(intake, by, Permission.RETURN_RECEIVE)
    row = _row(row)
    if row.found != Found.DOUBTFUL or row.decided_at is not None:
        raise NotNow("Somebody has said who this is already.")
    persons = set(row.candidates.values_list("person_id", flat=True))
    if YoungPerson.objects.visible_to(by).filter(pk__in=persons).count() < len(persons):
        raise NotPermitted(Permission.PERSON_READ)
    return intake, row


def _lines_of_one(row: IntakeRow) -> list[IntakeRow]:
    """The other lines of somebody on a return that may have several of each, which wait like this one."""
    if not LAYOUTS[row.intake.type].many_lines:
        return []
    alike = {f"clean__{name}": row.clean.get(name, "") for name in NAMED_BY}
    waiting = IntakeRow.objects.filter(
        intake=row.intake_id, found=Found.DOUBTFUL, decided_at=None, left_out=False
    )
    return list(waiting.filter(**alike).exclude(pk=row.pk).select_related("intake").order_by("number"))


def _row(row: IntakeRow) -> IntakeRow:
    held = IntakeRow.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("intake").get(pk=row.pk)


def _decided(intake: Intake, row: IntakeRow, by: User) -> IntakeRow:
    row.decided_by, row.decided_at = by, clock.now()
    if row.person_id is None and not LAYOUTS[intake.type].adds_people:
        row.outcome = IntakeRow.Outcome.BESIDE
    row.save()
    if intake.is_applied and not row.left_out and row.outcome != IntakeRow.Outcome.BESIDE:
        return apply_decided(row=row, by=by)
    return row


def _out_of_the_register(intake: Intake, row: IntakeRow, act: int) -> None:
    """What the row did goes back by the same steps as a whole return; other tasks of the return stay."""
    one_at_a_time("intake", intake.authority_id)
    asked: dict[str, Any] = {
        "intake": intake.pk,
        "authority": intake.authority_id,
        "events": [act],
        "moments": list(AuditEvent.objects.filter(pk=act).values_list("at", flat=True)),
        "applied": list(Intake.APPLIED),
        "cause": f"intake row:{row.pk}",
        "answers": ANSWERS,
        "swept": SWEPT,
        "outcomes": CLOSED_BY_US,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in steps("take_back").values():
            cursor.execute(statement, asked)
        cursor.execute("select * from tracking_undo(%s)", [act])
        for statement in steps("after_back").values():
            cursor.execute(statement, asked)
        cursor.execute("drop table newcomers, let_go")
    row.refresh_from_db()
