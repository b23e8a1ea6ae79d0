"""Whom to ask: the council's register by name, year group, status and the service that answers, and nothing more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.accounts.scope import scope_of
from tracking.reference.queries import ruleset
from tracking.register.columns import Asker, lead_service
from tracking.register.models import YoungPerson
from tracking.register.queries.search import ALIKE, HARDLY_ALIKE, MOST, ranked, take_for_alike
from tracking.register.queries.standing import Facts, Standing, standing
from tracking.rules.academic_year import year_group
from tracking.rules.asked import Asked, read_words
from tracking.rules.ruleset import RuleSet

SEES_ALL_ANYWAY = frozenset({"tracking_officer", "mi_officer"})


@dataclass(frozen=True)
class IndexLine:
    """What anybody who may ask is told."""

    pk: int
    ref: UUID
    name: str
    year: int | None
    standing: Standing
    ask: str


def in_index(user: User) -> QuerySet[YoungPerson]:
    """Whom this user may ask about: everybody of the authorities where they may, less restricted records."""
    scope = scope_of(user)
    places = [
        *scope.where(Permission.INDEX_SEARCH),
        *(each for each in scope.places if each.role in STATES_A_REASON),
    ]
    held_at = {
        place.authority_id
        for place in places
        if place.authority_id is not None and place.role not in SEES_ALL_ANYWAY
    }
    return YoungPerson.objects.filter(authority_id__in=held_at, restricted_on__isnull=True)


def may_ask(user: User) -> bool:
    """Whether the index tells this user anything their own register does not."""
    scope = scope_of(user)
    asks = scope.can(Permission.INDEX_SEARCH) or not scope.roles.isdisjoint(STATES_A_REASON)
    return asks and scope.roles.isdisjoint(SEES_ALL_ANYWAY)


def search_index(
    user: User, words: str, on: date, *, without: frozenset[int] = frozenset()
) -> tuple[IndexLine, ...]:
    """Those whose name fits, best first, at most fifty; by name only, since nothing else is told."""
    asked = Asked(name=read_words(words).name)
    if not asked.name or not may_ask(user):
        return ()
    who = Asker(scope_of(user).roles, on)
    people = in_index(user).exclude(pk__in=without)
    for alike in (ALIKE, HARDLY_ALIKE):
        with transaction.atomic():
            take_for_alike(alike)
            found = index_lines(ranked(people, asked, who)[:MOST], on)
        if found:
            return found
    return ()


def index_lines(people: QuerySet[YoungPerson], on: date) -> tuple[IndexLine, ...]:
    """What anybody who may ask is told of these people; one statement."""
    rules = ruleset(on)
    rows = people.annotate(
        ask=lead_service(on),
        code=F("situation__code"),
        since=F("situation__starts_on"),
        ended_on=F("situation__ends_on"),
        counts_until=F("situation__lapses_on"),
        neet_since=F("situation__neet_since_on"),
    )
    shown = rows.values(
        "pk", "ref", "given_name", "family_name", "date_of_birth",
        "ask", "code", "since", "ended_on", "counts_until", "neet_since",
    )  # fmt: skip
    return tuple(_line(row, rules, on) for row in shown)


def _line(row: Mapping[str, Any], rules: RuleSet, on: date) -> IndexLine:
    facts = Facts(
        code=row["code"] or "",
        since=row["since"],
        ended_on=row["ended_on"],
        counts_until=row["counts_until"],
        neet_since=row["neet_since"],
    )
    born_on = row["date_of_birth"]
    return IndexLine(
        pk=row["pk"],
        ref=row["ref"],
        name=f"{row['given_name']} {row['family_name']}",
        year=year_group(born_on, on) if born_on else None,
        standing=standing(facts, rules, on),
        ask=row["ask"] or "",
    )
