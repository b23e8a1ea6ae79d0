"""What people say of a line, with what is to be done and by whom; each action is a task of its owner."""

from datetime import date

from caseload.assessment.actions.reach import allowed, open_now
from caseload.assessment.kinds import Kind
from caseload.assessment.models import LineAnswer, SelfAssessment
from caseload.assessment.queries.lines import latest, questions
from caseload.assessment.queries.people import colleagues
from caseload.assessment.statements import Said
from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from tracking.register.actions.reach import repeated
from tracking.register.models import Task
from tracking.register.refusals import NotRight

KIND = "assessment"


def answer(*, assessment: SelfAssessment, line: str, said: Said, on: date, by: User) -> LineAnswer:
    """Write down how a line stands. Earlier words stay as its history; the same again changes nothing.

    With an action goes a day, and a task of whoever owns it; done, or taken out, the task is done too.
    Raises NotPermitted; NotRight for no such line, no such rating, an action without a day, an owner who does not
    work here, and once it was handed in.
    """
    allowed(by, assessment.authority_id)
    with recorded(Kind.ANSWERED, by=by, authority_id=assessment.authority_id) as event:
        now = open_now(assessment)
        _refuse(now, line, said, on)
        last = latest(now).get(line)
        if last and _same(last, said):
            repeated(event)
            return last
        made = LineAnswer.objects.create(
            assessment=now,
            line=line,
            rating=said.rating,
            evidence=said.evidence.strip(),
            action=said.action.strip(),
            owner=said.owner,
            due_on=said.due_on if said.action.strip() else None,
            is_done=said.is_done and bool(said.action.strip()),
            said_by=by,
        )
        _follow(now, made)
        event.counts = {"assessment": now.pk, "answer": made.pk}
        return made


def _refuse(assessment: SelfAssessment, line: str, said: Said, on: date) -> None:
    wrong = {}
    if line not in {each.code for each in questions(assessment.authority, assessment.year, on)}:
        wrong[""] = "This line is not part of the self-assessment any more"
    if said.rating not in LineAnswer.Rating.values:
        wrong["rating"] = "Select how it stands"
    if said.action.strip() and not said.due_on:
        wrong["due_on"] = "Enter the day by which it is to be done"
    if said.owner and not colleagues(assessment.authority, on).filter(pk=said.owner.pk).exists():
        wrong["owner"] = "Select somebody who works for this council"
    if said.owner and not said.action.strip():
        wrong["action"] = "Enter what they are to do"
    if wrong:
        raise NotRight(wrong)


def _same(last: LineAnswer, said: Said) -> bool:
    told = (said.rating, said.evidence.strip(), said.action.strip(), said.owner, said.due_on, said.is_done)
    return told == (last.rating, last.evidence, last.action, last.owner, last.due_on, last.is_done)


def _follow(assessment: SelfAssessment, said: LineAnswer) -> None:
    """The line's task says the same as its answer: one while something is to be done, none after."""
    cause = f"{KIND}:{assessment.pk}:{said.line}"
    there = Task.objects.select_for_update(of=("self",)).filter(
        authority=assessment.authority_id, kind=KIND, cause=cause, person=None, done_at=None
    )
    task = there.first()
    if said.action and said.owner and not said.is_done:
        wanted = {"words": said.action, "owner": said.owner, "due_on": said.due_on}
        if task is None:
            Task.objects.create(authority=assessment.authority, kind=KIND, cause=cause, **wanted)
        else:
            there.update(**wanted)
    elif task is not None:
        outcome = "Done" if said.is_done else "Not in the action plan any more"
        there.update(done_at=clock.now(), done_by=said.said_by, outcome=outcome)
