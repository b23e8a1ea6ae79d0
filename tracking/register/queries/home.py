"""The numbers of the first page: how many of whom, each with the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from neet.accounts.models import User
from neet.statements.once import built_once
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import YoungPerson
from tracking.register.queries.narrowing import Wanted, condition_of
from tracking.register.queries.standing import of_its_council
from tracking.register.queries.together import in_one_row

LISTS: Mapping[str, tuple[str, Wanted, Mapping[str, str]]] = {
    "not_known": ("not known", Wanted(status="NOT_KNOWN"), {"status": "NOT_KNOWN"}),
    "neet": ("NEET", Wanted(status="NEET"), {"status": "NEET"}),
    "new": ("newly NEET in the last 30 days", Wanted(status="new"), {"status": "new"}),
    "in_14": ("to be confirmed within 14 days", Wanted(running_out=14), {"running_out": "14"}),
    "in_30": ("to be confirmed within 30 days", Wanted(running_out=30), {"running_out": "30"}),
    "in_60": ("to be confirmed within 60 days", Wanted(running_out=60), {"running_out": "60"}),
    "ending": ("finish within 60 days, nothing known to follow", Wanted(ending=60), {"ending": "60"}),
    "everybody": ("young people in all", Wanted(), {}),
}
TONES = {"not_known": "attention", "neet": "bad"}


@dataclass(frozen=True)
class Figure:
    """A number, what it counts, and the filters of the list behind it."""

    number: int
    words: str
    filters: Mapping[str, str]
    tone: str = ""


TITLES = {
    "tracking_officer": "Young people of the council",
    "mi_officer": "Young people of the council",
    "caseworker": "My service’s young people",
    "service_lead": "My service’s young people",
    "contractor": "The young people allotted to you",
    "district_lead": "Young people of my district",
}


def in_words(words: str, number: int) -> str:
    """What is counted, said of one as of many."""
    return words.replace("young people", "young person") if number == 1 else words


@built_once
def _counted(user: User, on: date) -> QuerySet[YoungPerson, dict[str, Any]]:
    who, rules = asker(user, on), ruleset(on)
    conditions = {name: condition_of(wanted, who, rules, user) for name, (_, wanted, _) in LISTS.items()}
    numbers = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    seen = YoungPerson.objects.visible_to(user).filter(conditions["everybody"], of_its_council())
    return in_one_row(seen, **numbers)


def figures(user: User, on: date) -> tuple[Figure, ...]:
    """All numbers in one statement over the same conditions as the lists behind them."""
    (counted,) = _counted(user, on)
    return tuple(
        Figure(
            counted[name],
            in_words(words, counted[name]),
            filters,
            TONES.get(name, "") if counted[name] else "",
        )
        for name, (words, _, filters) in LISTS.items()
    )
