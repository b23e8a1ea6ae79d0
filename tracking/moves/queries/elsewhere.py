"""Whether another council here leads for somebody: that council and a broad status, never who it is (wishes 4.9, R110).

The same number of statements for one as for thousands, and for those nobody knows as for those somebody knows. What a
council that has not agreed knows, and what is restricted, is never read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db import connection

from tracking.matching.candidates import Names, names_of
from tracking.matching.register import Entries, entries
from tracking.moves import sql
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.index import index_lines
from tracking.rules.codes import CohortKind, Status
from tracking.rules.matching.comparing import FREE, Part, comparison
from tracking.rules.matching.deciding import Decision
from tracking.rules.matching.linking import decided_among
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Vocabulary, people

FEW = 20
BROADLY = {
    Status.EET: "In learning or work",
    Status.NEET: "Not in learning or work",
    Status.COMPULSORY: "Of school age",
    Status.NOT_KNOWN: "It is not known what they do",
    Status.EXCLUDED: "It is known what they do",
}


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody as they are asked about: `row` is the asker's own number for them."""

    row: int
    given_name: str
    family_name: str
    born_on: date | None
    upn: str = ""
    uln: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody another council leads for. `person_id` is for the trail of that council, never for a page."""

    row: int
    person_id: int
    authority_id: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody at another council who may be them."""

    row: int
    person_id: int
    authority_id: int
    is_exact: bool


def known_elsewhere(sought: Sequence[Sought], *, authority_id: int, on: date) -> tuple[Known, ...]:
    """Who of these another council leads for, one answer for each council, in order of `row`.

    Told only where the same name and birthday stand there once with no number against it, or the matcher would take
    them for the same unseen. Three statements.
    """
    found = _candidates(sought, authority_id, on)
    linked = _linked(sought, found, authority_id, on)
    by_place: dict[tuple[int, int], list[Candidate]] = defaultdict(list)
    for each in found:
        by_place[each.row, each.authority_id].append(each)
    return tuple(
        Known(row, person, council)
        for (row, council), candidates in sorted(by_place.items())
        if (person := _the_one(candidates, linked))
    )


def _the_one(candidates: Sequence[Candidate], linked: frozenset[tuple[int, int]]) -> int | None:
    sure = [each.person_id for each in candidates if (each.row, each.person_id) in linked]
    exact = [each.person_id for each in candidates if each.is_exact]
    chosen = sure or exact
    return chosen[0] if len(chosen) == 1 else None


def _candidates(sought: Sequence[Sought], authority_id: int, on: date) -> list[Candidate]:
    asked: dict[str, Any] = {
        "rows": [each.row for each in sought],
        "born": [each.born_on for each in sought],
        "upns": [each.upn for each in sought],
        "ulns": [each.uln for each in sought],
        "families": [each.family_name for each in sought],
        "givens": [each.given_name for each in sought],
        "authority": authority_id,
        "primary": sorted(ruleset(on).cohort_letters(CohortKind.PRIMARY)),
        "on": on,
        "few": len(sought) <= FEW,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql.text("known_elsewhere"), asked)
        return [Candidate(*row) for row in cursor.fetchall()]


def _linked(
    sought: Sequence[Sought], found: Sequence[Candidate], authority_id: int, on: date
) -> frozenset[tuple[int, int]]:
    """The pairs the matcher would link unseen, each council by itself: who stands at two councils is found at both.

    How common a name is, is read from the asker's own register.
    """
    words = Vocabulary()
    places = sorted({(each.row, each.authority_id) for each in found})
    number = {place: index for index, place in enumerate(places)}
    by_row = {each.row: each for each in sought}
    incoming = people([_row(by_row[row], number[row, council]) for row, council in places], words)
    common: Names = names_of(authority_id, words)
    register: Entries = entries(sorted({each.person_id for each in found}), on, words)
    if not found:
        return frozenset()
    ids = register.people.ids.astype(np.int64)
    left, right = [], []
    for each in found:
        for entry in np.flatnonzero(ids == each.person_id).tolist():
            left.append(entry)
            right.append(number[each.row, each.authority_id])
    # Of a council that has nobody yet only those who may be meant can tell how common a name is.
    everybody = common.each_once() if len(common.people) else register.people
    part = Part(max(len(everybody), len(ids)), np.ones(len(places)), register.first, np.full(len(ids), FREE))
    compared = comparison(register.people, incoming, words, part, everybody)
    decided = decided_among(compared, np.array(left), np.array(right), MatchingModel()).decided
    return frozenset(
        (places[int(row)][0], int(ids[entry]))
        for entry, row, decision in zip(decided.left, decided.right, decided.decision, strict=True)
        if decision is Decision.AUTO
    )


def _row(sought: Sought, number: int) -> dict[str, str]:
    return {
        "id": str(number),
        "surname": sought.family_name,
        "forename": sought.given_name,
        "date_of_birth": sought.born_on.isoformat() if sought.born_on else "",
        "postcode": sought.postcode,
        "upn": sought.upn,
        "uln": sought.uln,
    }


def broad_status(known: Sequence[Known], on: date) -> Mapping[int, str]:
    """By person, in words too broad to tell more than whether somebody works with them; one statement."""
    people_there = YoungPerson.objects.filter(pk__in=[each.person_id for each in known])
    return {line.pk: BROADLY[line.standing.status] for line in index_lines(people_there, on)}


def held_elsewhere(people_here: Sequence[int], *, authority_id: int, on: date) -> tuple[Known, ...]:
    """Which of these young people of ours other councils lead for too (`row` is our own record): newcomers of a return
    would otherwise be counted by both. Four statements."""
    rows = YoungPerson.objects.filter(pk__in=list(people_here), authority=authority_id, restricted_on=None)
    values = rows.order_by("pk").values_list("pk", "given_name", "family_name", "date_of_birth", "upn", "uln")
    return known_elsewhere([Sought(*row) for row in values], authority_id=authority_id, on=on)
