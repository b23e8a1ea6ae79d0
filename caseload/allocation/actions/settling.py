"""What the rules said becomes cases, and cases become who leads: for a whole month in a handful of statements."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import connection

from caseload.allocation import sql
from caseload.allocation.models import Case, CaseSettings, MonthRun
from caseload.allocation.queries import decisions, settings_of
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from schools.models import Service
from tracking.register.refusals import NotPermitted
from tracking.rules.allocation import Decision, Facts

SETTLE = sql.text("settle")
STEPS = dict(
    part.removeprefix("-- ").split("\n", 1) for part in sql.text("leads").split("\n\n") if "\n" in part[:20]
)
LEADS = ("ended", "handed_back", "begun", "workers")
LONGEST_ALSO = 240


def allowed(by: User | None, authority_id: int, permission: Permission = Permission.ALLOCATE) -> None:
    """Raise NotPermitted unless the user holds the permission somewhere at the authority. None is whoever runs the
    installation, from its command line."""
    if by and not any(place.authority_id == authority_id for place in scope_of(by).where(permission)):
        raise NotPermitted(permission)


def settle(
    run: MonthRun, neet_since: Mapping[int, date | None], on: date, *, late: bool = False
) -> dict[str, int]:
    """Ask the rules about these young people, write their cases and let the leads follow.

    Cases about which a person decided, and those handed back, stay as they are. Returns how many are new, changed,
    allocated, left to a person.
    """
    told = decisions(run.authority, neet_since, on)
    chosen = _Services(run)
    rows = [chosen.row(person, *told[person], neet_since[person]) for person in sorted(told)]
    asked: dict[str, Any] = {"run": run.pk, "day": on, "late": late, "cases": json.dumps(rows, default=str)}
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, asked)
        written = dict(cursor.fetchall())
    lead(Case.objects.filter(run=run, person__in=list(written)).values_list("pk", flat=True), on)
    states = Counter(row["state"] for row in rows)
    undecided = sum(states[state] for state in Case.UNDECIDED)
    return {
        "new": sum(written.values()),
        "changed": len(written) - sum(written.values()),
        "allocated": states[Case.State.ALLOCATED],
        "undecided": undecided,
    }


def lead(cases: Iterable[int], on: date, steps: Iterable[str] = LEADS) -> dict[str, int]:
    """Let the leads follow these cases from a day on; how many rows each step wrote."""
    asked: dict[str, Any] = {"cases": list(cases), "day": on}
    counts = {}
    with connection.cursor() as cursor:
        for step in steps:
            cursor.execute(STEPS[step], asked)
            counts[step] = cursor.rowcount
    return counts


class _Services:
    """The council's services by the short names that rules use, and its own way where no rule names one."""

    def __init__(self, run: MonthRun) -> None:
        self.known = dict(Service.objects.filter(authority=run.authority_id).values_list("slug", "pk"))
        self.settings = settings_of(run.authority_id)

    def row(self, person: int, facts: Facts, said: Decision, since: date | None) -> dict[str, Any]:
        service, rule, state = self._answer(said)
        return {
            "person_id": person,
            "state": state,
            "service_id": service,
            "offer": str(said.offer),
            "rule": rule,
            "offer_rule": said.offer_rule,
            "also": " ".join(said.also)[:LONGEST_ALSO],
            "facts": facts.words,
            "neet_since": since,
        }

    def _answer(self, said: Decision) -> tuple[int | None, str, str]:
        default = self.settings.default_service_id
        if default and self.settings.shape == CaseSettings.Shape.SIMPLE:
            return default, "", Case.State.ALLOCATED
        if said.conflict:
            return None, said.rule, Case.State.CONFLICT
        named = self.known.get(said.service)
        if named:
            return named, said.rule, Case.State.ALLOCATED
        if default:
            return default, "", Case.State.ALLOCATED
        return None, "", Case.State.NO_RULE
