"""The board of a September: who of the cohort has an offer, by age, school, service and district, now and before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Any

from django.db import connection

from neet.clock import LONDON
from schools.models import District, Establishment, Service
from tracking.figures.queries.reach import EVERYBODY, Reach
from tracking.guarantee.models import CohortFreeze
from tracking.guarantee.sql import text
from tracking.rules.guarantee import GROUPS, Stand, share
from tracking.rules.ruleset import RuleSet

NOW = "left join tracking_guarantee st on st.person_id = m.person_id and st.year_group = m.year_group"
THEN = """left join tracking_guarantee g on g.person_id = m.person_id and g.year_group = m.year_group
left join lateral (
  select h.status from tracking_guarantee_history h where h.id = g.id and h.recorded_at < %(moment)s
    and (h.superseded_at is null or h.superseded_at >= %(moment)s)
  order by h.history_id desc limit 1
) st on true"""
SERVICE = """left join lateral (
  select x.service_id from tracking_responsibility x where x.person_id = m.person_id and x.service_id is not null
    and x.starts_on <= %(day)s and (x.ends_on is null or x.ends_on >= %(day)s)
  order by x.kind = 'lead' desc, x.starts_on desc, x.id desc limit 1
) beside on true"""
DISTRICT = """left join lateral (
  select x.district_id from tracking_residence x where x.person_id = m.person_id
    and (x.starts_on is null or x.starts_on <= %(day)s) and (x.ends_on is null or x.ends_on >= %(day)s)
  order by x.starts_on desc nulls last, x.id desc limit 1
) beside on true"""
# Where a member's reader would have to reach: the district and the service of the day.
BELONGS = f"""left join lateral (select
  (select beside.district_id from (select 1) as one {DISTRICT}) as district_id,
  (select beside.service_id from (select 1) as one {SERVICE}) as service_id) belongs on true"""
SCHOOL, AGE, BY_SERVICE, BY_DISTRICT = "school", "age", "service", "district"
# What the board is cut by: its words, its column, what must be looked up for it, and whose names its numbers are.
PARTS: Mapping[str, tuple[str, str, str, Any]] = MappingProxyType(
    {
        SCHOOL: ("School", "m.establishment_id", "", Establishment),
        AGE: ("Year group", "m.year_group", "", None),
        BY_SERVICE: ("Service", "beside.service_id", SERVICE, Service),
        BY_DISTRICT: ("District", "beside.district_id", DISTRICT, District),
    }
)
NOWHERE = {SCHOOL: "No school recorded then", BY_SERVICE: "No service", BY_DISTRICT: "No district recorded"}


@dataclass(frozen=True)
class Asked:
    """Which cohort, on which day, cut by what, as far as its reader's places reach; `as_known` reads statuses as they
    were known when the day ended."""

    freeze: CohortFreeze
    on: date
    rules: RuleSet
    by: str = AGE
    as_known: bool = False
    reach: Reach = EVERYBODY

    @property
    def rows(self) -> str:
        """The statement of everybody in it, one row each."""
        _, part, beside, _ = PARTS[self.by]
        statement = text("rows").replace("{status}", THEN if self.as_known else NOW)
        statement = statement.replace("{part}", part)
        if self.reach.is_whole:
            return statement.replace("{beside}", beside)
        return f"{statement.replace('{beside}', f'{beside} {BELONGS}')} and {self.reach.condition('belongs', {})}"

    @property
    def parameters(self) -> dict[str, Any]:
        known = self.rules.guarantee_statuses
        places: dict[str, Any] = {}
        self.reach.condition("belongs", places)
        return {
            **places,
            "freeze": self.freeze.pk,
            "day": self.on,
            "moment": datetime.combine(self.on + timedelta(days=1), time(), LONDON),
            "not_asked": Stand.NOT_ASKED,
            "codes": list(known),
            "stands": [status.stand.value for status in known.values()],
        }


@dataclass(frozen=True)
class Tally:
    """Some of a cohort by how they stand."""

    by_stand: Mapping[Stand, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.by_stand.values())

    @property
    def offered(self) -> int:
        return self.by_stand.get(Stand.OFFER, 0)

    @property
    def share(self) -> float | None:
        """Per cent with an offer."""
        return share(self.offered, self.total)

    @property
    def cells(self) -> tuple[tuple[Stand, int], ...]:
        return tuple((stand, self.by_stand.get(stand, 0)) for stand in Stand)


@dataclass(frozen=True)
class PartLine:
    """One part of the council on the board; `key` is what its list is asked for by."""

    key: str
    words: str
    tally: Tally


@dataclass(frozen=True)
class StatusLine:
    """One status in plain words with how many of each year group have it."""

    code: str
    words: str
    stand: Stand
    numbers: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.numbers)

    @property
    def by_group(self) -> tuple[tuple[str, int], ...]:
        """Each year group's number with its words."""
        return tuple(
            (f"Year {group}", number) for group, number in zip(sorted(GROUPS), self.numbers, strict=True)
        )


@dataclass(frozen=True)
class Board:
    """A cohort as it stands: together, by year group, by the part asked for, by each status."""

    everybody: Tally
    groups: Sequence[PartLine]
    parts: Sequence[PartLine]
    statuses: Sequence[StatusLine]


