"""Young people thrown by dice onto the days where rules change, with what the plain rules are told about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from schools.models import Authority
from tests.factories import confirm, make_activity, make_characteristic, make_person
from tracking.models import Characteristic, YoungPerson
from tracking.reference.queries import ruleset
from tracking.rules.codes import Status
from tracking.rules.cohort import CohortFacts, Place, place_of
from tracking.rules.currency import ActivityFacts
from tracking.rules.status import counts_in_education_and_training, status_on

DAYS = [date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31), date(2028, 2, 29), date(2027, 3, 31)]
BIRTHDAYS = [(8, 31), (9, 1), (2, 28), (2, 29), (3, 1), (1, 1), (12, 31), (6, 15)]


@dataclass
class Invented:
    """Somebody and what the plain rules are told about them."""

    person: YoungPerson
    facts: CohortFacts
    plan: tuple[date | None, date | None] | None
    activity: ActivityFacts | None
    verified_on: date | None

    def place(self, day: date) -> Place:
        starts, ends = self.plan or (None, None)
        holds = self.plan is not None and (starts is None or starts <= day) and (ends is None or ends >= day)
        facts = CohortFacts(self.facts.born_on, self.facts.letter, self.facts.since, holds)
        return place_of(facts, ruleset(day), day)

    def status(self, day: date) -> Status:
        return status_on(*self._told_by(day), ruleset(day), day)

    def participates(self, day: date) -> bool:
        return counts_in_education_and_training(*self._told_by(day), ruleset(day), day)

    def _told_by(self, day: date) -> tuple[ActivityFacts | None, date | None]:
        begun = self.activity if self.activity and self.activity.started_on <= day else None
        return begun, self.verified_on if self.verified_on and self.verified_on <= day else None


def somebody(council: Authority, dice: Random, years: tuple[int, int] = (2000, 2014)) -> Invented:
    year = dice.randint(*years)
    month, day = dice.choice(BIRTHDAYS)
    if (month, day) == (2, 29):
        year -= year % 4
    born = date(year, month, day) if dice.random() > 0.03 else None
    letter = dice.choice("PPPPPPGATEMDL?")
    since = dice.choice([None, *DAYS, *(each + timedelta(1) for each in DAYS), date(2026, 10, 1)])
    person = make_person(council, date_of_birth=born, cohort_status=letter, cohort_status_on=since)
    plan = _plan(person, dice)
    activity, verified_on = _activity(person, dice)
    return Invented(person, CohortFacts(born, letter, since), plan, activity, verified_on)


def _plan(person: YoungPerson, dice: Random) -> tuple[date | None, date | None] | None:
    if dice.random() < 0.5:
        return None
    starts = dice.choice([None, date(2020, 1, 1), *DAYS])
    ends = dice.choice(
        [None, *(each for each in [*DAYS, *(d - timedelta(1) for d in DAYS)] if not starts or each >= starts)]
    )
    make_characteristic(person, Characteristic.EHCP, starts_on=starts, ends_on=ends)
    return starts, ends


def _activity(person: YoungPerson, dice: Random) -> tuple[ActivityFacts | None, date | None]:
    if dice.random() < 0.1:
        return None, None
    code = dice.choice(
        ["210", "230", "310", "330", "410", "530", "619", "640", "710", "810", "260", "110", "999"]
    )
    starts = dice.choice([date(2025, 9, 1), date(2026, 9, 1), date(2026, 10, 31), date(2026, 11, 1)])
    ends = dice.choice([None, None, *(each for each in DAYS if each >= starts)])
    review = starts + timedelta(60) if code in ("260", "710") else None
    verified = dice.choice([None, starts, starts + timedelta(dice.randint(0, 200))])
    activity = make_activity(person, code, starts, ends_on=ends, review_on=review)
    if verified:
        confirm(activity, verified)
    return ActivityFacts(code, starts, ended_on=ends, review_on=review), verified
