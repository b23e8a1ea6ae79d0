"""What an answer does in the register once it is known whose it is: every statement of the young person's is kept, none
beats what somebody confirmed.
"""

from datetime import date

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.clock import LONDON
from neet.messages.rules import mobile
from neet.working_days import working_days_after
from returns.surveys.many.actions.answering import end_consent
from returns.surveys.many.kinds import Kind
from returns.surveys.models import Survey, SurveyAnswer
from tracking.reference.queries import ruleset
from tracking.register.models import Claim, Consent, ContactPoint, Task, YoungPerson
from tracking.register.models.activity import Source
from tracking.rules.academic_year import year_group
from tracking.rules.survey import HELP, YES, Asked

HELP_WANTED = "survey_help"
IN_A_SURVEY = "survey"
HELP_WITHIN = 1
# What a task about nobody yet says it comes from; a number follows.
OF_AN_ANSWER = "survey answer"
YEAR_11 = 11
SAID = {
    Survey.Kind.WHAT_NEXT: "They ask for help with what comes after Year 11",
    Survey.Kind.RESULTS_DAY: "They ask for help after results day",
}
MORE_THAN_NUMBERS = {"telephone": ContactPoint.Kind.TELEPHONE, "email": ContactPoint.Kind.EMAIL}


def take_over(*, answer: SurveyAnswer, person: YoungPerson, by: User | None) -> SurveyAnswer:
    """The answer is this young person's: what they mean to do next (their own word is what that field asks for), ways
    to reach them, what they agree to, what they do now as information to confirm, and help they asked for as a task.

    Held together by one event, so that it can be taken back.
    """
    subject = [person.pk]
    with recorded(Kind.TAKEN_OVER, by=by, authority_id=person.authority_id, subjects=subject) as event:
        held = YoungPerson.objects.select_for_update().get(pk=person.pk)
        event.counts = {"answer": answer.pk}
        _destination(answer, held)
        _reach(answer, held)
        _consent(answer, held)
        answer.claim = _doing(answer, held)
        answer.person, answer.applied_event = held, event.pk
        answer.save(
            update_fields=["person", "applied_event", "claim", "found", "sure", "decided_at", "decided_by"]
        )
        _help(answer, held)
    return answer


def wants_help(answer: SurveyAnswer) -> bool:
    """Whether they asked for somebody to get in touch."""
    said = answer.answers
    return said.get(Asked.HELP) == YES or said.get(Asked.DOING) == HELP


def answered_on(answer: SurveyAnswer) -> date:
    """The day on which it was given."""
    return answer.answered_at.astimezone(LONDON).date()


def help_asked_by_nobody_known(answer: SurveyAnswer) -> None:
    """Part of looking for who answered: help was asked for and nobody is found yet, so the answer itself is the task;
    that of an answer it replaces is over."""
    replaced = SurveyAnswer.objects.filter(replaced_by=answer).values_list("pk", flat=True)
    _over([_cause_of_nobody(pk) for pk in replaced], "Answered again")
    if wants_help(answer) and answer.person_id is None:
        _task(answer, None)


def _destination(answer: SurveyAnswer, person: YoungPerson) -> None:
    """Only of Year 11 by age, and only a code the department has on the day."""
    said, on = answer.answers.get(Asked.DESTINATION, ""), clock.today()
    born = person.date_of_birth
    in_year_11 = born is not None and year_group(born, answered_on(answer)) == YEAR_11
    if said in ruleset(on).intended_destinations and in_year_11 and person.intended_destination != said:
        person.intended_destination = said
        person.version += 1
        person.save(update_fields=["intended_destination", "version"])


def _reach(answer: SurveyAnswer, person: YoungPerson) -> None:
    """Their own number and address, from themselves: no objection to what institutions pass on keeps these back."""
    for asked, kind in MORE_THAN_NUMBERS.items():
        value = answer.answers.get(asked, "")
        if not value:
            continue
        kind = ContactPoint.Kind.MOBILE if asked == "telephone" and mobile(value) else kind
        same = person.contact_points.filter(
            value__iexact=value, ends_on=None, whose=ContactPoint.Whose.YOUNG_PERSON
        )
        if not same.filter(from_institution=False).exists():
            ContactPoint.objects.create(person=person, kind=kind, value=value)


def _consent(answer: SurveyAnswer, person: YoungPerson) -> None:
    if answer.survey.kind != Survey.Kind.WHAT_NEXT:
        return
    purpose = Consent.Purpose.SCHOOL_FEEDBACK
    running = Consent.objects.filter(person=person, purpose=purpose, withdrawn_on=None)
    if not answer.consent:
        end_consent(person.pk)
    elif not running.exists():
        Consent.objects.create(
            person=person,
            purpose=purpose,
            wording=f"{answer.survey.kind} {answer.wording}",
            given_on=answered_on(answer),
            channel=IN_A_SURVEY,
        )


def _doing(answer: SurveyAnswer, person: YoungPerson) -> Claim | None:
    """What they say they do now; what they said before in this survey and nobody decided about gives way."""
    said = answer.answers.get(Asked.DOING, "")
    if Asked.DOING not in answer.answers:
        return None
    before = Claim.objects.filter(person=person, channel=answer.survey.kind, state=Claim.State.OPEN)
    before.update(state=Claim.State.SET_ASIDE, decided_at=clock.now())
    if said not in ruleset(clock.today()).activities:
        return None
    return Claim.objects.create(
        person=person,
        code=said,
        place=answer.answers.get(Asked.PLACE, "")[:160],
        said_on=answered_on(answer),
        said_by=Source.YOUNG_PERSON,
        channel=answer.survey.kind,
    )


def _help(answer: SurveyAnswer, person: YoungPerson) -> None:
    """A task within a working day; the one about nobody, from before it was known whose answer it is, is over."""
    _over([_cause_of_nobody(answer.pk)], "It is known who asked")
    if wants_help(answer):
        _task(answer, person)


def _over(causes: list[str], outcome: str) -> None:
    waiting = Task.objects.filter(person=None, kind=HELP_WANTED, cause__in=causes, done_at=None)
    waiting.update(done_at=clock.now(), outcome=outcome)


def _task(answer: SurveyAnswer, person: YoungPerson | None) -> None:
    survey = answer.survey
    Task.objects.get_or_create(
        person=person,
        kind=HELP_WANTED,
        cause=f"survey {survey.pk}" if person else _cause_of_nobody(answer.pk),
        done_at=None,
        defaults={
            "authority_id": survey.authority_id,
            "words": SAID[Survey.Kind(survey.kind)],
            "due_on": working_days_after(clock.today(), HELP_WITHIN),
        },
    )


def _cause_of_nobody(answer_id: int) -> str:
    return f"{OF_AN_ANSWER} {answer_id}"
