"""Whom each table of the system is about: young people and colleagues are found by where its columns lead, the rest
stands in subjects.csv. A table nobody said anything of stops the assessment, so that none is forgotten."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from django.apps import apps
from django.db.models import Model

from neet.accounts.models import User
from tracking.register.models import YoungPerson

TABLE = Path(__file__).with_name("subjects.csv")
OURS = frozenset(
    {"accounts", "audit", "files", "outbox", "jobs", "schools", "tracking", "returns", "caseload"}
)
YOUNG_PEOPLE = "Young people, and what was said of their parents and carers"
SIGN_IN = "People who sign in"
BY_THEIR_WORK = "People who sign in: who did what"


class NobodySaid(LookupError):
    """There is a table of which nobody said whom it is about."""


@cache
def subjects() -> Mapping[str, tuple[str, ...]]:
    """The tables of each kind of people, in the order of the apps. Raises NobodySaid."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        said = {row["model"]: row["about"] for row in csv.DictReader(lines)}
    found: dict[str, list[str]] = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            found.setdefault(_about(model, said), []).append(model._meta.label)
    return MappingProxyType({about: tuple(tables) for about, tables in found.items()})


def _about(model: type[Model], said: Mapping[str, str]) -> str:
    label = model._meta.label
    if _leads_to(model, YoungPerson):
        return YOUNG_PEOPLE
    if label in said:
        return said[label]
    if label.startswith("accounts."):
        return SIGN_IN
    if _leads_to(model, User):
        return BY_THEIR_WORK
    raise NobodySaid(label)


def _leads_to(model: type[Model], target: type[Model]) -> bool:
    """Whether a row of the model says whose it is, over as many tables as it takes."""
    seen: set[type[Model]] = set()
    waiting = [model]
    while waiting:
        each = waiting.pop()
        if each is target:
            return True
        if each not in seen:
            seen.add(each)
            waiting += [
                column.related_model
                for column in each._meta.concrete_fields
                if isinstance(column.related_model, type)
            ]
    return False
