"""A return goes back out of the register: withdrawn by whoever sent it, or sent back by the council."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.audit.models import AuditEvent
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.turns import one_at_a_time
from neet.ui.words import many
from returns.calendar.actions.answering import mark_not_sent
from returns.calendar.actions.telling import tell
from returns.calendar.models import ExpectedReturn, Notice
from returns.intake.actions.applying import LARGE, no_fence, refuse_stranger
from returns.intake.actions.locking import locked
from returns.intake.effects import effect_of
from returns.intake.effects.destinations import ANSWERS
from returns.intake.kinds import Kind
from returns.intake.models import Intake
from returns.intake.queries.work import is_at_work
from returns.intake.refusals import NotNow, NotReady
from returns.intake.taking import ANSWERED, REPLACED, cause_of, steps
from tracking.register.actions.upkeep import ASK_AT_16, CHECK_STARTED, LAPSED, LAPSING
from tracking.register.refusals import NotPermitted

State = Intake.State
CLOSED_BY_US = [ANSWERED, REPLACED, "Answered by a later record"]
SWEPT = [LAPSING, LAPSED, CHECK_STARTED, ASK_AT_16]
SAY_WHY = "Say why the return goes back, so that its sender can mend it."


@dataclass(frozen=True)
class TakenBack:
    """A return that was taken back: how many young people are as before, and who stays because somebody changed
    something about them since."""

    intake: Intake
    back: int
    staying: tuple[int, ...]

    @property
    def words(self) -> str:
        """What became of it, in a sentence or two."""
        stay = f" {many(len(self.staying), 'young person was,young people were')} changed since and"
        stay += " stays as they are." if len(self.staying) == 1 else " stay as they are."
        return "Taken back." + (stay if self.staying else "")


def reject(*, intake: Intake, why: str, by: User | None, fence: Callable[[], None] = no_fence) -> TakenBack:
    """The council sends a return back, says why, and asks for it again. What it did to the register goes back where
    nobody wrote since. Raises NotReady without a reason, NotNow, NotPermitted."""
    if not why.strip():
        raise NotReady(SAY_WHY)
    with recorded(Kind.REJECTED, by=by, authority_id=intake.authority_id, why=why.strip()) as event:
        held = _held(intake)
        refuse_stranger(held, by, Permission.RETURN_RECEIVE)
        done = _back(held, event, State.REJECTED)
        held.decided_at, held.decided_by, held.decided_why = clock.now(), by, why.strip()[:400]
        held.save()
        tell(expected=[held.expected], kind=Notice.Kind.SENT_BACK, on=clock.today())
        fence()
    return done


def withdraw(*, intake: Intake, by: User | None, fence: Callable[[], None] = no_fence) -> TakenBack:
    """Take a sent return back: its school or college until the council accepts it, the council at any time.

    Raises NotNow, NotPermitted.
    """
    with recorded(Kind.WITHDRAWN, by=by, authority_id=intake.authority_id) as event:
        held = _held(intake)
        _refuse_withdrawal(held, by)
        done = _back(held, event, State.WITHDRAWN)
        held.withdrawn_at, held.withdrawn_by = clock.now(), by
        held.save()
        fence()
    return done


def ask_to_take_back(*, intake: Intake, how: str, by: User, why: str = "") -> Job | None:
    """Have a return `rejected` or `withdrawn` beside the pages; None where that is asked for already.

    Raises NotReady, NotNow, NotPermitted.
    """
    if how == State.REJECTED and not why.strip():
        raise NotReady(SAY_WHY)
    with transaction.atomic():
        held = locked(intake, *Intake.APPLIED)
        _refuse_earlier(held)
        if how == State.REJECTED:
            refuse_stranger(held, by, Permission.RETURN_RECEIVE)
        else:
            _refuse_withdrawal(held, by)
        if is_at_work(held):
            return None
        Intake.objects.filter(pk=held.pk).update(decided_why=why.strip()[:400])
        large = int(held.counts.get("rows", 0)) > LARGE
        return submit(
            kind=Kind.TAKEN_BACK,
            by=by,
            authority_id=held.authority_id,
            payload={"intake": held.pk, "how": how},
            queue=Job.Queue.LARGE if large else Job.Queue.SMALL,
        )


def _held(intake: Intake) -> Intake:
    ExpectedReturn.objects.select_for_update(of=("self",), no_key=True).get(pk=intake.expected_id)
    held = locked(intake, *Intake.APPLIED)
    _refuse_earlier(held)
    one_at_a_time("intake", held.authority_id)
    return held


def _refuse_earlier(intake: Intake) -> None:
    later = intake.expected.intakes.filter(version__gt=intake.version, state__in=Intake.APPLIED)
    if later.exists():
        raise NotNow("A later version of this return was sent. Take that one back first.")


def _refuse_withdrawal(intake: Intake, by: User | None) -> None:
    try:
        refuse_stranger(intake, by, Permission.RETURN_RECEIVE)
    except NotPermitted:
        refuse_stranger(intake, by, Permission.RETURN_SUBMIT)
        locked(intake, State.CONFIRMED)


def _back(intake: Intake, event: AuditEvent, state: str) -> TakenBack:
    """Undo every act of the return, the newest first; what is left of it in tasks and rows follows."""
    acts = _acts_of(intake)
    moments = list(AuditEvent.objects.filter(pk__in=acts).values_list("at", flat=True))
    people = _people_of(acts)
    if effect_of(intake).kept_above:
        import_string(settings.INTAKE_TAKERS[intake.type]["give_back"])(intake=intake, events=acts)
    with connection.cursor() as cursor:
        _run("take_back", _asked(intake, acts, moments))
        staying: set[int] = set()
        for act in acts:
            cursor.execute("select * from tracking_undo(%s)", [act])
            staying |= _people_left(cursor.fetchall())
        _run("after_back", _asked(intake, acts, moments))
        cursor.execute("drop table newcomers, let_go")
    intake.state = state
    event.subjects = sorted(people)
    event.counts = {"intake": intake.pk, "people": len(people) - len(staying), "stay": len(staying)}
    if not intake.expected.intakes.filter(state__in=Intake.APPLIED).exclude(pk=intake.pk).exists():
        mark_not_sent(expected=intake.expected)
    return TakenBack(intake, len(people) - len(staying), tuple(sorted(staying)))


def _acts_of(intake: Intake) -> list[int]:
    """The acts by which the return and its rows were taken over, the newest first."""
    later = intake.rows.exclude(applied_event=None).values_list("applied_event", flat=True).distinct()
    acts = {intake.event_id, *later}
    return sorted((act for act in acts if act), reverse=True)


def _people_of(acts: Sequence[int]) -> set[int]:
    subjects = AuditEvent.objects.filter(pk__in=acts).values_list("subjects", flat=True)
    return {person for each in subjects for person in each}


LEFT = "select distinct {person} from {table} where id = any(%s)"
LEFT_CONFIRMED = """
    select distinct a.person_id from tracking_confirmation c join tracking_activity a on a.id = c.activity_id
    where c.id = any(%s)
"""


def _people_left(undone: list[tuple[str, int, int, list[int]]]) -> set[int]:
    """Whose rows stay."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for table, _, _, left in undone:
            if not left:
                continue
            person = "id" if table == "tracking_youngperson" else "person_id"
            confirmed = table == "tracking_confirmation"
            cursor.execute(LEFT_CONFIRMED if confirmed else LEFT.format(person=person, table=table), [left])
            found |= {number for (number,) in cursor.fetchall()}
    return found


def _run(name: str, asked: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        for statement in steps(name).values():
            cursor.execute(statement, asked)


def _asked(intake: Intake, acts: list[int], moments: list[datetime]) -> dict[str, Any]:
    return {
        "intake": intake.pk,
        "authority": intake.authority_id,
        "events": acts,
        "moments": moments,
        "applied": list(Intake.APPLIED),
        "cause": cause_of(intake.pk),
        "answers": ANSWERS,
        "swept": SWEPT,
        "outcomes": CLOSED_BY_US,
    }
