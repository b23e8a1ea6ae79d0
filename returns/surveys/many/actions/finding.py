"""Looking for who answered, a moment after they did; whoever is found beyond doubt is taken over at once."""

from collections.abc import Sequence

from neet import clock
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from returns.surveys.many.actions.taking import help_asked_by_nobody_known, take_over
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.finding import Finding, Found, findings, to_look_for
from returns.surveys.models import Survey, SurveyAnswer, SurveyCandidate
from tracking.register.models import YoungPerson

MOST_AT_ONCE = 500


def find_people(*, survey_id: int) -> int:
    """Look for the young people behind the answers of a survey that nobody looked for yet; how many there were.

    Called by whoever heard an answer come in and by a sweep: one at a time, and what one has done the next finds done.
    """
    survey = Survey.objects.select_related("authority").get(pk=survey_id)
    if not to_look_for(survey).exists():
        return 0
    with recorded(Kind.LOOKED_FOR, by=None, authority_id=survey.authority_id) as event:
        one_at_a_time("survey answers", survey.pk)
        answers = list(to_look_for(survey).select_related("survey")[:MOST_AT_ONCE])
        found = findings(survey, answers, clock.today())
        _keep(answers, found)
        event.counts = {
            "survey": survey.pk,
            "answers": len(answers),
            "found": sum(each.person_id is not None for each in found.values()),
        }
    return len(answers)


def _keep(answers: Sequence[SurveyAnswer], found: dict[int, Finding]) -> None:
    """Each taken over by an event of its own, so that one mistake is taken back alone."""
    people = YoungPerson.objects.in_bulk({each.person_id for each in found.values() if each.person_id})
    candidates = []
    for answer in answers:
        finding = found[answer.pk]
        answer.found, answer.sure = finding.found, finding.sure
        if finding.person_id:
            take_over(answer=answer, person=people[finding.person_id], by=None)
            continue
        answer.save(update_fields=["found", "sure"])
        help_asked_by_nobody_known(answer)
        candidates += [
            SurveyCandidate(answer=answer, person_id=each.person_id, sure=each.sure, levels=list(each.levels))
            for each in finding.candidates
        ]
    SurveyCandidate.objects.bulk_create(candidates)


def find_waiting() -> int:
    """Look in every survey whose answers wait: what was not heard of comes up all the same."""
    waiting = SurveyAnswer.objects.filter(found=Found.NOT_YET, replaced_by=None)
    surveys = list(waiting.order_by("survey").values_list("survey", flat=True).distinct())
    return sum(find_people(survey_id=each) for each in surveys)
