"""What else is known of the invented people: circumstances, guarantee, objections, who answers for them, notes."""

from random import Random

from tracking.seeding import identifiers, names
from tracking.seeding.calendar import Calendar
from tracking.seeding.chance import Weighted, between, one_of
from tracking.seeding.lives import NEET, NOT_KNOWN, Spell
from tracking.seeding.people import Person
from tracking.seeding.places import Council, house
from tracking.seeding.sheets import Sheets

CIRCUMSTANCES = {
    "110": 0.011, "130": 0.004, "140": 0.006, "150": 0.004, "160": 0.006, "170": 0.008, "200": 0.007, "210": 0.012,
}  # fmt: skip
GOES_WITH = {"620": "140", "630": "120", "650": "180"}
SERVICE_FOR = {"110": "virtual-school", "160": "virtual-school", "170": "youth-justice", "120": "open-access"}
GUARANTEE = Weighted(
    {"110": 94, "120": 0.8, "122": 0.5, "123": 0.3, "140": 1, "150": 0.3, "151": 0.9, "154": 0.8, "153": 0.2,
     "159": 1.2}
)  # fmt: skip
DESTINATIONS = Weighted({"111": 36, "121": 45, "211": 8, "311": 1, "321": 1, "411": 1, "511": 5, "611": 3})
NOTES = (
    "Rang, no answer. Left a message asking them to ring back.",
    "Spoke with mother: thinking about an apprenticeship, will come to the hub on Tuesday.",
    "Met at the hub. Likes working with animals; looked at college courses together.",
    "College says attendance has dropped since half term.",
    "Started this week and is enjoying it so far.",
    "Wants to be contacted by text only.",
)
RESTRICTED_BECAUSE = ("Safety of the family", "Known to a member of staff", "Police request")
SAID_BY = ("young person", "parent", "school", "youth hub")


