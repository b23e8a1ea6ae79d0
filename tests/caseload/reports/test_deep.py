"""Every figure of the deep dive that the monthly report does not hold, counted again in plain Python."""

from collections import Counter

import pytest

from caseload.reports.catalogue import DEEP_DIVE, content
from caseload.reports.rules.content import texts
from caseload.reports.rules.travel import HEARD, NEET_FOR, NEVER_HEARD
from tests.caseload.reports.conftest import NOVEMBER, november
from tracking.reference.queries import ruleset
from tracking.rules.codes import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def parts(county):
    made = content(DEEP_DIVE, county.authority, november(), county.whom("Ambleshire"))
    return {each.title: each for each in made.sections}


@pytest.fixture
def neet(county):
    held = [each for each in county.people if each.invented.place(NOVEMBER).is_measured]
    return [each for each in held if each.invented.status(NOVEMBER) is Status.NEET]


def sums(section):
    return {row[0]: int(row[1].replace(",", "")) for row in texts(section) if row[1] != "0"}


def band(days, bands):
    return next(each.words for each in bands if each.to_days is None or days <= each.to_days)


def test_for_how_long_and_how_many(parts, neet):
    days = [(NOVEMBER - each.invented.activity.started_on).days for each in neet]

    assert len(neet) > 3
    assert texts(parts["How many are NEET"])[0][1] == str(len(neet))
    assert sums(parts["How long they have been NEET"]) == Counter(band(each, NEET_FOR) for each in days)


def test_after_what_and_as_what(parts, neet):
    activities = ruleset(NOVEMBER).activities

    before = Counter(_before(each, activities) for each in neet)
    now = Counter(activities[each.invented.activity.code].plain_words for each in neet)

    assert sums(parts["What they did before"]) == before
    assert len(before) > 1
    assert sums(parts["What is recorded of them"]) == now


def _before(each, activities):
    if each.before in ("210", "310"):
        return activities[each.before].plain_words
    return activities["110"].plain_words if each.school else "Nothing recorded before"


def test_when_anybody_last_heard(parts, neet):
    heard = Counter()
    for each in neet:
        days = [day for day in (each.invented.verified_on, each.reached_on) if day and day <= NOVEMBER]
        heard[band((NOVEMBER - max(days)).days, HEARD) if days else NEVER_HEARD] += 1

    assert sums(parts["When we last heard of them"]) == heard
