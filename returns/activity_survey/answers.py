"""What the Activity Survey answers to the self-assessment."""

from datetime import date

from django.db.models import Count, Q

from returns.activity_survey.models import ActivitySurvey
from returns.activity_survey.queries.destinations import destinations
from schools.models import Authority
from tracking.rules.activity_survey import HEADLINES_IN_SHORT, Headline
from tracking.rules.assessment import Answer

PAGE = "activity_survey"


def _newest(authority: Authority, on: date) -> ActivitySurvey | None:
    statutory = Q(authority=authority, reading=ActivitySurvey.Reading.STATUTORY, year__lte=on.year)
    return ActivitySurvey.objects.filter(statutory).select_related("authority").order_by("-year").first()


def survey_used(authority: Authority, on: date) -> Answer:
    """How many surveys are signed off, so that schools read their reports; the newest of them. One statement."""
    signed = Q(signed_off_at__isnull=False)
    statutory = ActivitySurvey.objects.filter(authority=authority, reading=ActivitySurvey.Reading.STATUTORY)
    found = statutory.order_by().aggregate(begun=Count("pk"), signed=Count("pk", filter=signed))
    words = (
        f"{found['signed']} of {found['begun']} surveys are signed off, and schools can read their reports"
    )
    return Answer(words, found["signed"], more_is_better=True, page=PAGE)


def destinations_of_leavers(authority: Authority, on: date) -> Answer:
    """Of those who left Year 11, who was in education and training on the newest survey's day (R104)."""
    survey = _newest(authority, on)
    if survey is None:
        return Answer("No Activity Survey was made yet", page=PAGE)
    table = destinations(survey)
    whole = next((each for each in table.whole if each.year_group is None), None)
    if whole is None or not whole.people:
        return Answer(f"The survey of {survey.year} lists nobody", page=PAGE)
    shares = dict(zip(table.headings, whole.shares, strict=True))
    parts = {words: f"{number} ({rate:.1f}%)" for words, (number, rate) in shares.items() if rate is not None}
    number, rate = shares[HEADLINES_IN_SHORT[Headline.LEARNING]]
    words = f"{number} of {whole.people} who left Year 11 were learning, in the survey of {survey.year}"
    return Answer(words, None if rate is None else round(rate, 1), "%", True, parts, PAGE)
