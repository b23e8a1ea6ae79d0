"""Inventing surveys of the small register: one in class that goes on, and the results day of last summer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from neet.accounts.models import User
from neet.clock import LONDON
from returns.surveys.many.actions.finding import find_people
from returns.surveys.many.actions.planning import plan_survey
from returns.surveys.many.queries.cohort import asked_at, day_of
from returns.surveys.many.queries.doors import wording_of
from returns.surveys.many.statements import Planned
from returns.surveys.models import Survey, SurveyAnswer
from schools.models import Authority, Establishment
from tracking.register.models import YoungPerson
from tracking.rules.academic_year import academic_year
from tracking.seeding.actions import FIRST_CODE, Invention

SIZE = "small"
SCHOOLS, IN_CLASS, BY_FLYER = 3, 22, 6
OPEN_SINCE, OPEN_FOR = timedelta(days=13), timedelta(days=26)
MISSPELT, STRANGERS = 2, 1
NEXT = ("111", "111", "121", "121", "121", "211", "321", "511")
NOW = ("230", "230", "210", "310", "unsure", "help")


@dataclass(frozen=True)
class Class:
    """Pupils of one school who answer a survey."""

    survey: Survey
    place: Establishment
    pupils: tuple[YoungPerson, ...]
    on: date
    rng: Random


def invent_surveys(invention: Invention) -> None:
    """What Next, answered at three schools so far, and last summer's results day; some misspelt their name, so that
    somebody has to look."""
    authority = Authority.objects.filter(code=FIRST_CODE).first()
    if invention.size != SIZE or authority is None:
        return
    rng = Random(f"{invention.seed} {invention.on} surveys")
    officer = User.objects.filter(
        memberships__role="tracking_officer", memberships__authority=authority
    ).earliest("pk")
    on, year = invention.on, academic_year(invention.on)
    days = on - OPEN_SINCE, on + OPEN_FOR
    spring = Planned("what_next", year, *days, (on + timedelta(days=3), on + timedelta(days=17)))
    summer = Planned("results_day", year - 1, date(year, 8, 20), date(year, 9, 30), (date(year, 9, 7),))
    for what, most, told in ((spring, IN_CLASS, on), (summer, BY_FLYER, date(year, 8, 24))):
        survey = plan_survey(authority=authority, what=what, by=officer)
        for each in _classes(survey, rng, most, told):
            _answered(each)
        find_people(survey_id=survey.pk)


def _classes(survey: Survey, rng: Random, most: int, on: date) -> Iterator[Class]:
    """The schools where most people sign in first, so that who looks at the demonstration finds one of theirs."""
    places = Establishment.objects.filter(survey_doors__survey=survey).order_by("name", "pk")
    held = set(Establishment.objects.filter(memberships__isnull=False).values_list("pk", flat=True))
    day, found = day_of(survey, on), 0
    for place in sorted(places, key=lambda place: (place.pk not in held, place.name, place.pk)):
        pupils = tuple(asked_at(survey.authority_id, place.pk, day).order_by("pk")[:most])
        if len(pupils) == most and found < SCHOOLS:
            found += 1
            yield Class(survey, place, pupils, on, rng)


def _answered(each: Class) -> None:
    version = wording_of(each.survey, "en", each.on).version
    answers = []
    for number, pupil in enumerate(each.pupils):
        answer = _answer(each, pupil, number)
        answer.wording = version
        if number < MISSPELT:
            answer.family_name = _misspelt(pupil.family_name)
        elif number < MISSPELT + STRANGERS:
            answer.given_name, answer.date_of_birth = "Jamie", born_on(pupil) + timedelta(days=5)
        answers.append(answer)
    SurveyAnswer.objects.bulk_create(answers)


def _answer(each: Class, pupil: YoungPerson, number: int) -> SurveyAnswer:
    rng, in_class = each.rng, each.survey.kind == Survey.Kind.WHAT_NEXT
    lesson = datetime.combine(each.on - timedelta(days=1 + number % 3), time(9 + number % 3), LONDON)
    helped = "yes" if rng.random() < 0.1 else "no"
    if in_class:
        said = {
            "destination": rng.choice(NEXT),
            "applied": rng.choice(("yes", "yes", "no")),
            "worried": rng.choice(("no", "little", "little", "lot")),
            "help": helped,
        }
    else:
        said = {"doing": rng.choice(NOW), "help": helped}
    return SurveyAnswer(
        survey=each.survey,
        establishment=each.place,
        tutor_group=f"11{'ABC'[number % 3]}" if in_class else "",
        given_name=pupil.given_name,
        family_name=pupil.family_name,
        date_of_birth=born_on(pupil),
        answers=said,
        consent=in_class and rng.random() < 0.6,
        language="en",
        answered_at=lesson + timedelta(seconds=20 * number),
    )


def born_on(pupil: YoungPerson) -> date:
    """Whoever is in Year 11 by age has a birthday."""
    assert pupil.date_of_birth
    return pupil.date_of_birth


def _misspelt(name: str) -> str:
    """A letter is left out in the middle, as fingers do."""
    middle = len(name) // 2
    return name[:middle] + name[middle + 1 :]
