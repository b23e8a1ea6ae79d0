"""A return is sent: taken into the register in one act; rows decided later follow one by one."""

from collections.abc import Callable

from django.db import transaction

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.turns import one_at_a_time
from returns.calendar.actions.answering import mark_sent
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.locking import locked
from returns.intake.checking import compare_again
from returns.intake.effects import effect_of
from returns.intake.kinds import Kind
from returns.intake.models import Intake, IntakeRow, Problem
from returns.intake.queries.sending import needs_privacy_notice
from returns.intake.queries.standing import reference_of
from returns.intake.queries.work import is_at_work
from returns.intake.refusals import Changed, NoticeMissing, NotNow, NotReady
from returns.intake.rules.found import UNEXPLAINED_STOPS
from returns.intake.taking import Taken, take_over
from tracking.register.actions.upkeep import close_answered
from tracking.register.refusals import NotPermitted

State, Outcome = Intake.State, IntakeRow.Outcome
LARGE = 2000  # rows; more wait in the line of long work
PRIVACY_NOTICE = (
    "Say on which day every pupil had the privacy notice, or take numbers and contact details off the return."
)


def no_fence() -> None:
    """Where nobody else may have taken the work over."""


def ask_to_confirm(*, intake: Intake, by: User | None, instead: bool = False) -> Job | None:
    """Have a checked return taken over beside the pages; None where that is asked for already. `instead`: in place of
    the versions sent before it, else beside them.

    Raises NotNow, NotReady, NotPermitted.
    """
    with transaction.atomic():
        now = locked(intake, State.CHECKED)
        refuse_unready(now, by)
        if is_at_work(now):
            return None
        large = int(now.counts.get("rows", 0)) > LARGE
        return submit(
            kind=Kind.APPLIED,
            by=by,
            authority_id=now.authority_id,
            payload={"intake": now.pk, "instead": instead},
            queue=Job.Queue.LARGE if large else Job.Queue.SMALL,
        )


def confirm(*, intake: Intake, by: User | None, fence: Callable[[], None] = no_fence) -> Intake:
    """Take a checked return into the register, in one transaction and under one event of the trail (R12).

    First it is compared with the register once more: where that is no longer as its sender saw it, nothing is taken,
    the new comparison is kept and Changed says for how many. A return taken over already stays as it is. Versions of
    one return follow each other; the last one confirmed counts. `fence` is called last inside the transaction, so
    that a worker that was taken over leaves no trace. Raises Changed, NotNow, NotReady, NotPermitted.
    """
    with recorded(Kind.APPLIED, by=by, authority_id=intake.authority_id) as event:
        held = _held(intake)
        event.counts = {"intake": held.pk}
        changed = 0
        if held.is_applied:
            event.counts["repeated"] = 1
        else:
            refuse_unready(held, by)
            if changed := _changed_since(held):
                event.kind = Kind.COMPARED_AGAIN
                event.counts["changed"] = changed
            else:
                _apply(held, event, by)
        fence()
    if changed:
        raise Changed(changed)
    return held


def apply_decided(*, row: IntakeRow, by: User | None) -> IntakeRow:
    """Take over one row of a sent return after somebody said who it is, under an event of its own. A row that is
    taken over already stays as it is. Raises NotNow where the return is not in the register."""
    with recorded(Kind.ROW_APPLIED, by=by, authority_id=row.intake.authority_id) as event:
        held = locked(row.intake, *Intake.APPLIED)
        one_at_a_time("intake", held.authority_id)
        now = IntakeRow.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
        event.counts = {"intake": held.pk}
        if now.applied_event or now.left_out:
            event.counts["repeated"] = 1
            return now
        if now.person_id is None and now.found != IntakeRow.Found.NEW:
            raise NotNow("Nobody has said yet who this is.")
        now.outcome = _outcome_of(now)
        now.save(update_fields=["outcome"])
        _record(event, held, take_over(held, event, [now.pk]), by)
    now.refresh_from_db()
    return now


def accept(*, intake: Intake, by: User) -> Intake:
    """The council has looked at a return: its sender can no longer take it back. Done twice it is done once.

    Raises NotNow, NotPermitted.
    """
    with recorded(Kind.ACCEPTED, by=by, authority_id=intake.authority_id) as event:
        held = locked(intake, *Intake.APPLIED)
        refuse_stranger(held, by, Permission.RETURN_RECEIVE)
        event.counts = {"intake": held.pk}
        if held.state == State.CONFIRMED:
            held.state, held.decided_at, held.decided_by = State.ACCEPTED, clock.now(), by
            held.save(update_fields=["state", "decided_at", "decided_by"])
    return held


