"""What a year will hold: the table's items as the year before left them, and what was added by hand."""

from collections.abc import Iterator, Mapping
from datetime import date

from caseload.plan.queries.items import OWN, Planned, item_of, planned, tasks_of
from caseload.plan.rules import NOT_NEEDED, a_year_later
from schools.models import Authority
from tracking.register.models import Task


def following(authority: Authority, year: int, on: date) -> list[Planned]:
    """What a year will hold: the table's items as the year before left them, and those added by hand."""
    before = {each.cause: each for each in tasks_of(authority.pk, year - 1).select_related("service")}
    if not before:
        return planned(authority, year, on)
    usual = {each.cause(year - 1): each for each in planned(authority, year - 1, on)}
    found = [
        moved(each, before.get(each.cause(year - 1)), usual.get(each.cause(year - 1)))
        for each in planned(authority, year, on)
        if is_needed(before.get(each.cause(year - 1)))
    ]
    return sorted([*found, *added_by_hand(before)], key=lambda each: (each.due_on, each.item))


def is_needed(task: Task | None) -> bool:
    return task is None or not task.outcome.startswith(NOT_NEEDED)


def moved(planned: Planned, task: Task | None, usual: Planned | None) -> Planned:
    """On the day the table says, or a year after the day it was moved to by hand; in the words it had then."""
    if task is None:
        return planned
    by_hand = usual is None or task.due_on != usual.due_on
    due_on = a_year_later(task.due_on) if by_hand and task.due_on else planned.due_on
    words = planned.words if usual and task.words == usual.words else task.words
    return Planned(planned.item, words, planned.service, planned.post, due_on, planned.mark)


def added_by_hand(before: Mapping[str, Task]) -> Iterator[Planned]:
    for cause, task in before.items():
        if item_of(cause).startswith(OWN) and is_needed(task) and task.due_on:
            yield Planned(item_of(cause), task.words, task.service, "", a_year_later(task.due_on))
