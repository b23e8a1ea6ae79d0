"""Inventing the Activity Survey of three autumns: two that were sent, and the one that is followed up."""

from contextlib import suppress
from datetime import date, datetime, time

from neet.accounts.models import User
from neet.clock import LONDON
from returns.activity_survey import actions
from returns.activity_survey.models import ActivitySurvey
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.rules.activity_survey import survey_days, survey_year

SENT_BEFORE = 2
READINGS = ActivitySurvey.Reading


def surveyed(authority: Authority, on: date) -> None:
    """The surveys of the two autumns before, as known at their last day, signed off by another and sent; and this one,
    begun in both readings."""
    maker, signer = _who(authority, "mi_officer"), _who(authority, "manager")
    if maker is None or signer is None:
        return
    limits = ruleset(on).limits
    year = survey_year(on, limits)
    for earlier in range(year - SENT_BEFORE, year):
        # Where an invented mistake stops the file of a year, its lists stay as they are.
        with suppress(actions.CannotMake):
            _sent(authority, earlier, survey_days(earlier, limits).due_on, maker, signer)
    for reading in READINGS:
        actions.make_list(authority=authority, year=year, reading=reading, by=maker)


def _sent(authority: Authority, year: int, made_on: date, maker: User, signer: User) -> None:
    moment = datetime.combine(made_on, time(16), LONDON)
    lists = [
        actions.make_list(authority=authority, year=year, reading=each, by=maker).survey for each in READINGS
    ]
    for made in lists:
        actions.make_file(survey=made, by=maker, moment=moment)
        actions.sign_off(survey=made, by=signer)
        ActivitySurvey.objects.filter(pk=made.pk).update(signed_off_at=moment.replace(hour=17))
    statutory = ActivitySurvey.objects.get(authority=authority, year=year, reading=READINGS.STATUTORY)
    actions.mark_sent(survey=statutory, by=maker)
    ActivitySurvey.objects.filter(pk=statutory.pk).update(sent_at=moment.replace(hour=18))


def _who(authority: Authority, role: str) -> User | None:
    held = User.objects.filter(memberships__role=role, memberships__authority=authority)
    return held.order_by("pk").first()