Counted = Sequence[tuple[int | None, int, str, str, int]]


def counted(asked: Asked) -> Counted:
    """How many by part, year group, status and column; one statement."""
    statement = f"select part, year_group, status, stand, count(*) from ({asked.rows}) r group by 1, 2, 3, 4"
    with connection.cursor() as cursor:
        cursor.execute(statement, asked.parameters)
        return [tuple(row) for row in cursor.fetchall()]


def board(asked: Asked) -> Board:
    """The board; two statements, three where parts have names."""
    found = counted(asked)
    return Board(
        everybody=_tally(found),
        groups=[
            PartLine(str(group), f"Year {group}", _tally([row for row in found if row[1] == group]))
            for group in sorted(GROUPS)
        ],
        parts=_parts(asked, found),
        statuses=_statuses(asked.rules, found),
    )


def _tally(rows: Counted) -> Tally:
    sums: dict[Stand, int] = {}
    for _, _, _, stand, number in rows:
        sums[Stand(stand)] = sums.get(Stand(stand), 0) + number
    return Tally(sums)


def _parts(asked: Asked, found: Counted) -> list[PartLine]:
    if asked.by == AGE:
        return []
    keys = {row[0] for row in found}
    model = PARTS[asked.by][3]
    names = dict(model.objects.filter(pk__in=[key for key in keys if key]).values_list("pk", "name"))
    lines = [
        PartLine(
            str(key or 0),
            names.get(key, NOWHERE[asked.by]) if key else NOWHERE[asked.by],
            _tally([row for row in found if row[0] == key]),
        )
        for key in keys
    ]
    return sorted(lines, key=lambda line: (line.key == "0", line.words, line.key))


def _statuses(rules: RuleSet, found: Counted) -> list[StatusLine]:
    sums: dict[tuple[str, str], dict[int, int]] = {}
    for _, group, status, stand, number in found:
        of_it = sums.setdefault((status, stand), {})
        of_it[group] = of_it.get(group, 0) + number
    order = list(Stand)
    lines = [
        StatusLine(
            code,
            rules.guarantee_statuses[code].plain_words
            if code in rules.guarantee_statuses
            else "Nothing recorded",
            Stand(stand),
            tuple(of_it.get(group, 0) for group in sorted(GROUPS)),
        )
        for (code, stand), of_it in sums.items()
    ]
    return sorted(lines, key=lambda line: (order.index(line.stand), line.code))


@dataclass(frozen=True)
class Since:
    """How far the cohort had come some days ago: None where it was not set then."""

    words: str
    on: date
    tally: Tally | None
    now: Tally

    @property
    def points(self) -> float | None:
        """How many percentage points more have an offer now."""
        if self.tally is None or self.tally.share is None or self.now.share is None:
            return None
        return round(self.now.share - self.tally.share, 1)


def since(asked: Asked, now: Tally) -> tuple[Since, ...]:
    """A week and four weeks before, as it was known then; a statement each."""
    found = []
    for words, days in (("a week ago", 7), ("four weeks ago", 28)):
        on = asked.on - timedelta(days=days)
        set_at = asked.freeze.approved_at
        was_set = set_at is not None and set_at < datetime.combine(on + timedelta(days=1), time(), LONDON)
        then = Asked(asked.freeze, on, asked.rules, as_known=True, reach=asked.reach)
        found.append(Since(words, on, _tally(counted(then)) if was_set else None, now))
    return tuple(found)


def last_september(asked: Asked, freeze: CohortFreeze | None) -> Tally | None:
    """How the cohort of the year before stands as its records say now; None where none was set here."""
    return _tally(counted(Asked(freeze, asked.on, asked.rules, reach=asked.reach))) if freeze else None


def reached(people: Iterable[int], on: date, reach: Reach) -> list[int]:
    """Those of some people whom a reach leaves on a day; one statement, none where it leaves everybody."""
    if reach.is_whole:
        return list(people)
    asked: dict[str, Any] = {"people": list(people), "day": on}
    here = reach.condition("belongs", asked)
    statement = (
        f"select m.person_id from unnest(%(people)s::bigint[]) as m (person_id) {BELONGS} where {here}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return [person for (person,) in cursor.fetchall()]


def everybody_in(asked: Asked) -> Tally:
    """Everybody together; one statement."""
    return _tally(counted(asked))


def people_where(
    asked: Asked, *, stand: str = "", group: str = "", part: str = "", status: str = ""
) -> list[int]:
    """The members behind a number of the board; one statement. `part` 0: of no part."""
    conditions = ["person_id is not null"]
    said = dict(asked.parameters)
    for name, value in (("stand", stand), ("year_group", group), ("status", status)):
        if value:
            conditions.append(f"{name}::text = %({name}_asked)s")
            said[f"{name}_asked"] = "" if value == "-" else value
    if part:
        conditions.append("coalesce(part, 0) = %(part_asked)s")
        said["part_asked"] = int(part)
    statement = f"select person_id from ({asked.rows}) r where {' and '.join(conditions)}"
    with connection.cursor() as cursor:
        cursor.execute(statement, said)
        return [person for (person,) in cursor.fetchall()]
