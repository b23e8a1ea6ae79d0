"""The numbers of the first page: how many of whom, each with the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from tracking.reference.queries import ruleset
from tracking.register.columns import asker
from tracking.register.models import Task, YoungPerson
from tracking.register.queries.parts import TaskLine, task_line
from tracking.register.queries.register import Wanted, condition_of

MOST_TASKS = 8
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


@dataclass(frozen=True)
class Work:
    """One open task on the first page."""

    task: TaskLine
    person: str
    person_ref: UUID


TITLES = {
    "tracking_officer": "Young people of the council",
    "mi_officer": "Young people of the council",
    "caseworker": "My service's young people",
    "service_lead": "My service's young people",
    "contractor": "The young people allotted to you",
    "district_lead": "Young people of my district",
    "school_user": "Your pupils",
    "college_user": "Your students",
}


def figures(user: User, on: date) -> tuple[Figure, ...]:
    """All numbers in one statement over the same conditions as the lists behind them."""
    who, rules = asker(user, on), ruleset(on)
    conditions = {name: condition_of(wanted, who, rules, user) for name, (_, wanted, _) in LISTS.items()}
    everybody = conditions["everybody"]
    counted = YoungPerson.objects.visible_to(user).filter(everybody).aggregate(
        **{name: Count("pk", filter=condition) for name, condition in conditions.items()}
    )
    return tuple(
        Figure(counted[name], words, filters, TONES.get(name, "") if counted[name] else "")
        for name, (words, _, filters) in LISTS.items()
    )


def open_tasks(user: User, on: date) -> tuple[Work, ...]:
    """Tasks still to do about visible young people: one's own, one's service's, or nobody's; the most urgent first."""
    if not asker(user, on).reads("task.words") or not scope_of(user).can(Permission.TASK_WORK):
        return ()
    rows = tasks_of(user).select_related("person", "owner", "service")[: MOST_TASKS + 1]
    return tuple(
        Work(task_line(each, on), each.person.full_name, each.person.ref) for each in rows if each.person
    )


def tasks_of(user: User) -> QuerySet[Task]:
    scope = scope_of(user)
    services = [place.service_id for place in scope.places if place.service_id]
    theirs = (
        Q(owner=user)
        | Q(owner__isnull=True, service__in=services)
        | Q(owner__isnull=True, service__isnull=True)
    )
    visible = YoungPerson.objects.visible_to(user).values("pk")
    return Task.objects.filter(theirs, done_at__isnull=True, person__in=visible)
