"""What surveys do by themselves on a day: remind schools, and look once more for those nobody was found for."""

from datetime import date

from neet.audit.actions import recorded
from neet.messages.actions import Letter, send_all
from returns.calendar.queries.recipients import at_places
from returns.calendar.rules.deadlines import in_words
from returns.surveys.many.actions.finding import find_people
from returns.surveys.many.kinds import Kind
from returns.surveys.many.queries.board import by_school
from returns.surveys.models import Survey, SurveyAnswer

Found = SurveyAnswer.Found


def surveys_of_the_day(*, day: date) -> None:
    """Each open survey: its reminders, and another look for answers of nobody. The same day again writes nothing, as
    whoever calls does each day once."""
    for survey in Survey.objects.filter(opens_on__lte=day, closes_on__gte=day).select_related("authority"):
        if day in survey.remind_on:
            remind_schools(survey=survey, day=day)
        look_once_more(survey=survey)


def remind_schools(*, survey: Survey, day: date) -> int:
    """An e-mail to each school where somebody has not answered, with two numbers and no name; how many went out."""
    behind = {
        each.establishment_id: each
        for each in by_school(survey, day)
        if each.establishment_id and each.answered < each.asked
    }
    people = at_places(survey.authority_id, behind, day)
    letters = [
        Letter("survey_reminder", (person.kind, person.id), survey.authority_id, {
            "title": survey.title,
            "place": behind[place].name,
            "answered": behind[place].answered,
            "asked": behind[place].asked,
            "closes": in_words(survey.closes_on),
            "council": survey.authority.name,
            "telephone": survey.authority.contact_telephone,
            "email": survey.authority.contact_email,
        })
        for place, found in sorted(people.items())
        for person in found
    ]  # fmt: skip
    with recorded(Kind.REMINDED, by=None, authority_id=survey.authority_id) as event:
        event.counts = {
            "survey": survey.pk,
            "schools": len(people),
            "messages": len(send_all(letters=letters)),
        }
    return len(letters)


def look_once_more(*, survey: Survey) -> int:
    """Whom nobody was found for may have come to the register since. How many were looked for."""
    waiting = survey.answers.filter(found=Found.UNKNOWN, replaced_by=None, decided_by=None)
    with recorded(Kind.LOOKED_FOR, by=None, authority_id=survey.authority_id) as event:
        event.counts = {"survey": survey.pk, "again": waiting.update(found=Found.NOT_YET)}
        return find_people(survey_id=survey.pk)
