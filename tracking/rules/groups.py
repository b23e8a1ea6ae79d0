"""A group a council names for itself: who belongs to it, said as lines that all hold (R101).

Of one line somebody has at least one value, or, where the line is turned round, none of them. So any "and", "or" and
"not" over what a month holds of a young person can be said, and read aloud. The same rule is a condition in SQL and a
plain function; a test holds them together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

CHARACTERISTIC = "characteristic"
# What a line may ask for, by the column of a month's record that holds it.
COLUMNS: Mapping[str, str] = MappingProxyType(
    {
        "year": "academic_age",
        "gender": "gender",
        "need": "need",
        "vulnerable": "is_vulnerable",
        CHARACTERISTIC: "characteristics",
        "ethnicity": "ethnicity",
        "status": "status",
        "district": "district_id",
        "school": "establishment_id",
        "service": "service_id",
    }
)
NUMBERS = frozenset({"year", "district", "school", "service"})
MOST_LINES = 8
Key = int | str | bool


class NotARule(ValueError):
    """What was written down is no rule of a group."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One value of one thing: Year 12, or in care."""

    trait: str
    key: Key


@dataclass(frozen=True, slots=True)
class Line:
    """Values of which somebody has at least one; turned round, none of them."""

    any_of: tuple[Asked, ...]
    is_turned: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Lines that all hold. Without a line everybody belongs."""

    lines: tuple[Line, ...] = ()

    @property
    def traits(self) -> frozenset[str]:
        """What it asks about."""
        return frozenset(each.trait for line in self.lines for each in line.any_of)

    def values(self, trait: str) -> tuple[Key, ...]:
        """The values it asks for of one thing."""
        return tuple(each.key for line in self.lines for each in line.any_of if each.trait == trait)


@dataclass(frozen=True, slots=True)
class NamedGroup:
    """A group somebody may use: its number, its name and who belongs to it."""

    pk: int
    name: str
    rule: Rule


def belongs(rule: Rule, held: Mapping[str, Any]) -> bool:
    """Whether somebody of whom this is held, by the columns' names, belongs to the group."""
    return all(any(_has(each, held) for each in line.any_of) != line.is_turned for line in rule.lines)


def _has(asked: Asked, held: Mapping[str, Any]) -> bool:
    value = held.get(COLUMNS[asked.trait])
    if asked.trait == CHARACTERISTIC:
        return asked.key in (value or ())
    return value is not None and bool(value == asked.key)


def condition(rule: Rule, alias: str, parameters: dict[str, Any], name: str = "group") -> str:
    """The same as a condition in SQL on a record of that alias; what it asks is put among the parameters, by names that
    begin with `name`. It is true or false of everybody, never unknown."""
    parts = ["true"]
    for number, line in enumerate(rule.lines):
        found = [
            _one(each, alias, f"{name}_{number}_{at}", parameters) for at, each in enumerate(line.any_of)
        ]
        said = f"({' or '.join(found)})" if found else "false"
        parts.append(f"not {said}" if line.is_turned else said)
    return " and ".join(parts)


def _one(asked: Asked, alias: str, name: str, parameters: dict[str, Any]) -> str:
    parameters[name] = asked.key
    column = f"{alias}.{COLUMNS[asked.trait]}"
    if asked.trait == CHARACTERISTIC:
        return f"coalesce(%({name})s::text = any({column}), false)"
    return f"coalesce({column} = %({name})s, false)"


def written(rule: Rule) -> list[dict[str, Any]]:
    """The rule as it is kept."""
    return [
        {"any_of": [[each.trait, each.key] for each in line.any_of], "is_turned": line.is_turned}
        for line in rule.lines
    ]


def read(kept: Iterable[Mapping[str, Any]]) -> Rule:
    """A rule as it was kept. Raises NotARule."""
    try:
        return checked(Rule(tuple(_line(each) for each in kept)))
    except (KeyError, TypeError, AttributeError) as problem:
        raise NotARule(str(problem)) from problem


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(tuple(Asked(trait, key) for trait, key in kept["any_of"]), bool(kept["is_turned"]))


def checked(rule: Rule) -> Rule:
    """The rule, if it is one: at most eight lines, each of something that is held. Raises NotARule."""
    if len(rule.lines) > MOST_LINES:
        raise NotARule(f"more than {MOST_LINES} lines")
    for line in rule.lines:
        if not line.any_of:
            raise NotARule("a line that asks for nothing")
        for each in line.any_of:
            if each.trait not in COLUMNS or not _is_key(each):
                raise NotARule(f"nothing that is held: {each.trait}")
    return rule


def _is_key(asked: Asked) -> bool:
    if asked.trait == "vulnerable":
        return isinstance(asked.key, bool)
    if asked.trait in NUMBERS:
        return isinstance(asked.key, int) and not isinstance(asked.key, bool)
    return isinstance(asked.key, str)


def without(rule: Rule, number: int) -> Rule:
    """The rule without one of its lines."""
    return Rule(tuple(line for at, line in enumerate(rule.lines) if at != number))
