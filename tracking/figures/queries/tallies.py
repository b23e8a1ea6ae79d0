"""How many counted as what, by month and by any cut: sums over the small table, or over the register as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db import connection

from neet import clock
from tracking.figures import sql
from tracking.figures.queries.reach import EVERYBODY, Reach
from tracking.figures.queries.records import OFFER_MADE, Asked
from tracking.figures.queries.wards import NOW_AT_HOME
from tracking.figures.standing import bring_up_to_date
from tracking.reference.queries import ruleset
from tracking.rules.groups import Rule
from tracking.rules.groups import condition as in_group
from tracking.rules.rates import Counts
from tracking.rules.ruleset import RuleSet

DIMENSIONS: Mapping[str, str] = MappingProxyType(
    {
        "year": "academic_age",
        "district": "district_id",
        "school": "establishment_id",
        "service": "service_id",
        "need": "need",
        "vulnerable": "is_vulnerable",
        "gender": "gender",
    }
)
WARD = "ward"
# The ward is in no small sum: by ward they are made of the records.
COLUMNS: Mapping[str, str] = MappingProxyType({**DIMENSIONS, WARD: "ward_code"})
COUNTS = tuple(each.name for each in fields(Counts))
SUMS = ", ".join(f"coalesce(sum({name}), 0)::bigint" for name in COUNTS)
NOW = "select * from tracking_nowrecord where authority_id = %(authority)s"
Key = int | str | bool | None


@dataclass(frozen=True)
class Nowhere:
    """What somebody without a district, school or service is asked for by."""


NONE = Nowhere()


@dataclass(frozen=True)
class Chosen:
    """What figures are narrowed to, by dimension: a key, NONE for those without one; to a group, by its rule; and to
    whom their reader's places reach. Nothing said: everybody."""

    keys: Mapping[str, Key | Nowhere] = field(default_factory=dict)
    rule: Rule | None = None
    reach: Reach = EVERYBODY

    def condition(self, alias: str, parameters: dict[str, Any]) -> str:
        """The condition of the dimensions and the reach in SQL on a record or sum of that alias; what it asks is put
        among the parameters."""
        parts = [self.reach.condition(alias, parameters)]
        for name, key in self.keys.items():
            column = f"{alias}.{COLUMNS[name]}"
            if key is NONE:
                parts.append(f"{column} is null")
            else:
                parts.append(f"{column} = %(chosen_{name})s")
                parameters[f"chosen_{name}"] = key
        return " and ".join(parts)

    def of_records(self, alias: str, parameters: dict[str, Any]) -> str:
        """The same on a record, of which it is also known who belongs to the group."""
        here = self.condition(alias, parameters)
        return here if self.rule is None else f"{here} and {in_group(self.rule, alias, parameters)}"


@dataclass(frozen=True)
class Source:
    """Where sums come from: the freezes of some months, or the register as it stands today; the records alone, and
    with the ward of each."""

    tallies: str
    records: str
    parameters: Mapping[str, Any]
    at_home: str = ""

    def records_for(self, chosen: Chosen) -> str:
        """The records, with what is needed to narrow them."""
        return self.at_home if WARD in chosen.keys else self.records

    def sums(self, chosen: Chosen, parameters: dict[str, Any], *, by_ward: bool = False) -> str:
        """The small sums; of a group or by ward they are made of the records, since no sum knows who belongs there."""
        by_ward = by_ward or WARD in chosen.keys
        if chosen.rule is None and not by_ward:
            return self.tallies
        here = "true" if chosen.rule is None else in_group(chosen.rule, "g", parameters)
        parameters.setdefault("offers", offers(ruleset(max(parameters.get("months") or [clock.today()]))))
        records = f"select * from ({self.at_home if by_ward else self.records}) as g where {here}"
        return tallied(records, ", ward_code" if by_ward else "")


def frozen(freezes: Mapping[int, date]) -> Source:
    """The months of these freezes (id and month end)."""
    records = (
        "select * from tracking_monthrecord where freeze_id = any(%(freezes)s) and month = any(%(months)s)"
    )
    return Source(
        "select * from tracking_monthtally where freeze_id = any(%(freezes)s)",
        records,
        {"freezes": list(freezes), "months": list(freezes.values())},
        records,
    )


def live(asked: Asked) -> Source:
    """The month in progress, counted by the very statement a freeze writes with."""
    bring_up_to_date(asked)
    return Source(
        tallied(NOW),
        NOW,
        {"authority": asked.authority_id, "offers": offers(asked.rules), "day": asked.day},
        NOW_AT_HOME,
    )


def tallied(records: str, more: str = "") -> str:
    """The statement that sums records up, told apart by more columns where they are named."""
    return sql.text("tallies").replace("{more}", more).replace("{records}", records)


def offers(rules: RuleSet) -> list[str]:
    """The guarantee statuses that count as an offer made."""
    return sorted(code for code, each in rules.guarantee_statuses.items() if each.family == OFFER_MADE)


def by_month(source: Source, chosen: Chosen) -> dict[date, Counts]:
    """The counts of each month."""
    asked = dict(source.parameters)
    here = chosen.condition("t", asked)
    sums = source.sums(chosen, asked)
    statement = f"select month, {SUMS} from ({sums}) as t where {here} group by month order by month"
    return {row[0]: Counts(*row[1:]) for row in _rows(statement, asked)}


def by_dimension(
    source: Source, chosen: Chosen, names: Sequence[str] = tuple(DIMENSIONS)
) -> tuple[Counts, dict[str, dict[Key, Counts]]]:
    """The counts of the whole cut, and of its parts by each dimension, in one statement."""
    asked = dict(source.parameters)
    here = chosen.condition("t", asked)
    columns = [DIMENSIONS[name] for name in names]
    sets = ", ".join(["()", *(f"({column})" for column in columns)])
    statement = (
        f"select grouping({', '.join(columns)}), {', '.join(columns)}, {SUMS}"
        f" from ({source.sums(chosen, asked)}) as t where {here} group by grouping sets ({sets})"
    )
    whole = Counts()
    parts: dict[str, dict[Key, Counts]] = {name: {} for name in names}
    for which, *rest in _rows(statement, asked):
        keys, counts = rest[: len(names)], Counts(*rest[len(names) :])
        place = _dimension(which, len(names))
        if place is None:
            whole = counts
        else:
            parts[names[place]][keys[place]] = counts
    return whole, parts


def _dimension(which: int, size: int) -> int | None:
    """Which of the dimensions a row of the grouping sets is about: PostgreSQL marks the others with a bit each."""
    kept = (1 << size) - 1 - which
    return size - kept.bit_length() if kept else None


def _rows(statement: str, asked: Mapping[str, Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return cursor.fetchall()
