"""Everything one card of a call shows: who it is, why now, by which number, what was tried, who else may know."""

from dataclasses import dataclass
from datetime import date, datetime

from caseload.chase.models import Attempt
from caseload.chase.queries.calling import line_of
from caseload.chase.queries.ladder import RungLine, Tries, attempts_of, ladder_of, numbers_of_person, told
from caseload.chase.statements import CallLine
from neet.accounts.models import User
from tracking.models import ContactPoint, YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.queries.standing import Facts, Standing, standing
from tracking.register.queries.wording import place_of
from tracking.register.rules.activities import not_known_codes
from tracking.rules.academic_year import year_group

SHOWN = 6


@dataclass(frozen=True)
class Stands:
    """Who it is and where they stand, as far as the asker reads it."""

    name: str
    year: int | None
    standing: Standing
    place: str


@dataclass(frozen=True)
class Card:
    """One young person on the telephone. `line` says why now; None where nothing of them has to be found out."""

    person: YoungPerson
    register: Stands
    line: CallLine | None
    numbers: tuple[ContactPoint, ...]
    rungs: tuple[RungLine, ...]
    tries: tuple[Tries, ...]
    more: int
    still: str
    still_id: int | None

    @property
    def next_rung(self) -> RungLine | None:
        return next((each for each in self.rungs if each.is_next), None)

    @property
    def first_choice(self) -> str:
        """Whom the form proposes: the number worth ringing now, else the next rung of the ladder."""
        if self.line and self.line.contact_point_id:
            return f"number-{self.line.contact_point_id}"
        rung = self.next_rung
        owner = next((each for each in self.numbers if rung and each.whose == rung.code), None)
        if owner:
            return f"number-{owner.pk}"
        return f"rung-{rung.code}" if rung else ""


def card_of(person: YoungPerson, user: User, on: date, now: datetime) -> Card:
    """The card; who else may know stands in `queries.around`."""
    rows: list[Attempt] = list(attempts_of(person.pk))
    numbers = numbers_of_person(person, user, on)
    register = stands(person, user, on)
    still, activity_id = still_doing(person, register, on)
    return Card(
        person=person,
        register=register,
        line=line_of(user, person, on, now),
        numbers=numbers,
        rungs=ladder_of(rows, numbers, on),
        tries=told(rows[:SHOWN], ruleset(on)),
        more=max(0, len(rows) - SHOWN),
        still=still,
        still_id=activity_id,
    )


def stands(person: YoungPerson, user: User, on: date) -> Stands:
    """Read from the person as fetched through visible_person: no statement."""
    who, now = asker(user, on), getattr(person, "situation", None)
    facts = Facts()
    if now and who.reads("situation.code", "situation.ends_on", "situation.lapses_on"):
        facts = Facts(
            code=now.code,
            since=now.starts_on,
            ended_on=now.ends_on,
            counts_until=now.lapses_on,
            place=place_of(now.activity) if who.reads("activity.establishment_name") else "",
            verified_on=now.verified_on,
            neet_since=now.neet_since_on,
        )
    born_on = person.date_of_birth if who.reads("youngperson.date_of_birth") else None
    year = year_group(born_on, on) if born_on else None
    return Stands(person.full_name, year, standing(facts, ruleset(on), on), facts.place)


def still_doing(person: YoungPerson, register: Stands, on: date) -> tuple[str, int | None]:
    """What somebody may say goes on, with its key: what is recorded and has not ended."""
    now = getattr(person, "situation", None)
    if now is None or now.activity_id is None or now.code in not_known_codes(ruleset(on)):
        return "", None
    if now.ends_on and now.ends_on < on:
        return "", None
    words = register.standing.activity
    return (f"{words}, {register.place}" if register.place else words), now.activity_id
