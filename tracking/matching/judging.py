"""Judges who on a register somebody is who came in, among the pairs the database finds."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from tracking.matching.candidates import Beforehand, candidates, names_of
from tracking.matching.register import Entries, entries
from tracking.rules.matching.comparing import FREE, Comparison, Part, comparison
from tracking.rules.matching.deciding import Decided, Decision
from tracking.rules.matching.experience import NOTHING_YET, Experience
from tracking.rules.matching.linking import decided_among
from tracking.rules.matching.model import MatchingModel
from tracking.rules.matching.people import Ints, People, Vocabulary, people


@dataclass(frozen=True, slots=True)
class Question:
    """Who these are, on this authority's register, on a day.

    `rows` are people by the matcher's headings, `id` being a whole number; `stands_for` says for how many of the file
    each one stands. `held` says which row has been found to be which young person already: nobody else is linked to
    them. `beforehand` are the register's names where they were read a moment ago.
    """

    authority_id: int
    on: date
    rows: Sequence[Mapping[str, str]]
    stands_for: Sequence[float]
    held: Mapping[int, int] = field(default_factory=dict)
    experience: Experience = NOTHING_YET
    beforehand: Beforehand | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a row is a young person, how sure that is, and how far each field agrees."""

    row: int
    person_id: int
    sure: float
    decision: Decision
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """All that was decided, the best of each row first, and what was believed for it."""

    judgements: tuple[Judgement, ...]
    model: MatchingModel


def nothing_else(people: Sequence[int]) -> None:
    """Nothing is asked meanwhile."""


def judge(question: Question, meanwhile: Callable[[Sequence[int]], None] = nothing_else) -> Judged:
    """The same number of statements for few as for many. While it is weighed the database waits: `meanwhile` may ask it
    something else, by all young people who may be meant."""
    beforehand = question.beforehand
    words = beforehand.words if beforehand else Vocabulary()
    incoming = people(question.rows, words)
    names = beforehand.names if beforehand else names_of(question.authority_id, words)
    persons, rows = candidates(incoming, names, words, authority_id=question.authority_id)
    all_of_them = np.unique(persons).tolist()
    register = entries(all_of_them, question.on, words)
    everybody = names.each_once()
    part = _part(question, len(everybody), register, incoming)
    compared = comparison(register.people, incoming, words, part, everybody)
    left, right = _each_name(persons, rows, register)
    with ThreadPoolExecutor(1) as beside:
        weighed = beside.submit(
            decided_among, compared, left, right, MatchingModel(), experience=question.experience
        )
        meanwhile(all_of_them)
        linked = weighed.result()
    return Judged(_judgements(linked.decided, compared), linked.model)


def _part(question: Question, size: int, register: Entries, incoming: People) -> Part:
    """Who is held by a row that is not among those compared is held all the same: by one past all rows."""
    places = {int(row): place for place, row in enumerate(incoming.ids)}
    held = np.full(len(register.people), FREE)
    for person, row in register.row_of.items():
        if person in question.held:
            held[row] = places.get(question.held[person], len(incoming))
    return Part(size, np.array(question.stands_for, dtype=np.float64), register.first, held)


def _each_name(persons: Ints, rows: Ints, register: Entries) -> tuple[Ints, Ints]:
    """The pairs by their rows: one for each name somebody has."""
    ids = register.people.ids.astype(np.int64)
    begins, ends = (np.searchsorted(ids, persons, side) for side in ("left", "right"))
    names = ends - begins
    left = np.repeat(begins - np.cumsum(names) + names, names) + np.arange(int(names.sum()))
    return left, np.repeat(rows, names)


def _judgements(decided: Decided, compared: Comparison) -> tuple[Judgement, ...]:
    order = np.lexsort((-decided.sure, decided.right))
    persons = compared.register.ids[decided.left].astype(np.int64)
    rows = compared.incoming.ids[decided.right].astype(np.int64)
    return tuple(
        Judgement(
            int(rows[place]),
            int(persons[place]),
            float(decided.sure[place]),
            decided.decision[place],
            tuple(decided.levels[place].tolist()),
        )
        for place in order.tolist()
    )
