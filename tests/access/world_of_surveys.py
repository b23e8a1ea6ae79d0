"""A survey of a council of the world: its links, an answer of which nobody said whose it is, help asked for."""

from datetime import date, timedelta
from typing import Any

from neet import clock
from returns.surveys.models import Survey, SurveyAnswer, SurveyDoor
from schools.models import Establishment
from tests.access.world_of_work import Record
from tracking.rules.academic_year import academic_year
from tracking.rules.matching.levels import FIELDS


def build_survey(record: Record, school: Establishment, college: Establishment) -> dict[str, Any]:
    """What Next, open at a school and a college, with one doubtful answer, by what an address may name."""
    authority, today = record.person.authority, clock.today()
    survey = Survey.objects.create(
        authority=authority, kind="what_next", academic_year=academic_year(today), title="What next?",
        opens_on=today - timedelta(days=1), closes_on=today + timedelta(days=9),
    )  # fmt: skip
    for place in (None, school, college):
        SurveyDoor.objects.create(survey=survey, establishment=place, digest=f"{authority.pk} {place}")
    answer = SurveyAnswer.objects.create(
        survey=survey, establishment=school, given_name="Ada", family_name="Ambler", date_of_birth=date(2009, 5, 14),
        found="doubtful", sure=0.9, wording="2015-04-01 en",
    )  # fmt: skip
    answer.candidates.create(person=record.person, sure=0.9, levels=[1] * len(FIELDS))
    task = authority.tasks.create(
        kind="survey_help", cause=f"survey answer {answer.pk}", words="Help", due_on=today
    )
    return {
        "survey": survey.ref,
        "survey_answer": answer.pk,
        "survey_help": task.pk,
        "survey_place": school.pk,
    }
