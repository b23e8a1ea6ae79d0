"""The lines of a self-assessment in their order, each with its number, what was said of it, and how it was before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from caseload.assessment.models import LineAnswer, SelfAssessment
from caseload.assessment.queries.numbers import as_answer
from neet import clock
from neet.accounts.access import opens_to
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import Scope, scope_of
from schools.models import Authority
from tracking.figures.reader import sees_every_number
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import ends_on, year_words
from tracking.rules.assessment import Answer, Answered, AssessmentLine, lines_at, without_few
from tracking.rules.suppression import LEAST

TONES = {"in_place": "good", "partly": "attention", "not_in_place": "bad", "not_for_us": "plain"}
RATINGS = dict(LineAnswer.Rating.choices)


@dataclass(frozen=True)
class Spoken:
    """What was said of a line last, and by whom."""

    rating: str
    evidence: str
    action: str
    owner: str
    due_on: date | None
    is_done: bool
    said_by: str
    said_on: date

    @property
    def rating_words(self) -> str:
        return RATINGS.get(self.rating, self.rating)

    @property
    def tone(self) -> str:
        return TONES.get(self.rating, "plain")


@dataclass(frozen=True)
class Line:
    """One line as pages, paper and files show it."""

    number: int
    code: str
    words: str
    part: str
    section: str
    help: str
    how: str
    answer: Answer | None
    said: Spoken | None
    before: float | None
    rating_before: str

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to speak: no number answers it and nobody has said anything."""
        return self.said is None and (self.answer is None or self.answer.value is None)

    @property
    def value_words(self) -> str:
        return number_words(self.answer.value, self.answer.unit) if self.answer else ""

    @property
    def trend(self) -> str:
        """How the number stands beside the assessment before; empty where there is nothing to compare."""
        if self.answer is None or self.answer.value is None or self.before is None:
            return ""
        change = self.answer.value - self.before
        if abs(change) < 0.05:
            return "as before"
        return f"{'up' if change > 0 else 'down'} from {number_words(self.before, self.answer.unit)}"

    @property
    def trend_tone(self) -> str:
        if not self.trend or self.trend == "as before" or self.answer is None or self.before is None:
            return "plain"
        if self.answer.more_is_better is None or self.answer.value is None:
            return "plain"
        return "good" if (self.answer.value > self.before) == self.answer.more_is_better else "attention"

    @property
    def url(self) -> str:
        """The page behind the number, where there still is one."""
        if not (self.answer and self.answer.page):
            return ""
        try:
            return reverse(self.answer.page)
        except NoReverseMatch:
            return ""


def told_to(found: Sequence[Line], scope: Scope) -> tuple[Line, ...]:
    """The lines as this person may read them: whoever works with no records is told no number of few (R22), and nobody
    is led to a page that does not open to them."""
    led = [each if opens_to(scope, each.url) else _without_page(each) for each in found]
    if sees_every_number(scope):
        return tuple(led)
    return tuple(
        replace(each, answer=each.answer and without_few(each.answer), before=_before(each)) for each in led
    )


def _without_page(line: Line) -> Line:
    return replace(line, answer=line.answer and replace(line.answer, page=""))


def _before(line: Line) -> float | None:
    """The number of the year before, unless it is few; of a share whole per cent alone, since what it is of is not
    known here."""
    if line.before is None:
        return None
    if line.answer and line.answer.unit == "%":
        return float(round(line.before))
    return None if 0 < line.before < LEAST else line.before


def number_words(value: float | None, unit: str) -> str:
    """A number as it is shown; a dash where there is nothing to count."""
    if value is None:
        return "–"
    told = f"{value:,.1f}".removesuffix(".0")
    return f"{told}%" if unit == "%" else f"{told} {unit}".strip()


def assessments_of(authority_id: int) -> QuerySet[SelfAssessment]:
    """Of one council, the latest first."""
    return (
        SelfAssessment.objects.filter(authority=authority_id)
        .select_related("authority", "opened_by", "handed_in_by", "approved_by")
        .order_by("-year", "-pk")
    )


def before(assessment: SelfAssessment) -> SelfAssessment | None:
    """The approved one before it, with which it is compared."""
    earlier = SelfAssessment.objects.filter(authority=assessment.authority_id, year__lt=assessment.year)
    return earlier.filter(approved_at__isnull=False).order_by("-year").first()


