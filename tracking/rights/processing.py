"""Why each kind of fact is held, on which ground of law, who gets it and how long it is kept (processing.csv): the
record of processing (UK GDPR article 30), and what young people are told (article 13 and 14)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from neet.accounts.roles import ROLES
from neet.ui.words import many
from tracking.reference.queries import ruleset
from tracking.register.fields import Field, policy
from tracking.rules.retention import EVERYBODY, Clock, RetentionRule

TABLE = Path(__file__).with_name("processing.csv")
HEADINGS = (
    "Field", "Kind", "Purpose", "Basis in law", "Condition for special categories", "Who reads it", "Who changes it",
    "Who else is given it", "Class of objection", "Kept",
)  # fmt: skip
SINCE = {
    Clock.UPPER_AGE: "from the age up to which the law has us track you",
    Clock.LEFT_COHORT: "from when you left our area",
    Clock.LAST_RECORDED: "from when something was last written down",
    Clock.MADE: "from when it was written",
}
NOT_DECIDED = "Until the council has decided"


@dataclass(frozen=True, slots=True)
class Processing:
    """One kind of fact: in plain words, with examples, why, on which ground, who is given it, and by which rule of
    keeping it goes."""

    kind: str
    words: str
    examples: str
    why: str
    basis: str
    condition: str
    recipients: tuple[str, ...]
    kept: str


@dataclass(frozen=True)
class Held:
    """One kind of fact as young people read of it."""

    words: str
    examples: str
    why: str
    recipients: tuple[str, ...]
    kept: str


@cache
def processing() -> Mapping[str, Processing]:
    """Every kind of fact by its class in the field policy."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        found = [_processing(row) for row in csv.DictReader(lines)]
    return MappingProxyType({each.kind: each for each in found})


def what_is_held(on: date) -> tuple[Held, ...]:
    """What we hold, for whoever it is about; kinds nobody has a field of are left out."""
    kept = keeping(on)
    kinds = {field.kind for field in policy().values()}
    return tuple(
        Held(each.words, each.examples, each.why, each.recipients, kept.get(each.kept, NOT_DECIDED))
        for kind, each in processing().items()
        if kind in kinds and kind != "system"
    )


def record_of_processing(on: date) -> Iterator[tuple[str, ...]]:
    """The record of processing, a row for each field of the register."""
    kept = keeping(on)
    for field in policy().values():
        each = processing()[field.kind]
        yield (
            field.name, each.words, each.why, each.basis, each.condition, _roles(field, "read"),
            _roles(field, "change"), "; ".join(each.recipients), field.objection, kept.get(each.kept, NOT_DECIDED),
        )  # fmt: skip


def keeping(on: date) -> dict[str, str]:
    """How long each class of records is kept, in words, by the rules for everybody."""
    found: dict[str, str] = {}
    for rule in ruleset(on).retention_rules.values():
        if not rule.authority and rule.applies_to == EVERYBODY and str(rule.record_class) not in found:
            found[str(rule.record_class)] = _kept(rule)
    return found


def _kept(rule: RetentionRule) -> str:
    if rule.erase_months is None:
        return "As long as the law asks"
    years, months = divmod(rule.erase_months, 12)
    length = many(years, "year,years") if not months else many(rule.erase_months, "month,months")
    return f"{length}, {SINCE[rule.clock]}"


def _roles(field: Field, right: str) -> str:
    return ", ".join(role.words for slug, role in ROLES.items() if slug in getattr(field, right))


def _processing(row: Mapping[str, str]) -> Processing:
    recipients = tuple(each.strip() for each in row["recipients"].split(";"))
    return Processing(
        row["class"],
        row["words"],
        row["examples"],
        row["why"],
        row["basis"],
        row["condition"],
        recipients,
        row["kept"],
    )
