"""Somebody at the council says who gave an answer, sets one aside, has it looked for again, or takes that back."""

from django.db import connection

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from returns.surveys.many.actions.planning import refuse_stranger
from returns.surveys.many.actions.taking import OF_AN_ANSWER, take_over
from returns.surveys.many.kinds import Kind
from returns.surveys.models import SurveyAnswer
from tracking.register.models import Claim, Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight

Found = SurveyAnswer.Found
WAITING = (Found.NOT_YET, Found.DOUBTFUL, Found.UNKNOWN)
DECIDED_ALREADY = "Somebody has said who this is already"


def choose(*, answer: SurveyAnswer, person: YoungPerson, by: User) -> SurveyAnswer:
    """This young person gave the answer. Raises NotRight where that was said before, NotPermitted."""
    with recorded(
        Kind.DECIDED, by=by, authority_id=answer.survey.authority_id, subjects=[person.pk]
    ) as event:
        held = _held(answer, by)
        if (
            not YoungPerson.objects.visible_to(by)
            .filter(pk=person.pk, authority=held.survey.authority_id)
            .exists()
        ):
            raise NotPermitted
        if held.found not in WAITING:
            raise NotRight({"": DECIDED_ALREADY})
        event.counts = {"answer": held.pk}
        held.found, held.sure, held.decided_by, held.decided_at = Found.CHOSEN, 1.0, by, clock.now()
        return take_over(answer=held, person=person, by=by)


def nobody(*, answer: SurveyAnswer, by: User) -> SurveyAnswer:
    """None of those it may be: it is of nobody on the register. Raises NotRight, NotPermitted."""
    return _marked(answer, Found.UNKNOWN, (Found.DOUBTFUL,), by)


def set_aside(*, answer: SurveyAnswer, by: User) -> SurveyAnswer:
    """Nobody's answer at all (a joke, a trial): it counts no more. Raises NotRight, NotPermitted."""
    done = _marked(answer, Found.SET_ASIDE, WAITING, by)
    waiting = Task.objects.filter(person=None, cause=f"{OF_AN_ANSWER} {answer.pk}", done_at=None)
    waiting.update(done_at=clock.now(), done_by=by, outcome="The answer was set aside")
    return done


def look_again(*, answer: SurveyAnswer, by: User) -> SurveyAnswer:
    """Have it looked for once more, also when it was set aside. Raises NotRight, NotPermitted."""
    return _marked(answer, Found.NOT_YET, (Found.UNKNOWN, Found.DOUBTFUL, Found.SET_ASIDE), by)


def take_back(*, answer: SurveyAnswer, by: User) -> SurveyAnswer:
    """It is not theirs after all: what it did in the register goes back where nobody wrote since, and it waits for
    somebody to say whose it is. Raises NotRight, NotPermitted."""
    with recorded(Kind.TAKEN_BACK, by=by, authority_id=answer.survey.authority_id) as event:
        held = _held(answer, by)
        if not held.person_id or not held.applied_event:
            raise NotRight({"": "Nobody has said who this is"})
        event.subjects, event.counts = [held.person_id], {"answer": held.pk}
        with connection.cursor() as cursor:
            cursor.execute("select * from tracking_undo(%s)", [held.applied_event])
        asked = Task.objects.filter(person=held.person_id, cause=f"survey {held.survey_id}", done_at=None)
        asked.update(done_at=clock.now(), done_by=by, outcome="The answer was somebody else’s")
        if held.claim_id:
            said = Claim.objects.filter(pk=held.claim_id, state=Claim.State.OPEN)
            said.update(state=Claim.State.SET_ASIDE, decided_by=by, decided_at=clock.now())
        held.person, held.claim, held.applied_event = None, None, None
        held.found, held.sure = (
            (Found.DOUBTFUL, held.sure) if held.candidates.exists() else (Found.UNKNOWN, None)
        )
        held.decided_by, held.decided_at = by, clock.now()
        held.save()
        return held


def _marked(answer: SurveyAnswer, found: str, while_it_is: tuple[str, ...], by: User) -> SurveyAnswer:
    with recorded(Kind.DECIDED, by=by, authority_id=answer.survey.authority_id) as event:
        held = _held(answer, by)
        if held.found not in while_it_is:
            raise NotRight({"": DECIDED_ALREADY})
        event.counts = {"answer": held.pk}
        if found == Found.NOT_YET:
            held.candidates.all().delete()
        held.found, held.decided_by, held.decided_at = found, by, clock.now()
        held.save(update_fields=["found", "decided_by", "decided_at"])
        return held


def _held(answer: SurveyAnswer, by: User) -> SurveyAnswer:
    """The answer as it stands, held, for somebody who receives returns and sees all it may be."""
    refuse_stranger(by, answer.survey.authority_id)
    held = SurveyAnswer.objects.select_for_update(of=("self",)).select_related("survey").get(pk=answer.pk)
    persons = set(held.candidates.values_list("person_id", flat=True))
    if held.person_id:
        persons.add(held.person_id)
    if YoungPerson.objects.visible_to(by).filter(pk__in=persons).count() < len(persons):
        raise NotPermitted
    return held
