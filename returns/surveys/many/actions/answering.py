"""An answer is taken as it was typed. Who gave it is looked for afterwards, so a page never tells anybody."""

from datetime import timedelta

from neet import clock
from neet.accounts.secrets import new_token
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.doors import digest_of_own, is_open
from returns.surveys.many.rules import same_name
from returns.surveys.many.statements import Told
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor
from tracking.register.models import Consent, YoungPerson

LATELY = timedelta(minutes=10)
# So many answers come through one link in ten minutes while a school sits at it; more is no school.
MOST_LATELY = 1000
BY_LINK = "by link"


class TooMany(Exception):
    """More answers came through a link than pupils could give."""


class Closed(Exception):
    """The survey takes no answers today."""


def take_answer(*, door: SurveyDoor, told: Told) -> tuple[SurveyAnswer, str]:
    """Keep what somebody answered, and the secret by which they come back to it, of which only the digest is kept.

    Whoever gave the same name and birthday before in this survey gives this instead. Raises TooMany, Closed.
    """
    survey = door.survey
    secret = new_token()
    with recorded(Kind.ANSWERED, by=None, authority_id=survey.authority_id) as event:
        _refuse(survey, told.establishment_id)
        answer = _kept(survey, told, digest_of_own(secret))
        _replace(answer)
        event.counts = {"survey": survey.pk, "answer": answer.pk}
    return answer, secret


def change_answer(*, before: SurveyAnswer, told: Told) -> SurveyAnswer:
    """Other answers by the link of one's own, which holds on. Raises Closed."""
    survey = before.survey
    with recorded(Kind.ANSWERED, by=None, authority_id=survey.authority_id) as event:
        held = SurveyAnswer.objects.select_for_update(of=("self",)).get(pk=before.pk)
        if held.replaced_by_id or not is_open(survey, clock.today()):
            raise Closed
        answer = _kept(survey, told, held.digest)
        SurveyAnswer.objects.filter(pk=held.pk).update(replaced_by=answer, digest="")
        _replace(answer)
        event.counts = {"survey": survey.pk, "answer": answer.pk}
    return answer


def withdraw_own(*, answer: SurveyAnswer) -> None:
    """They take back, by the link of their own, that their school may be told; at any time, once and for all."""
    with recorded(Kind.CONSENT_WITHDRAWN, by=None, authority_id=answer.survey.authority_id) as event:
        held = SurveyAnswer.objects.select_for_update(of=("self",)).get(pk=answer.pk)
        event.counts = {"answer": held.pk}
        SurveyAnswer.objects.filter(pk=held.pk).update(consent=False)
        if held.person_id:
            event.subjects = [held.person_id]
            YoungPerson.objects.select_for_update().only("pk").get(pk=held.person_id)
            end_consent(held.person_id)


def end_consent(person_id: int) -> int:
    """Part of an act: what they agreed to ends today. How many that were."""
    running = Consent.objects.filter(
        person=person_id, purpose=Consent.Purpose.SCHOOL_FEEDBACK, withdrawn_on=None
    )
    return running.update(withdrawn_on=clock.today())


def _refuse(survey: Survey, establishment_id: int | None) -> None:
    if not is_open(survey, clock.today()):
        raise Closed
    lately = survey.answers.filter(establishment=establishment_id, answered_at__gt=clock.now() - LATELY)
    if lately.count() >= MOST_LATELY:
        raise TooMany


def _kept(survey: Survey, told: Told, digest: str) -> SurveyAnswer:
    return SurveyAnswer.objects.create(
        survey=survey,
        establishment_id=told.establishment_id,
        tutor_group=told.answers.get("tutor_group", ""),
        given_name=told.given_name,
        family_name=told.family_name,
        date_of_birth=told.born_on,
        answers={name: value for name, value in told.answers.items() if value and name != "tutor_group"},
        consent=told.consents,
        language=told.language,
        wording=told.wording,
        digest=digest,
    )


def _replace(answer: SurveyAnswer) -> None:
    """Earlier answers under the same name and birthday: a button pressed twice, or somebody who thought again."""
    one_at_a_time(f"survey answer {answer.date_of_birth}", answer.survey_id)
    named = same_name(answer.given_name), same_name(answer.family_name)
    others = answer.survey.answers.filter(date_of_birth=answer.date_of_birth, replaced_by=None)
    typed = others.exclude(pk=answer.pk).values_list("pk", "given_name", "family_name")
    before = [pk for pk, given, family in typed if (same_name(given), same_name(family)) == named]
    SurveyAnswer.objects.filter(pk__in=before).update(replaced_by=answer, digest="")
