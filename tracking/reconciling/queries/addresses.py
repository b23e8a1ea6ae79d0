"""Where young people live by their postcodes: outside the council's area, or in another district than is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db import connection

from neet.accounts.models import User
from tracking.register.models import YoungPerson
from tracking.rules.codes import CohortKind
from tracking.rules.ruleset import RuleSet

COMPACT = "upper(regexp_replace(r.postcode, '[^A-Za-z0-9]', '', 'g'))"
# A code that two districts carry says nothing of either.
OUR_DISTRICTS = """
    select ons_code, min(id) as id, min(name) as name from schools_district
    where authority_id = %(authority)s and ons_code <> '' group by ons_code having count(*) = 1
"""
OUTSIDE, DIFFERS, UNKNOWN, NOT_WRITTEN = "outside", "differs", "unknown", "none"
PARTS: Mapping[str, str] = MappingProxyType(
    {
        OUTSIDE: "Address outside our area",
        DIFFERS: "Postcode in another district",
        UNKNOWN: "Postcode not in the directory",
        NOT_WRITTEN: "No postcode",
    }
)
# The present address of everybody who is tracked, with what its postcode says. Before a directory is loaded nothing is
# said of any postcode.
LIVING = f"""
    with ours as ({OUR_DISTRICTS}), living as (
      select p.id as person_id, r.district_id, c.authority_code, c.district_code, ours.id as lies_in,
        ours.name as lies_in_name, d.name as written,
        case when {COMPACT} = '' or r.id is null then 'none' when c.postcode is null then 'unknown'
          when c.authority_code <> %(own)s then 'outside'
          when r.district_id is not null and ours.id <> r.district_id then 'differs' else '' end as part
      from tracking_youngperson p
      left join tracking_residence r on r.person_id = p.id and r.ends_on is null
      left join tracking_postcode c on c.postcode = {COMPACT}
      left join ours on ours.ons_code = c.district_code
      left join schools_district d on d.id = r.district_id
      where p.authority_id = %(authority)s and p.cohort_status = any(%(tracked)s)
        and exists (select from tracking_postcode) and %(own)s <> ''
    )
"""


@dataclass(frozen=True)
class Counted:
    """How many of those who are tracked live where something is to be looked at; nothing of anybody where no directory
    of postcodes was taken in, or the council has no code in it."""

    people: int
    parts: Mapping[str, int]

    @property
    def is_known(self) -> bool:
        return self.people > 0

    @property
    def open(self) -> Sequence[tuple[str, str, int]]:
        """Each part with its words and how many."""
        return [(part, words, self.parts.get(part, 0)) for part, words in PARTS.items()]


@dataclass(frozen=True)
class Living:
    """One young person whose address says something else than its postcode."""

    person: YoungPerson
    written: str
    postcode_says: str


def counted(authority_id: int, code: str, rules: RuleSet) -> Counted:
    """How many live outside, in another district, behind an unknown postcode or without one. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{LIVING} select part, count(*) from living group by part", _asked(authority_id, code, rules)
        )
        found = dict(cursor.fetchall())
    return Counted(sum(found.values()), {part: found.get(part, 0) for part in PARTS})


def living(user: User, authority_id: int, code: str, part: str, rules: RuleSet) -> list[tuple[int, str, str]]:
    """Those of a part whom the user may see, by name: who, the district written down, and what the postcode says.
    Two statements."""
    asked = {**_asked(authority_id, code, rules), "part": part}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""{LIVING} select l.person_id, coalesce(l.written, ''), coalesce(l.lies_in_name, a.name, ''),
                case when l.part = 'outside' then l.authority_code else '' end from living l
                left join tracking_area a on a.code = l.district_code
                join tracking_youngperson p on p.id = l.person_id
                where l.part = %(part)s order by p.family_name, p.given_name, p.id""",
            asked,
        )
        found = cursor.fetchall()
    mine = YoungPerson.objects.visible_to(user).filter(pk__in=[row[0] for row in found])
    seen = set(mine.values_list("pk", flat=True))
    councils = {area.ons_code: area.label for area in rules.areas.values() if area.ons_code}
    return [
        (person, written, _says(place, councils.get(area, "")))
        for person, written, place, area in found
        if person in seen
    ]


def _says(place: str, council: str) -> str:
    """District and council, where both are known and not the same."""
    return ", ".join(dict.fromkeys(filter(None, (place, council))))


def shown(found: Iterable[tuple[int, str, str]]) -> list[Living]:
    """These with their names. One statement."""
    lines = list(found)
    people = YoungPerson.objects.in_bulk([person for person, _, _ in lines])
    return [Living(people[person], written, says) for person, written, says in lines if person in people]


def perhaps_moved(authority_id: int, code: str, rules: RuleSet) -> dict[int, str]:
    """Who is tracked here and has an address in another council's area: the three digits of that council, or nothing
    where it has none (Scotland, Wales). For the list before the cohort is frozen (R49) and for moves (R50); it says
    nothing of who may be seen. One statement."""
    councils = {area.ons_code: number for number, area in rules.areas.items() if area.ons_code}
    with connection.cursor() as cursor:
        cursor.execute(
            f"{LIVING} select person_id, authority_code from living where part = 'outside' order by person_id",
            _asked(authority_id, code, rules),
        )
        return {person: councils.get(area, "") for person, area in cursor.fetchall()}


def ward_names(people: Sequence[int]) -> dict[int, str]:
    """The ward in which each of these lives now, by its name or else its code; nobody without one. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""select r.person_id, coalesce(a.name, c.ward_code) from tracking_residence r
                join tracking_postcode c on c.postcode = {COMPACT} left join tracking_area a on a.code = c.ward_code
                where r.person_id = any(%s) and r.ends_on is null and c.ward_code <> ''""",
            [list(people)],
        )
        return dict(cursor.fetchall())


def _asked(authority_id: int, code: str, rules: RuleSet) -> dict[str, Any]:
    own = rules.areas.get(code)
    return {
        "authority": authority_id,
        "own": own.ons_code if own else "",
        "tracked": sorted(rules.cohort_letters(CohortKind.PRIMARY)),
    }
