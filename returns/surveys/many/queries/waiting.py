"""Answers that wait for somebody to say whose they are: beside those they may be, or of nobody on the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from neet.accounts.models import User
from neet.ui.words import day
from returns.intake.queries.matches import likely
from returns.intake.queries.side_by_side import Beside, Line, lines_between
from returns.surveys.many.queries.board import counting, surveys_of
from returns.surveys.models import Survey, SurveyAnswer, SurveyCandidate
from tracking.reference.queries import ruleset
from tracking.register.columns import objection_in_force
from tracking.register.models import Residence, YoungPerson
from tracking.rules.matching.model import MatchingModel
from tracking.rules.survey import Asked, questions_of

Found = SurveyAnswer.Found


@dataclass(frozen=True)
class Option:
    """Somebody an answer may be of."""

    number: int
    words: str
    candidate: SurveyCandidate
    likely: str

    @property
    def person(self) -> YoungPerson:
        return self.candidate.person


@dataclass(frozen=True)
class Case:
    """One answer that waits, and whose it may be."""

    answer: SurveyAnswer
    options: tuple[Option, ...]
    lines: tuple[Line, ...]


def doubtful(survey: Survey, user: User) -> QuerySet[SurveyAnswer]:
    """The doubtful answers this user may decide on, the likeliest first: one that may be of somebody whose record they
    may not see is for those who may."""
    seen = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("person"))
    theirs = SurveyCandidate.objects.filter(answer=OuterRef("pk"))
    waiting = counting(survey).filter(
        Exists(theirs), ~Exists(theirs.filter(~Exists(seen))), found=Found.DOUBTFUL
    )
    return waiting.select_related("survey__authority", "establishment").order_by("-sure", "pk")


def next_case(survey: Survey, user: User, later: Sequence[int], on: date) -> Case | None:
    """The next to decide on; those put off come when no others are left. Five statements at most."""
    rows = doubtful(survey, user)
    answer = rows.exclude(pk__in=later).first() or rows.first()
    return _case(answer, on) if answer else None


def _case(answer: SurveyAnswer, on: date) -> Case:
    asked = SurveyCandidate.objects.filter(answer=answer).select_related("person__situation__activity")
    candidates = list(asked.annotate(keeps_back=objection_in_force(on, "person")).order_by("-sure", "pk"))
    people = [each.person_id for each in candidates]
    homes = {home.person_id: home for home in Residence.objects.filter(person__in=people, ends_on=None)}
    several = len(candidates) > 1
    options = tuple(
        Option(number, f"On the register{f', {number}' if several else ''}", each, likely(each.sure))
        for number, each in enumerate(candidates, start=1)
    )
    beside = [
        Beside(one.words, each, homes.get(each.person_id), bool(getattr(each, "keeps_back", False)))
        for one, each in zip(options, candidates, strict=True)
    ]
    said = {
        "forename": answer.given_name,
        "surname": answer.family_name,
        "born": day(answer.date_of_birth),
        "establishment": str(answer.establishment or ""),
    }
    return Case(answer, options, lines_between(said, beside, MatchingModel()))


def unknown(survey: Survey) -> QuerySet[SurveyAnswer]:
    """Answers of nobody on the register, the newest first."""
    return (
        counting(survey)
        .filter(found=Found.UNKNOWN)
        .select_related("establishment")
        .order_by("-answered_at", "pk")
    )


def answer_here(user: User, pk: int) -> SurveyAnswer | None:
    """One answer of the surveys of this user's council."""
    surveys = surveys_of(user).order_by().values("pk")
    found = SurveyAnswer.objects.select_related("survey__authority", "establishment", "person", "replaced_by")
    return found.filter(pk=pk, survey__in=surveys).first()


@dataclass(frozen=True)
class Said:
    """One question and what was answered, in words."""

    question: str
    answer: str


def said_in(answer: SurveyAnswer, on: date) -> list[Said]:
    """What somebody answered, in our words, in the order it is asked."""
    questions = questions_of(ruleset(on).survey_questions, answer.survey.kind, "en")
    said = {**answer.answers, Asked.TUTOR_GROUP: answer.tutor_group}
    lines = [
        Said(each.plain_words, dict(each.choices).get(said[each.asked], said[each.asked]))
        for each in questions
        if said.get(each.asked)
    ]
    if any(each.asked is Asked.CONSENT for each in questions):
        lines.append(Said("Their school may be told in February", "Yes" if answer.consent else "No"))
    return lines
