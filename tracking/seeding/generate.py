"""One council's invented people as rows, a few thousand at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from tracking.seeding.calendar import Calendar
from tracking.seeding.facts import Facts
from tracking.seeding.lives import Lives, Spell
from tracking.seeding.mistakes import Record, slip
from tracking.seeding.people import Numbering, Person, people
from tracking.seeding.places import Council
from tracking.seeding.sheets import Sheets

AT_ONCE = 4_000
FIRST_MORNING = "09:00:00+00"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many people of a council, from which number on, seen on which day."""

    count: int
    first_serial: int
    given_out: int
    first_activity_id: int
    first_year_group: int
    on: date


class Generator:
    """Writes people and their lives into sheets; `activity_id` runs on from council to council."""

    def __init__(self, rng: Random, council: Council, wanted: Wanted) -> None:
        self.rng, self.council, self.wanted = rng, council, wanted
        self.calendar = Calendar(wanted.on)
        self.sheets = Sheets()
        self.activity_id = wanted.first_activity_id
        self.lives = Lives(rng, council, self.calendar, wanted.first_year_group)
        self.facts = Facts(rng, council, self.calendar, self.sheets)

    def batches(self) -> Iterator[dict[str, list[str]]]:
        """Rows by table, so many people at a time."""
        numbering = Numbering(self.wanted.first_serial, self.wanted.given_out, self.wanted.on)
        for person in people(self.rng, self.council, self.wanted.count, numbering):
            self._write(person)
            if person.serial % AT_ONCE == 0:
                yield self.sheets.take()
        yield self.sheets.take()

    def _write(self, person: Person) -> None:
        spells = self.lives.of(person)
        self.facts.decide(person, spells)
        slip(self.rng, Record(person, spells, self.calendar.on))
        self._person(person)
        for spell in spells:
            self._activity(person, spell)
        self.facts.write(person, spells)

    def _person(self, person: Person) -> None:
        text, born = self.calendar.text, person.born
        assert born is not None
        made = min(max(born + 5200, self.calendar.window), self.calendar.on - 1)  # known before today began
        self.sheets.add(
            "tracking_youngperson", person.id, self.council.id, person.ref, person.number, person.previous_id,
            person.given, person.middle, person.family, person.known_as,
            text(born if person.birth_is_known else None), person.gender, person.ethnicity,
            person.upn, person.uln, person.educated_la, person.la_at_year_11, person.cohort_status,
            text(person.cohort_status_on), person.transferred_to, person.level_of_need, person.has_guarantee,
            person.intended, text(person.restricted_on), person.restricted_reason, "loaded", 1,
            f"{text(made)} {FIRST_MORNING}",
        )  # fmt: skip

    def _activity(self, person: Person, spell: Spell) -> None:
        text, place = self.calendar.text, spell.place
        home = spell.code == "120"
        self.sheets.add(
            "tracking_activity", self.activity_id, person.id, spell.code, text(spell.starts), text(spell.ends), True,
            place.id if place else None, place.number if place else f"{self.council.code}9999" if home else "",
            place.name if place else spell.place_name, place.ukprn if place else "", text(spell.expected_end),
            text(spell.review), text(spell.known), text(spell.neet_since), spell.course, spell.left_because,
            spell.source, 1,
        )  # fmt: skip
        for day, source in spell.confirmed:
            on = text(max(day, spell.known))
            self.sheets.add("tracking_confirmation", self.activity_id, on, source, f"{on} 12:00:00+00")
        self.activity_id += 1
