"""One row of any table in plain words: its title, its day, whom it came from, and everything else it holds."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model

from neet.ui.words import day, moment
from schools.models import Authority, District, Establishment, Service
from tracking.register.models import Characteristic
from tracking.register.queries.parts import characteristic_words
from tracking.register.queries.standing import WORDS
from tracking.rights.told import Told
from tracking.rules.ruleset import RuleSet

USER = get_user_model()
# What another row is called by; rows of other tables are told by themselves.
NAMED = (Authority, District, Establishment, Service)
# What only the machine needs, and what says nothing of anybody.
TECHNICAL = frozenset(
    {
        "id", "ref", "version", "digest", "code_digest", "authority", "event_id", "applied_event", "leaving_event",
        "arrival_event", "activity_id", "identity", "levels", "also", "cause", "row", "number", "seen", "found",
        "left_out", "is_new",
    }
)  # fmt: skip
CODED = {
    "code": "activities",
    "was_code": "activities",
    "is_code": "activities",
    "gender": "genders",
    "ethnicity": "ethnicities",
    "level_of_need": "levels_of_need",
    "need": "levels_of_need",
    "intended_destination": "intended_destinations",
    "educated_la": "areas",
    "la_at_year_11": "areas",
    "corporate_parent_la": "areas",
    "transferred_to_la": "areas",
    "la_code": "areas",
    "from_la": "areas",
    "to_la": "areas",
    "cohort_status": "cohort_statuses",
    "guarantee": "guarantee_statuses",
}
# Columns whose own words are not for whoever reads a copy.
CALLED = {
    "is_primary": "Main thing you did",
    "lapses_on": "Counts until",
    "has_lapsed": "Too old to count",
    "sent": "As it was sent",
    "clean": "As we read it",
    "fixed": "As it was mended",
}
IN_BRACES = re.compile(r"\{(\w+)\}")
STATUSES = {status.value: words for status, words in WORDS.items()}
SLUG = re.compile(r"[a-z]+(_[a-z0-9]+)+")
NOBODY_KNOWN = "a colleague"


@dataclass(frozen=True)
class Words:
    """What values are called: the codes of the day, and the work of whoever has an account (never their names)."""

    rules: RuleSet
    roles: Mapping[int, str]


@dataclass(frozen=True)
class Part:
    """One row told."""

    at: datetime | date | None
    about: str
    title: str
    lines: tuple[tuple[str, str], ...]
    came_from: str
    names_others: bool
    service_id: int | None

    @property
    def text(self) -> str:
        return "\n".join(f"{words}: {value}" for words, value in self.lines)


def part_of(row: Model, told: Told, words: Words) -> Part:
    """The row as the copy tells it."""
    service = getattr(row, f"{told.service}_id") if told.service else None
    return Part(
        at=_moment(row, told),
        about=told.model,
        title=IN_BRACES.sub(lambda found: said(row, found[1], words) or "not recorded", told.title),
        lines=tuple(lines_of(row, told, words)),
        came_from=", ".join(filter(None, (said(row, path, words) for path in told.came_from))),
        names_others=_names_others(row, told.others),
        service_id=service,
    )


def lines_of(row: Model, told: Told, words: Words) -> Iterator[tuple[str, str]]:
    """Every value of the row in words, but for what stands in its title, its day and where it came from."""
    elsewhere = {*IN_BRACES.findall(told.title), *told.came_from, *told.at[:1]}
    for field in row._meta.concrete_fields:
        if field.name not in elsewhere and is_told(field):
            value = said(row, field.name, words)
            if value:
                yield heading(field), value
    for path, called in told.more:
        if value := said(row, path, words):
            yield called, value


def is_told(field: "Field[Any, Any]") -> bool:
    """Whether a column says something of somebody: not a key of the machine, nor a row that is told by itself."""
    if field.name in TECHNICAL:
        return False
    if not field.is_relation:
        return True
    return issubclass(pointed_at(field), (*NAMED, USER))


def pointed_at(field: "Field[Any, Any]") -> type[Model]:
    """The model a relation leads to."""
    assert field.related_model is not None
    return field.related_model


def heading(field: "Field[Any, Any]") -> str:
    words = CALLED.get(field.name) or str(field.verbose_name)
    return words[:1].upper() + words[1:].replace("_", " ")


def said(row: Model, path: str, words: Words) -> str:
    """A value of the row, or of a row it points at (`batch__series`), in words; empty where there is none."""
    *ahead, name = path.split("__")
    for step in ahead:
        there = _next(row, step)
        if there is None:
            return ""
        row = there
    field = row._meta.get_field(name)
    assert isinstance(field, Field)
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if field.is_relation:
        return (
            words.roles.get(value, NOBODY_KNOWN)
            if issubclass(pointed_at(field), USER)
            else str(_next(row, name))
        )
    if field.choices:
        value = str(getattr(row, f"get_{name}_display")())
    return _coded(row, name, value, words.rules) or _unlisted(value) or plainly(value)


def _unlisted(value: Any) -> str:
    """A value whose column lists no words for it: a status of the register, or one written like `no_answer`."""
    if not isinstance(value, str):
        return ""
    return STATUSES.get(value) or (value.replace("_", " ") if SLUG.fullmatch(value) else "")


def plainly(value: Any) -> str:
    """Days, moments, yes and no, lists and groups in words."""
    if isinstance(value, bool):
        return "Yes" if value else ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {plainly(each)}" for name, each in value.items() if each not in ("", None))
    if isinstance(value, list | tuple | set):
        return ", ".join(plainly(each) for each in value)
    return str(value)


def _next(row: Model, step: str) -> Model | None:
    try:
        return getattr(row, step)
    except ObjectDoesNotExist:  # a confirmation outlives its activity
        return None


def _coded(row: Model, name: str, value: Any, rules: RuleSet) -> str:
    table, code = row._meta.label, str(value)
    if table == Characteristic._meta.label and name == "code":
        return f"{characteristic_words(code, rules)} ({code})"
    if name == "code" and table.endswith("Error"):
        return f"error {code}"
    listed = getattr(rules, CODED[name]) if name in CODED else {}
    if table == "tracking.Guarantee" and name == "status":
        listed = rules.guarantee_statuses
    known = listed.get(code)
    return f"{known.plain_words} ({code})" if known else ""


def _moment(row: Model, told: Told) -> datetime | date | None:
    for path in told.at:
        found: Any = row
        for step in path.split("__"):
            found = _next(found, step) if found is not None else None
        if found is not None:
            return found
    return None


def _names_others(row: Model, rule: str) -> bool:
    field, _, values = rule.partition("=")
    return rule == "yes" or bool(values and getattr(row, field) in values.split(","))


def mentions(text: str, names: Iterable[str]) -> bool:
    """Whether a text names one of these."""
    lower = text.lower()
    return any(name.lower() in lower for name in names if len(name) > 2)
