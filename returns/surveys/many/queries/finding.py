"""Who on the register gave an answer: beyond doubt by name, birthday and school, else as the matcher weighs it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from returns.surveys.many.queries.cohort import day_of
from returns.surveys.models import Survey, SurveyAnswer
from tracking.matching.judging import Judgement, Question, judge
from tracking.rules.matching.deciding import Decision

BEYOND_DOUBT = (Path(__file__).parent.parent / "sql" / "beyond_doubt.sql").read_text(encoding="utf-8")
YEAR_11 = "11"
# An officer is shown no more than so many for one answer.
MOST = 3
Found = SurveyAnswer.Found


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of looking for one answer: `person_id` where it is one of the register, else those it may be."""

    found: str
    person_id: int | None = None
    sure: float | None = None
    candidates: tuple[Judgement, ...] = ()


def to_look_for(survey: Survey) -> QuerySet[SurveyAnswer]:
    """Answers that count and were not looked for yet, in the order they came."""
    return survey.answers.filter(found=Found.NOT_YET, replaced_by=None).order_by("pk")


def findings(survey: Survey, answers: Sequence[SurveyAnswer], today: date) -> dict[int, Finding]:
    """By answer what came of looking for it; the same number of statements for few as for many."""
    if not answers:
        return {}
    day = day_of(survey, today)
    found = {
        pk: Finding(Found.LINKED, person, 1.0) for pk, person in _beyond_doubt(survey, answers, day).items()
    }
    rest = [each for each in answers if each.pk not in found]
    return found | _weighed(survey, rest, day)


def _beyond_doubt(survey: Survey, answers: Sequence[SurveyAnswer], day: date) -> Mapping[int, int]:
    asked: dict[str, Any] = {
        "answers": [each.pk for each in answers],
        "authority": survey.authority_id,
        "day": day,
    }
    with connection.cursor() as cursor:
        cursor.execute(BEYOND_DOUBT, asked)
        return dict(cursor.fetchall())


def _weighed(survey: Survey, answers: Sequence[SurveyAnswer], day: date) -> dict[int, Finding]:
    if not answers:
        return {}
    question = Question(
        authority_id=survey.authority_id,
        on=day,
        rows=[by_headings(each) for each in answers],
        stands_for=[1.0] * len(answers),
    )
    by_row: dict[int, list[Judgement]] = defaultdict(list)
    for judgement in judge(question).judgements:
        by_row[judgement.row].append(judgement)
    return {each.pk: _finding(by_row[each.pk]) for each in answers}


def by_headings(answer: SurveyAnswer) -> dict[str, str]:
    """An answer as the matcher reads people."""
    return {
        "id": str(answer.pk),
        "surname": answer.family_name,
        "forename": answer.given_name,
        "date_of_birth": answer.date_of_birth.isoformat(),
        "establishment": str(answer.establishment_id or ""),
        "year_group": YEAR_11,
    }


def _finding(judgements: Sequence[Judgement]) -> Finding:
    for each in judgements:
        if each.decision is Decision.AUTO:
            return Finding(Found.LINKED, each.person_id, each.sure)
    doubtful = tuple(each for each in judgements if each.decision is Decision.REVIEW)[:MOST]
    return Finding(Found.DOUBTFUL, None, doubtful[0].sure, doubtful) if doubtful else Finding(Found.UNKNOWN)
