"""What the invented people do: school year by school year, then the roads after Year 11, and when we heard of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from tracking.seeding.calendar import Calendar
from tracking.seeding.chance import Weighted, between, one_of
from tracking.seeding.people import Person
from tracking.seeding.places import Council, Place, employer

EDUCATION = frozenset({"210", "220", "230", "250", "270", "280"})
NEET = frozenset({"540", "610", "615", "616", "619", "620", "630", "640", "650", "670", "680"})
NOT_KNOWN = frozenset({"810", "820", "830"})
REVIEWED = frozenset({"350", "616", "260"})
TRAINING = frozenset({"410", "430", "450", "460", "530"})

AFTER_SIXTH_FORM_SCHOOL = Weighted(
    {"210": 56, "220": 5, "230": 28, "310": 3.2, "410": 1.2, "330": 0.7, "320": 0.5, "360": 0.4, "530": 0.4,
     "250": 0.4, "619": 1.8, "610": 0.5, "640": 0.2, "810": 3.4}
)  # fmt: skip
AFTER_OTHER_SCHOOL = Weighted(
    {"210": 12, "220": 18, "230": 54, "310": 4.5, "410": 2.5, "330": 1, "340": 0.5, "360": 0.6, "530": 1,
     "250": 0.7, "619": 3, "610": 0.8, "620": 0.2, "640": 0.4, "810": 4.8}
)  # fmt: skip
AFTER_PLAN = Weighted(
    {"230": 52, "210": 16, "280": 12, "460": 6, "410": 3, "530": 2, "619": 4, "640": 2, "810": 3}
)
AFTER_LEAVING = Weighted(
    {"619": 30, "610": 4, "310": 13, "230": 12, "330": 12, "340": 4, "360": 6, "350": 3, "410": 5, "530": 4,
     "620": 0.7, "630": 1, "640": 2, "650": 1, "616": 1.5, "380": 1, "810": 14, "820": 1, "830": 0.7}
)  # fmt: skip
AFTER_NEET = Weighted(
    {"230": 26, "410": 14, "530": 10, "330": 12, "340": 4, "360": 9, "310": 9, "350": 5, "810": 7, "610": 4}
)  # fmt: skip
AFTER_NOT_KNOWN = Weighted(
    {"230": 34, "330": 12, "619": 22, "310": 9, "410": 8, "360": 7, "210": 6, "640": 2}
)
COURSES = (
    "A levels", "Health and social care, level 2", "Construction, level 1", "Hair and beauty, level 2",
    "Motor vehicle, level 2", "Public services, level 3", "Digital, T level", "Early years, T level",
    "Catering, level 2", "Animal care, level 2", "Business, level 3", "Foundation learning", "Sport, level 3",
)  # fmt: skip
LEFT_BECAUSE = ("did not attend", "wrong course", "found a job", "moved house", "health", "asked to leave")
DAYS_TOLD_AFTER = {"education": (4, 45), "other": (3, 60)}


@dataclass(slots=True)
class Spell:
    """One activity: from when to when, where, who told us and when; days are ordinals."""

    code: str
    starts: int
    known: int
    ends: int | None = None
    place: Place | None = None
    place_name: str = ""
    source: str = "provider"
    expected_end: int | None = None
    review: int | None = None
    neet_since: int | None = None
    course: str = ""
    left_because: str = ""
    confirmed: list[tuple[int, str]] = field(default_factory=list)


class Lives:
    """Leads people through the years in one council."""

    def __init__(self, rng: Random, council: Council, calendar: Calendar, first_year_group: int) -> None:
        self.rng = rng
        self.council = council
        self.calendar = calendar
        self.first_year_group = first_year_group
        self.places: dict[str, Callable[[], Place]] = {
            "210": lambda: council.schools[0],
            "220": lambda: council.sixth_form_college,
            "230": lambda: one_of(rng, council.colleges),
            "250": lambda: one_of(rng, council.colleges),
            "280": lambda: council.special_college,
        }

    def of(self, person: Person) -> list[Spell]:
        """All they did as far as anybody has told us by the day."""
        assert person.born is not None
        year_11 = self.calendar.year_of(person.born) + 16
        spells = list(self._at_school(person, year_11))
        if year_11 < self.calendar.year:
            spells += self._afterwards(person, year_11 + 1)
        known = self._as_told(spells)
        for spell in known:
            self._confirm(spell)
        return known

    def _at_school(self, person: Person, year_11: int) -> Iterator[Spell]:
        rng, calendar = self.rng, self.calendar
        first = max(year_11 - (11 - self.first_year_group), calendar.year - 9)
        school = person.school
        for year in range(first, min(year_11, calendar.year) + 1):
            starts, ends = calendar.starts[year] + between(rng, 1, 4), calendar.ends[year]
            until = ends if year < calendar.year else None
            if rng.random() < 0.035:
                moves = between(rng, starts + 30, starts + 260)
                if moves < calendar.on:
                    yield self._school_year(
                        person, one_of(rng, self.council.schools), (starts, moves - 1, ends)
                    )
                    starts = moves
            yield self._school_year(person, school, (starts, until, ends))

    def _school_year(self, person: Person, school: Place, days: tuple[int, int | None, int]) -> Spell:
        starts, until, expected_end = days
        known = starts + between(self.rng, 2, 30)
        if person.at_home:
            return Spell("120", starts, known, until, None, "Educated at home", "service", expected_end)
        return Spell("110", starts, known, until, school, "", "provider", expected_end)

    def _afterwards(self, person: Person, year_12: int) -> list[Spell]:
        """From September after Year 11: to the end of Year 13, or to today with a plan."""
        calendar, rng = self.calendar, self.rng
        last = calendar.on if person.has_plan else min(calendar.on, calendar.ends[year_12 + 1])
        day, spells = calendar.starts[year_12] + between(rng, 1, 7), []
        code = self._first_code(person)
        neet_since: int | None = None
        while True:
            neet_since = (neet_since or day) if code in NEET else None
            spell, until = self._spell(person, code, day)
            spell.neet_since = neet_since
            spells.append(spell)
            if until >= last:
                return spells
            spell.ends = until
            day = until + 1
            code = self._next_code(person, spell)

    def _first_code(self, person: Person) -> str:
        if person.has_plan:
            return AFTER_PLAN.pick(self.rng)
        sixth_form = person.school.has_sixth_form
        return (AFTER_SIXTH_FORM_SCHOOL if sixth_form else AFTER_OTHER_SCHOOL).pick(self.rng)

    def _next_code(self, person: Person, before: Spell) -> str:
        if before.code in NEET:
            return AFTER_NEET.pick(self.rng)
        if before.code in NOT_KNOWN:
            return AFTER_NOT_KNOWN.pick(self.rng)
        if person.has_plan and before.left_because == "":
            return AFTER_PLAN.pick(self.rng)
        if before.code in EDUCATION and before.left_because == "":
            return "230" if self.rng.random() < 0.7 else AFTER_LEAVING.pick(self.rng)
        return AFTER_LEAVING.pick(self.rng)

    def _spell(self, person: Person, code: str, day: int) -> tuple[Spell, int]:
        told = DAYS_TOLD_AFTER["education" if code in EDUCATION else "other"]
        spell = Spell(code, day, day + between(self.rng, *told))
        if code in EDUCATION:
            return spell, self._course(person, spell)
        if code in NEET:
            return spell, self._neet(spell)
        if code in NOT_KNOWN:
            spell.source, spell.known = "authority", day + between(self.rng, 0, 20)
            return spell, day + 15 + int(self.rng.expovariate(1 / 85))
        return spell, self._work(spell)

    def _course(self, person: Person, spell: Spell) -> int:
        """A course of one or two years; one in eleven ends early, most of those around Christmas of its first year."""
        rng, calendar = self.rng, self.calendar
        year = calendar.year_of(spell.starts)
        years = 1 if spell.code in ("230", "250") and rng.random() < 0.3 else 2
        spell.expected_end = calendar.ends[year + years - 1]
        spell.place = person.school if spell.code == "210" else self.places.get(spell.code, lambda: None)()
        if spell.code == "210" and not person.school.has_sixth_form:
            spell.place = next(
                (school for school in self.council.schools if school.has_sixth_form), person.school
            )
        spell.course = one_of(rng, COURSES)
        if rng.random() < 0.085:
            spell.left_because = one_of(rng, LEFT_BECAUSE)
            if rng.random() < 0.55:
                until = calendar.starts[year] + between(rng, 99, 137)
            else:
                until = spell.starts + between(rng, 20, 500)
            return min(max(until, spell.starts + 10), spell.expected_end)
        if spell.starts < calendar.on - 40 and spell.expected_end > calendar.on and rng.random() < 0.03:
            spell.left_because = one_of(
                rng, LEFT_BECAUSE
            )  # autumn's leavers, of whom somebody has just told us
            return calendar.on - between(rng, 6, 28)
        return spell.expected_end

    def _neet(self, spell: Spell) -> int:
        spell.source = one_of(self.rng, ("young_person", "parent", "service", "provider"))
        if spell.code in REVIEWED:
            spell.review = spell.starts + between(self.rng, 30, 80)
        settled = spell.code in ("620", "630", "640", "670")
        return spell.starts + 20 + int(self.rng.expovariate(1 / (300 if settled else 95)))

    def _work(self, spell: Spell) -> int:
        rng = self.rng
        if spell.code in TRAINING:
            spell.place = one_of(rng, self.council.providers)
            length = between(rng, 80, 120) if spell.code == "530" else between(rng, 150, 400)
            spell.expected_end = spell.starts + length
            return spell.expected_end if rng.random() < 0.8 else spell.starts + between(rng, 20, 80)
        spell.place_name, spell.source = employer(rng), one_of(rng, ("young_person", "parent", "employer"))
        if spell.code == "310":
            spell.place, spell.source = one_of(rng, self.council.providers), "provider"
            return spell.starts + (between(rng, 400, 720) if rng.random() < 0.87 else between(rng, 40, 200))
        if spell.code in REVIEWED:
            spell.review = spell.starts + between(rng, 40, 100)
            return spell.review + between(rng, 0, 40)
        return spell.starts + 30 + int(rng.expovariate(1 / 320))

    def _as_told(self, spells: list[Spell]) -> list[Spell]:
        """Only what somebody has told us: before we hear of the next thing, the last one stands open."""
        told: list[Spell] = []
        for spell in spells:
            if spell.known > self.calendar.on or spell.starts > self.calendar.on:
                break
            told.append(spell)
        if told and (len(told) < len(spells) or (told[-1].ends or 0) >= self.calendar.on):
            told[-1].ends = None
            told[-1].left_because = ""
        return told

    def _confirm(self, spell: Spell) -> None:
        """When somebody said it goes on: each autumn and winter at school, now and then elsewhere."""
        calendar, rng = self.calendar, self.rng
        until = min(spell.ends or calendar.on, calendar.on)
        spell.confirmed.append((spell.known, spell.source))
        if until < calendar.window or spell.code in NOT_KNOWN:
            return
        if spell.expected_end is not None and spell.code not in TRAINING:
            self._confirm_at_school(spell, until)
            return
        first, last, kept_up = (20, 45, 0.96) if spell.code in NEET else (100, 160, 0.955)
        day = spell.known
        while rng.random() < kept_up:
            day += between(rng, first, last)
            if day > until:
                return
            spell.confirmed.append((day, spell.source))

    def _confirm_at_school(self, spell: Spell, until: int) -> None:
        rng, calendar = self.rng, self.calendar
        for year in range(calendar.year_of(spell.starts), calendar.year_of(until) + 1):
            enrolled = calendar.starts[year] + between(rng, 6, 50)
            winter = calendar.starts[year] + between(rng, 130, 165)
            if spell.known < enrolled <= until and rng.random() < 0.985:
                spell.confirmed.append((enrolled, "provider"))
            if spell.known < winter <= until and rng.random() < 0.5:
                spell.confirmed.append((winter, "provider"))