def refuse_unready(intake: Intake, by: User | None) -> None:
    """Raise NotReady or NotPermitted where a return cannot be sent. Rows that need a change are held back alone, and
    questions may stay open, but for whether it is the right file at all."""
    refuse_stranger(intake, by, Permission.RETURN_SUBMIT)
    of_the_whole = intake.problems.filter(severity=Problem.Severity.ERROR, row=None).first()
    if of_the_whole:
        raise NotReady(f"{of_the_whole.why} {of_the_whole.fix}".strip())
    not_answered = intake.problems.filter(kind__in=UNEXPLAINED_STOPS, explained="").first()
    if not_answered:
        raise NotReady(f"{not_answered.why} {not_answered.fix}".strip())
    if intake.notice_issued_on is None and needs_privacy_notice(intake):
        raise NoticeMissing(PRIVACY_NOTICE)


def refuse_stranger(intake: Intake, by: User | None, permission: Permission) -> None:
    """Raise NotPermitted unless they hold the permission at this return's establishment or council. None is the
    system itself."""
    if by is None:
        return
    for place in scope_of(by).where(permission):
        if place.authority_id == intake.authority_id and place.establishment_id in (
            None,
            intake.establishment_id,
        ):
            return
    raise NotPermitted(permission)


def _held(intake: Intake) -> Intake:
    """The return, held together with what was asked for: versions are taken over one after the other, and an
    authority's returns too, so that two schools do not each add the same newcomer."""
    ExpectedReturn.objects.select_for_update(of=("self",), no_key=True).get(pk=intake.expected_id)
    held = locked(intake, State.CHECKED, *Intake.APPLIED)
    one_at_a_time("intake", held.authority_id)
    return held


def _changed_since(intake: Intake) -> int:
    """For how many young people the register is no longer as the sender saw it; the new comparison is kept."""
    before = intake.fingerprint
    changed = compare_again(intake).changed
    intake.save(update_fields=["counts", "fingerprint", "compared_at"])
    return 0 if intake.fingerprint == before else max(changed, 1)


def _apply(intake: Intake, event: AuditEvent, by: User | None) -> None:
    _record(event, intake, take_over(intake, event), by)
    intake.state, intake.event_id = State.CONFIRMED, event.pk
    intake.confirmed_at, intake.confirmed_by = event.at, by
    intake.counts = {**intake.counts, "taken": dict(event.counts)}
    intake.save(update_fields=["state", "event_id", "confirmed_at", "confirmed_by", "counts"])
    mark_sent(expected=intake.expected, at=event.at, reference=reference_of(intake))


def _record(event: AuditEvent, intake: Intake, taken: Taken, by: User | None) -> None:
    """What the trail keeps: whom it concerned, and counts without a value. Tasks that are answered are closed."""
    answered = close_answered(taken.people, on=clock.today(), by=by, at=event.at)
    shown = {name: count for name, count in taken.counts.items() if count and name in SHOWN}
    event.subjects = list(taken.people)
    event.counts = {"intake": intake.pk, **shown, **({"tasks_closed": answered} if answered else {})}


SHOWN = frozenset(
    {"rows_applied", "people_added", "objections_added", "objectors", "values_not_kept", "differences_kept",
     "former_names", "people_changed", "addresses_kept", "addresses_changed", "addresses_added", "contacts_added",
     "plans_added", "plans_told", "gaps_filled", "activities_changed", "activities_added", "confirmations",
     "offers_added", "offers_changed", "offers_kept", "guarantees_without", "offer_tasks_answered",
     "offer_tasks_opened", "guarantees", "tasks_replaced", "tasks_answered", "tasks_opened", "held_back",
     "needs_added", "needs_changed", "needs_over", "people_handed_on"}
)  # fmt: skip


def _outcome_of(row: IntakeRow) -> str:
    """What a decided row is; what it does to the register is found out while it is taken over."""
    if row.person_id is None:
        return Outcome.NEW_PERSON
    if "facts_meant" in effect_of(row.intake).apply:
        return Outcome.RECORDS
    return Outcome.LEFT if row.clean.get("left_on") else Outcome.NEW_HERE