class Facts:
    """Writes down what is known beside the activities of one council's people."""

    def __init__(self, rng: Random, council: Council, calendar: Calendar, sheets: Sheets) -> None:
        self.rng, self.council, self.calendar, self.sheets = rng, council, calendar, sheets

    def decide(self, person: Person, spells: list[Spell]) -> None:
        """What stands on the person's own row."""
        rng, calendar = self.rng, self.calendar
        assert person.born is not None
        year_11 = calendar.year_of(person.born) + 16
        person.has_guarantee = calendar.year - 2 <= year_11 < calendar.year
        person.la_at_year_11 = self.council.code if year_11 <= calendar.year else ""
        person.educated_la = self.council.neighbour if rng.random() < 0.03 else self.council.code
        if calendar.year - 1 <= year_11 < calendar.year:
            person.intended = DESTINATIONS.pick(rng)
        elif year_11 == calendar.year:
            person.intended = "611"
        self._circumstances(person, spells)
        self._need(person, spells)
        self._leaving(person, year_11)

    def _circumstances(self, person: Person, spells: list[Spell]) -> None:
        rng = self.rng
        for code, share in CIRCUMSTANCES.items():
            if rng.random() < share * (3 if spells and spells[-1].code in NEET else 1):
                person.characteristics[code] = self.calendar.on - between(rng, 20, 700)
        for spell in spells:
            because = GOES_WITH.get(spell.code)
            if because and rng.random() < 0.93:
                person.characteristics[because] = spell.starts - between(rng, 0, 60)

    def _need(self, person: Person, spells: list[Spell]) -> None:
        needs_more = person.has_plan or person.characteristics or (spells and spells[-1].code in NEET)
        person.level_of_need = ("1" if self.rng.random() < 0.35 else "2") if needs_more else "3"

    def _leaving(self, person: Person, year_11: int) -> None:
        """Those past Year 13 without a plan have left; a few moved, left England, died or were merged."""
        rng, calendar = self.rng, self.calendar
        if year_11 + 2 < calendar.year and not person.has_plan:
            person.cohort_status = "L" if rng.random() < 0.06 else "A"
            person.cohort_status_on = calendar.starts[year_11 + 3]
            return
        dice = rng.random()
        if dice < 0.012 and year_11 <= calendar.year:
            letter = "T" if dice < 0.0075 else "E" if dice < 0.0105 else "M" if dice < 0.0117 else "D"
            person.cohort_status = letter
            person.cohort_status_on = calendar.on - between(rng, 1, 300)
            person.transferred_to = {"T": self.council.neighbour, "E": "002"}.get(letter, "")
        elif dice > 0.9945:
            person.restricted_on = calendar.on - between(rng, 5, 400)
            person.restricted_reason = one_of(rng, RESTRICTED_BECAUSE)
        elif dice > 0.985:
            person.previous_id = f"9{self.council.neighbour[:2]}{between(rng, 1, 99_999_999):010d}"

    def write(self, person: Person, spells: list[Spell]) -> None:
        """Every row about the person beside their own and their activities."""
        self._homes(person)
        self._ways_to_reach(person)
        self._characteristics(person)
        self._guarantees(person)
        self._objections(person)
        self._names(person)
        if person.cohort_status in "PG" and spells:
            self._work(person, spells[-1])

    def _homes(self, person: Person) -> None:
        rng, text, add = self.rng, self.calendar.text, self.sheets.add
        since = None
        if rng.random() < 0.08:
            since = self.calendar.on - between(rng, 10, 700)
            before = one_of(rng, self.council.towns)
            self._home(
                person.id,
                house(rng, before),
                before,
                identifiers.postcode(rng, before.area),
                None,
                text(since - 1),
            )
        town = person.town
        add(
            "tracking_residence", person.id, person.line_1, "", "", "", town.name, self.council.county, person.postcode,
            self.council.districts[town.district], text(since), None, "school" if rng.random() < 0.6 else "",
        )  # fmt: skip

    def _home(self, person_id, line_1, town, postcode, starts, ends) -> None:
        district = self.council.districts[town.district]
        self.sheets.add(
            "tracking_residence", person_id, line_1, "", "", "", town.name, self.council.county, postcode, district,
            starts, ends, "",
        )  # fmt: skip

    def _ways_to_reach(self, person: Person) -> None:
        rng, text, add = self.rng, self.calendar.text, self.sheets.add
        since = text(self.calendar.on - between(rng, 30, 900))
        table, from_school = "tracking_contactpoint", rng.random() < 0.3
        if rng.random() < 0.72:
            add(
                table,
                person.id,
                "mobile",
                identifiers.mobile(rng),
                "young_person",
                "",
                from_school,
                False,
                since,
                None,
            )
        if rng.random() < 0.85:
            phone, name = person.parent_phone, person.parent
            add(
                table,
                person.id,
                "mobile",
                phone,
                "parent",
                name,
                from_school,
                rng.random() < 0.02,
                since,
                None,
            )
        if rng.random() < 0.4:
            address = f"yp{person.serial}@example.org"
            add(table, person.id, "email", address, "young_person", "", False, False, since, None)
        if rng.random() < 0.15:
            phone = identifiers.telephone(rng)
            add(
                table, person.id, "telephone", phone, "parent", person.parent, from_school, False, since, None
            )

    def _characteristics(self, person: Person) -> None:
        add, text = self.sheets.add, self.calendar.text
        assert person.born is not None
        for code, since in person.characteristics.items():
            add("tracking_characteristic", person.id, code, text(since), None, "service")
        if person.has_plan:
            ends = text(person.cohort_status_on) if person.cohort_status == "L" else None
            add("tracking_characteristic", person.id, "EHCP", text(person.born + 3900), ends, "service")
        if person.has_support:
            add("tracking_characteristic", person.id, "SENS", None, None, "school")

    def _guarantees(self, person: Person) -> None:
        rng, calendar = self.rng, self.calendar
        assert person.born is not None
        year_11 = calendar.year_of(person.born) + 16
        for group, year in ((11, year_11), (12, year_11 + 1)):
            if calendar.year - 2 <= year < calendar.year and rng.random() < 0.997:
                status = GUARANTEE.pick(rng)
                if group == 12 and status == "110" and rng.random() < 0.8:
                    status = "114"
                on = calendar.text(calendar.ends[year] - between(rng, 0, 150))
                self.sheets.add("tracking_guarantee", person.id, group, status, self.council.code, on, "")

    def _objections(self, person: Person) -> None:
        rng, text = self.rng, self.calendar.text
        assert person.born is not None
        sixteen, dice = person.born + 5844, rng.random()
        if dice < 0.011:
            made = min(sixteen - between(rng, 30, 500), self.calendar.on - 3)
            self.sheets.add(
                "tracking_objection", person.id, "parent", text(made), None, "privacy notice form"
            )
        elif dice < 0.02 and sixteen < self.calendar.on - 10:
            made = between(rng, sixteen + 1, self.calendar.on - 5)
            withdrawn = text(min(made + 60, self.calendar.on)) if dice < 0.012 else None
            self.sheets.add(
                "tracking_objection", person.id, "young_person", text(made), withdrawn, "telephone"
            )

    def _names(self, person: Person) -> None:
        if self.rng.random() < 0.015:
            until = self.calendar.text(self.calendar.on - between(self.rng, 40, 2500))
            self.sheets.add(
                "tracking_formername", person.id, person.given, names.family_name(self.rng), until
            )

    def _work(self, person: Person, latest: Spell) -> None:
        """Who answers for them, what was said and noted, what is to do."""
        rng, calendar = self.rng, self.calendar
        slug = next((SERVICE_FOR[code] for code in person.characteristics if code in SERVICE_FOR), None)
        if person.has_plan:
            slug = slug or "send"
        elif latest.code in NEET:
            slug = slug or "neet-support"
        if slug:
            self._responsible(person, slug, latest.starts + between(rng, 0, 20), "lead")
        if latest.code in NOT_KNOWN:
            self._responsible(person, "tracking", latest.starts, "tracking")
            if rng.random() < 0.2:
                self._responsible(person, "contractor", latest.known, "contract")
        if latest.code in NEET or latest.code in NOT_KNOWN:
            self._said(person, latest)
        elif person.at_home:
            self._responsible(person, "elective-home-education", latest.starts, "support")
        if person.restricted_on:
            self.sheets.add(
                "tracking_accessgrant", person.id, self.council.workers["tracking_officer"], "named",
                "Named for this record", calendar.text(person.restricted_on), None,
            )  # fmt: skip

    def _responsible(self, person: Person, slug: str, since: int, kind: str) -> None:
        worker = None
        if slug == "neet-support" and self.rng.random() < 0.5:
            worker = self.council.workers["caseworker"]
        starts = self.calendar.text(min(since, self.calendar.on))
        service = self.council.services[slug]
        self.sheets.add("tracking_responsibility", person.id, service, worker, kind, starts, None)

    def _said(self, person: Person, latest: Spell) -> None:
        rng, calendar, add = self.rng, self.calendar, self.sheets.add
        officer = self.council.workers["tracking_officer"]
        if rng.random() < 0.75:
            day = calendar.text(between(rng, min(latest.known, calendar.on), calendar.on))
            add("tracking_note", person.id, None, one_of(rng, NOTES), officer, f"{day} 10:00:00+00")
        if rng.random() < 0.3:
            said = calendar.text(calendar.on - between(rng, 0, 25))
            code = one_of(rng, ("230", "310", "330"))
            place = one_of(rng, self.council.colleges).name
            add("tracking_claim", person.id, code, place, said, one_of(rng, SAID_BY), "youth hub", "open")
        if rng.random() < 0.3:
            due = calendar.on + between(rng, -10, 20)
            words = one_of(rng, ("Ring back", "Ask the college whether they started", "Visit at home"))
            moment = f"{calendar.text(calendar.on - between(rng, 1, 20))} 09:30:00+00"
            add(
                "tracking_task", self.council.id, person.id, "by_hand", words, words, officer,
                calendar.text(due), moment, "",
            )  # fmt: skip
