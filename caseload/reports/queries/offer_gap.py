"""What is sought held against what is offered: places for young people by sector, level and district (R94)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from caseload.reports.queries.material import Material, counted
from caseload.reports.queries.missing import missing
from caseload.reports.queries.seeking import ONLY_NEET, SAID, neet_of
from caseload.reports.rules.content import Section
from schools.models import District
from tracking.register.queries.seeking import level_words, sector_words
from tracking.rules.seeking import Provision

# Where they would go, else where they live; what they seek, at which level.
WANTED = "coalesce(s.district_id, r.district_id, 0)::text || '|' || s.sector || '|' || s.level"
TOLD = f"{ONLY_NEET} and s.sector <> ''"
EVERYWHERE = "Open to the whole council"
NO_DISTRICT = "No district recorded"
WHEN = (("Could start now", 0), ("Within 3 months", 91), ("Later", None))
UNSAID, NONE_LISTED = "Not said", "None listed"
WHERE = (
    "Whoever did not say where they would go is counted where they live. "
    "Places open to the whole council are not taken off a district."
)
LOGGED = (
    "Who waits was counted when it was noted that something is missing: they may be among those who seek it."
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Wish:
    """How many seek one thing in one place."""

    district: str
    sector: str
    level: str
    people: int


def wishes(made_of: Material) -> list[Wish]:
    """What those who are NEET seek, by place, sector and level; two statements."""
    names = {
        str(pk): name
        for pk, name in District.objects.filter(authority=made_of.authority).values_list("pk", "name")
    }
    found = []
    for key, people in neet_of(counted(made_of, WANTED, SAID, TOLD)).items():
        district, sector, level = key.split("|")
        found.append(Wish(names.get(district, NO_DISTRICT), sector, level, people))
    return found


def offered(made_of: Material) -> list[Provision]:
    """The provision of the month's day that is open to this council, or to the district the report is of."""
    here = [
        each for each in made_of.rules.provision.values() if each.authority in ("", made_of.authority.code)
    ]
    district = made_of.whom.district
    return [each for each in here if not district or each.district in ("", district.name)]


def by_sector(made_of: Material) -> Section:
    """Sought, waited for and offered by sector, and how many places are short."""
    sought: Counter[str] = Counter()
    for wish in wishes(made_of):
        sought[wish.sector] += wish.people
    places: Counter[str] = Counter()
    for each in offered(made_of):
        places[each.sector] += each.places
    waiting: Counter[str] = Counter()
    for gap in missing(made_of):
        waiting[gap.sector] += gap.waiting
    codes = sorted(
        {*sought, *places, *waiting},
        key=lambda code: (places[code] - sought[code], sector_words(code, made_of.rules), code),
    )
    rows = [
        (
            sector_words(code, made_of.rules), sought[code], waiting[code], places[code],
            max(sought[code] - places[code], 0),
        )
        for code in codes
    ]  # fmt: skip
    title = "Sought and offered by sector"
    if not rows:
        return Section(title, "Nobody said what they are looking for, and no provision is listed")
    short = [row for row in rows if row[4]]
    message = (
        f"{short[0][0]}: sought by {short[0][1]:,}, and {short[0][3]:,} places are there"
        if short
        else "There are as many places as are sought in every sector"
    )
    columns = ("Sector", "NEET who seek it", "Missing: wait for it", "Places", "Places short")
    return Section(title, message, columns, rows, note=LOGGED)


def by_place(made_of: Material) -> Section | None:
    """Sought and offered by district, sector and level; what is open to the whole council stands by itself."""
    sought: Counter[tuple[str, str, str]] = Counter()
    for wish in wishes(made_of):
        sought[wish.district, wish.sector, wish.level] += wish.people
    places: Counter[tuple[str, str, str]] = Counter()
    months: dict[tuple[str, str, str], set[int]] = {}
    for each in offered(made_of):
        key = (each.district or EVERYWHERE, each.sector, each.level)
        places[key] += each.places
        months.setdefault(key, set()).update(each.months)
    keys = sorted(
        {*sought, *places}, key=lambda key: (key[0] == EVERYWHERE, key[0], places[key] - sought[key], key)
    )
    rows = [
        (
            key[0], sector_words(key[1], made_of.rules), level_words(key[2], made_of.rules) or UNSAID,
            sought[key], places[key], max(sought[key] - places[key], 0) if key[0] != EVERYWHERE else 0,
            _months(months[key]) if key in months else NONE_LISTED,
        )
        for key in keys
    ]  # fmt: skip
    if not rows:
        return None
    columns = ("Where", "Sector", "Level", "NEET who seek it", "Places", "Places short", "Begins")
    message = f"{sought.total():,} said what they look for; {places.total():,} places are listed"
    note = WHERE
    return Section("By district, sector and level", message, columns, rows, note=note)


def _months(months: Iterable[int]) -> str:
    return ", ".join(MONTHS[month - 1] for month in sorted(months)) or "Any time"


def from_when(made_of: Material) -> Section | None:
    """From when those who seek something could start."""
    found = counted(made_of, "s.starts_from - %(day)s::date", SAID, TOLD)
    sums: Counter[str] = Counter()
    for days, each in found.items():
        sums[_when(days if isinstance(days, int) else None)] += int(each.neet)
    if not sums:
        return None
    rows = [(words, sums[words]) for words in (*(words for words, _ in WHEN), UNSAID) if sums[words]]
    message = f"{sums[WHEN[0][0]]:,} of {sums.total():,} could start now"
    return Section("From when", message, ("Could start", "NEET"), rows)


def _when(days: int | None) -> str:
    if days is None:
        return UNSAID
    return next(words for words, most in WHEN if most is None or days <= most)
