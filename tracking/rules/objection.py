"""Objections: whose word counts on a day, a parent's before 16 or the young person's from then on.

Education and Skills Act 2008 sections 14 and 72: an institution passes only name, address and date of birth where the
parent, or from the 16th birthday the young person, has said so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tracking.rules.academic_year import birthday

DECIDES_FOR_ONESELF_AT = 16


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """Who objected, from when; from the day of withdrawal on it no longer holds."""

    by_parent: bool
    made_on: date
    withdrawn_on: date | None = None

    def is_open(self, on: date) -> bool:
        return self.made_on <= on and (self.withdrawn_on is None or self.withdrawn_on > on)


def decides_from(born_on: date) -> date:
    """The 16th birthday; born on 29 February it is 1 March where the year has no such day."""
    return birthday(born_on, DECIDES_FOR_ONESELF_AT)


def is_in_force(objections: Iterable[ObjectionFacts], born_on: date | None, on: date) -> bool:
    """Whether what came from institutions is masked on a day.

    A parent's objection made before the 16th birthday goes on until the young person answers, by an objection of their
    own (even one withdrawn since) or by the parent's being withdrawn. A parent's word from the 16th birthday on does
    not count, nor a young person's before it. Without a date of birth every open objection counts.
    """
    known = list(objections)
    if born_on is None:
        return any(each.is_open(on) for each in known)
    own_from = decides_from(born_on)
    if any(not each.by_parent and each.is_open(on) for each in known) and own_from <= on:
        return True
    return _parents_holds(known, own_from, on) and not _has_answered(known, own_from, on)


def awaits_answer(objections: Iterable[ObjectionFacts], born_on: date | None, on: date) -> bool:
    """Whether a parent's objection outlives the 16th birthday, so that the young person is to be asked."""
    if born_on is None or on < decides_from(born_on):
        return False
    known = list(objections)
    own = any(not each.by_parent and each.is_open(on) for each in known)
    return is_in_force(known, born_on, on) and not own


def _parents_holds(known: list[ObjectionFacts], own_from: date, on: date) -> bool:
    return any(each.by_parent and each.made_on < own_from and each.is_open(on) for each in known)


def _has_answered(known: list[ObjectionFacts], own_from: date, on: date) -> bool:
    return any(not each.by_parent and own_from <= each.made_on <= on for each in known)