def questions(authority: Authority, year: int, on: date) -> tuple[AssessmentLine, ...]:
    """The council's lines of a year, by the table as it stood when that year ended, or stands now."""
    return lines_at(ruleset(min(on, ends_on(year))).assessment_lines.values(), authority.code)


def lines(assessment: SelfAssessment) -> tuple[Line, ...]:
    """All of it in order: three statements and the rules; one approved is read as it was kept."""
    if assessment.approved_at:
        return tuple(_from_kept(each) for each in assessment.kept)
    earlier = before(assessment)
    was = {each["code"]: each for each in earlier.kept} if earlier else {}
    said = latest(assessment)
    asked = questions(assessment.authority, assessment.year, clock.today())
    return tuple(
        _line(number, each, assessment.numbers, said.get(each.code), was.get(each.code))
        for number, each in enumerate(asked, start=1)
    )


def _line(
    number: int,
    asked: AssessmentLine,
    numbers: Mapping[str, Any],
    said: LineAnswer | None,
    was: Mapping[str, Any] | None,
) -> Line:
    kept = numbers.get(asked.answered_by) if asked.how is not Answered.TYPED else None
    return Line(
        number=number,
        code=asked.code,
        words=asked.words,
        part=asked.part,
        section=asked.section,
        help=asked.help,
        how=str(asked.how),
        answer=as_answer(kept) if kept else None,
        said=spoken(said) if said else None,
        before=was["answer"]["value"] if was and was["answer"] else None,
        rating_before=RATINGS.get(was["said"]["rating"], "") if was and was["said"] else "",
    )


def latest(assessment: SelfAssessment) -> dict[str, LineAnswer]:
    """What was said last of each line; one statement."""
    said = assessment.answers.order_by("line", "-said_at", "-pk").distinct("line")
    return {each.line: each for each in said.select_related("owner", "said_by")}


def history(assessment: SelfAssessment, code: str) -> QuerySet[LineAnswer]:
    """Everything that was said of a line, the latest first."""
    return assessment.answers.filter(line=code).select_related("owner", "said_by").order_by("-said_at", "-pk")


def spoken(said: LineAnswer) -> Spoken:
    return Spoken(
        rating=said.rating,
        evidence=said.evidence,
        action=said.action,
        owner=said.owner.name if said.owner else "",
        due_on=said.due_on,
        is_done=said.is_done,
        said_by=said.said_by.name if said.said_by else "",
        said_on=said.said_at.astimezone(clock.LONDON).date(),
    )


def _from_kept(kept: Mapping[str, Any]) -> Line:
    said = kept["said"]
    days = {"due_on": _day(said["due_on"]), "said_on": _day(said["said_on"])} if said else {}
    return Line(
        **{
            **kept,
            "answer": as_answer(kept["answer"]) if kept["answer"] else None,
            "said": Spoken(**{**said, **days}) if said else None,
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass(frozen=True)
class Section:
    """The lines of one section, with how many of them still wait."""

    part: str
    words: str
    begins_part: bool
    lines: Sequence[Line]

    @property
    def waiting(self) -> int:
        return sum(each.is_open for each in self.lines)


def sections(found: Sequence[Line]) -> list[Section]:
    """These by section, in their order."""
    made: list[Section] = []
    for (part, words), own in groupby(found, key=lambda each: (each.part, each.section)):
        made.append(Section(part, words, not made or made[-1].part != part, list(own)))
    return made


def plan_of(found: Sequence[Line]) -> list[Line]:
    """What is to be done, the nearest day first; what was done comes last."""
    told = [(each.said, each) for each in found if each.said and each.said.action]
    return [
        line for said, line in sorted(told, key=lambda pair: (pair[0].is_done, pair[0].due_on or date.max))
    ]


def may_work_on(user: User, authority_id: int) -> bool:
    """Whether they answer the self-assessment of this council: whoever may change its plan of the year."""
    return any(place.authority_id == authority_id for place in scope_of(user).where(Permission.PLAN_CHANGE))


def title_of(assessment: SelfAssessment) -> str:
    return f"Self-assessment {year_words(assessment.year)}"
