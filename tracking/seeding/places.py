"""Invented councils: their districts and towns, schools, colleges, providers and services."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tracking.seeding import names
from tracking.seeding.chance import between, one_of
from tracking.seeding.sizes import Size

SCHOOL_WORDS = (
    "School",
    "Academy",
    "High School",
    "Community School",
    "School and Sixth Form",
    "Grammar School",
)
STREETS = (
    "Road",
    "Street",
    "Lane",
    "Close",
    "Avenue",
    "Way",
    "Drive",
    "Crescent",
    "Gardens",
    "Rise",
    "Court",
)
EMPLOYERS = (
    "Garage",
    "Stores",
    "Builders",
    "Care Home",
    "Bakery",
    "Salon",
    "Farm",
    "Logistics",
    "Café",
    "Hotel",
)
SERVICES = (
    ("tracking", "Tracking team", "Tracking"),
    ("neet-support", "NEET support service", "NEET support"),
    ("send", "Special educational needs and disability", "SEND"),
    ("youth-justice", "Youth justice service", "Youth justice"),
    ("virtual-school", "Virtual school", "Virtual school"),
    ("open-access", "Open access youth hubs", "Youth hubs"),
    ("elective-home-education", "Home education team", "Home education"),
    ("contractor", "Northgate Tracking Ltd (invented)", "Contractor"),
)


@dataclass(frozen=True, slots=True)
class PlacePlan:
    """A school, college or provider to be made."""

    kind: str
    number: str
    name: str
    ukprn: str
    town: int
    highest_year_group: int = 13
    urn: str = ""


@dataclass(frozen=True, slots=True)
class Town:
    """A town, the district it lies in and its postcode area."""

    name: str
    district: int
    area: int
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CouncilPlan:
    """An invented council under a real code: only its numbers are real, and only because rules look at them."""

    code: str
    name: str
    county: str
    districts: tuple[str, ...]
    towns: tuple[Town, ...]
    places: tuple[PlacePlan, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """An establishment as the invented people know it."""

    id: int
    kind: str
    number: str
    name: str
    ukprn: str
    town: int
    has_sixth_form: bool


@dataclass(frozen=True, slots=True)
class Council:
    """A council that stands in the database, with its numbers there."""

    id: int
    code: str
    neighbour: str
    county: str
    districts: tuple[int, ...]
    towns: tuple[Town, ...]
    schools: tuple[Place, ...]
    special: Place
    alternative: Place
    sixth_form_college: Place
    colleges: tuple[Place, ...]
    special_college: Place
    providers: tuple[Place, ...]
    services: dict[str, int]
    workers: dict[str, int]


def plan(rng: Random, code: str, size: Size) -> CouncilPlan:
    """A council with everything in it."""
    county = f"{one_of(rng, names.STEMS)}{one_of(rng, ('shire', 'shire', ' Vale', 'shire', ' Forest'))}"
    towns = tuple(_town(rng, index % size.districts, 10 + index % 89) for index in range(size.districts * 3))
    return CouncilPlan(
        code=code,
        name=f"{county} County Council (invented)",
        county=county,
        districts=_districts(towns[: size.districts]),
        towns=towns,
        places=tuple(_places(rng, code, size, towns)),
    )


def _districts(towns: Sequence[Town]) -> tuple[str, ...]:
    """One for each of these towns; two towns of one name have two districts."""
    named: Counter[str] = Counter()
    made = []
    for town in towns:
        named[town.name] += 1
        before = "" if named[town.name] == 1 else f" {named[town.name]}"
        made.append(f"{town.name} district{before}")
    return tuple(made)


def _town(rng: Random, district: int, area: int) -> Town:
    streets = tuple(
        f"{one_of(rng, names.STEMS)}{one_of(rng, names.ENDINGS)} {one_of(rng, STREETS)}" for _ in range(40)
    )
    return Town(one_of(rng, names.STEMS) + one_of(rng, names.ENDINGS), district, area, streets)


def _kinds(size: Size) -> list[str]:
    special = ["special", "alternative", "sixth_form_college", "special_college"]
    schools = ["school"] * (size.schools - 2)
    return schools + special + ["college"] * max(1, size.colleges - 1) + ["provider"] * size.providers


def _places(rng: Random, code: str, size: Size, towns: tuple[Town, ...]) -> list[PlacePlan]:
    numbers = {"school": 4000, "special": 7000, "alternative": 1100, "provider": 8900}
    places = []
    for index, kind in enumerate(_kinds(size)):
        numbers[kind] = numbers.get(kind, 8600 + 20 * len(numbers)) + 1
        places.append(_place(rng, kind, f"{code}{numbers[kind]:04d}", index, towns))
    return places


def _place(rng: Random, kind: str, number: str, index: int, towns: tuple[Town, ...]) -> PlacePlan:
    town = index % len(towns)
    ends_at_16 = kind == "alternative" or (kind == "school" and index % 5 == 4)
    return PlacePlan(
        kind=kind,
        number=number,
        name=_place_name(rng, kind, towns[town].name),
        ukprn=f"1{int(number) + 9_000_000:07d}"[:8],
        town=town,
        highest_year_group=11 if ends_at_16 else 13,
    )


def _place_name(rng: Random, kind: str, town: str) -> str:
    word = f"{one_of(rng, names.STEMS)}{one_of(rng, names.ENDINGS)}"
    match kind:
        case "school":
            return (
                f"{one_of(rng, (town, word, f'St {one_of(rng, names.GIRLS)}’s'))} {one_of(rng, SCHOOL_WORDS)}"
            )
        case "special":
            return f"{word} Special School"
        case "alternative":
            return f"{word} Centre"
        case "sixth_form_college":
            return f"{town} Sixth Form College"
        case "special_college":
            return f"{word} College for Independence"
        case "college":
            return f"{town} College"
    return f"{word} {one_of(rng, ('Training', 'Skills', 'Learning Trust', 'Futures'))}"


def employer(rng: Random) -> str:
    """Somebody's workplace."""
    return f"{names.family_name(rng)} {one_of(rng, EMPLOYERS)}"


def house(rng: Random, town: Town) -> str:
    """A house and its street."""
    return f"{between(rng, 1, 140)} {one_of(rng, town.streets)}"
