"""The field policy: which role reads or changes which field of the register, and what is masked when (fields.csv)."""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).with_name("fields.csv")
CODE = "characteristic.code="


@dataclass(frozen=True, slots=True)
class Field:
    """One line of the table. `objection` is the class of access.md section 2: a, b or c, or nothing."""

    name: str
    kind: str
    read: frozenset[str]
    change: frozenset[str]
    objection: str
    masked_when: str


@cache
def policy() -> Mapping[str, Field]:
    """Every field of the register by name: "youngperson.upn", "characteristic.code=180"."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        found = [_field(row) for row in csv.DictReader(lines)]
    return MappingProxyType({each.name: each for each in found})


def reads(roles: Collection[str], name: str) -> bool:
    """Whether one of these roles reads the field; a field that is not in the table is read by nobody."""
    return _holds(policy().get(name), "read", roles)


def changes(roles: Collection[str], name: str) -> bool:
    """Whether one of these roles changes the field."""
    return _holds(policy().get(name), "change", roles)


def readable(roles: Collection[str]) -> frozenset[str]:
    """All the fields these roles read."""
    return frozenset(name for name in policy() if reads(roles, name))


def characteristics_read(roles: Collection[str], codes: Iterable[str]) -> frozenset[str]:
    """Which of these characteristics the roles read. A code without a line of its own is sensitive: only those who
    read every listed code read it."""
    if not reads(roles, "characteristic.code"):
        return frozenset()
    listed = [name for name in policy() if name.startswith(CODE)]
    all_of_them = all(reads(roles, name) for name in listed)
    return frozenset(
        code for code in codes if (reads(roles, CODE + code) if CODE + code in policy() else all_of_them)
    )


def _field(row: Mapping[str, str]) -> Field:
    return Field(
        name=row["field"],
        kind=row["class"],
        read=frozenset(row["read"].split()),
        change=frozenset(row["change"].split()),
        objection=row["objection"],
        masked_when=row["masked_when"],
    )


def _holds(field: Field | None, right: str, roles: Collection[str]) -> bool:
    return field is not None and not getattr(field, right).isdisjoint(roles)
