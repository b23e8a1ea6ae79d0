"""What is to be done, for whom and by when: the list of tasks, and how many of each kind."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.statements.once import built_once_whatever_the_rules
from neet.statements.parts import Fixed
from neet.ui.listing import Listing
from tracking.register.columns import asker
from tracking.register.models import Task, YoungPerson
from tracking.register.queries.parts import TaskLine, task_line
from tracking.register.queries.together import counted_together

# Kinds in the order of the first page, and what a pile of each is called.
KINDS: Mapping[str, str] = {
    "emergency_access": "Emergency openings to look into",
    "lapsed": "Find out what they are doing now",
    "lapsing": "Ask whether what is recorded still goes on",
    "check_started": "Check that they started as planned",
    "left": "Left a school or college: find out what they do now",
    "not_returned": "Not on the return of their school or college",
    "return_differs": "A return says something else than the register",
    "ask_at_16": "Objections to ask about, now they are 16",
    "cohort_answered": "A service says somebody is not theirs or moved away",
    "decided": "Decided at a meeting",
    "call_back": "Asked us to call",
    "survey_help": "Asked for help in a survey",
    "wrong_number": "Our message reached somebody else",
    "article": "Articles to send to schools",
    "no_reply": "A letter nobody answered",
    "no_address": "Find out where they live",
    "move_late": "Moves between councils that have waited too long",
    "plan": "From the plan of the year",
    "by_hand": "Asked by a colleague",
}
OTHER = "by_hand"
SORTS: Mapping[str, tuple[str, ...]] = {
    "due": ("due_on", "pk"),
    "name": ("person__family_name", "person__given_name", "pk"),
    "opened": ("opened_at", "pk"),
}
SOON = timedelta(days=7)
# What a plan asks months ahead stands on its own board until then.
AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Work:
    """One open task and whom it is about; of one about nobody only where it is looked at."""

    task: TaskLine
    person: str = ""
    person_ref: UUID | None = None
    person_pk: int = 0
    url: str = ""


@dataclass(frozen=True)
class Pile:
    """How many tasks of one kind are open, and how many of them are late."""

    kind: str
    words: str
    number: int
    late: int


@dataclass(frozen=True)
class WantedTasks:
    """What the list is narrowed to: whose, of which kind, due by when."""

    whose: str = ""
    kind: str = ""
    due: str = ""


def works_on_tasks(user: User, on: date) -> bool:
    """Whether tasks are this user's business at all."""
    return asker(user, on).reads("task.words") and scope_of(user).can(Permission.TASK_WORK)


def open_tasks(user: User, on: date) -> QuerySet[Task]:
    """What is still to do, one's own, one's service's, or nobody's: about visible young people, and within four weeks
    also of the council's own work."""
    visible = YoungPerson.objects.visible_to(user).filter(pk=OuterRef("person"))
    about_people = Exists(visible) & (mine(user) | of_my_service(user) | NOBODYS)
    here = Task.objects.filter(authority__in=scope_of(user).authority_ids, done_at=None)
    return here.filter(about_people | about_nobody(user, on))


NOBODYS = Q(owner=None, service=None)


def about_nobody(user: User, on: date) -> Q:
    """Tasks of the council itself: one's own, those of services one works on cases for, and those that nobody has, for
    whoever may change the plan or is named for their kind (settings.TASKS_FOR)."""
    scope = scope_of(user)
    services = [place.service_id for place in scope.where(Permission.CASE_WORK) if place.service_id]
    whose = mine(user) | Q(owner=None, service__in=services)
    if scope.can(Permission.PLAN_CHANGE):
        whose |= NOBODYS & ~Q(kind__in=list(settings.TASKS_FOR))
    theirs = [kind for kind, named in settings.TASKS_FOR.items() if scope.can(Permission(named))]
    whose |= NOBODYS & Q(kind__in=theirs)
    here = Q(person=None, kind__in=list(settings.TASK_PAGES), authority__in=scope.authority_ids)
    return here & whose & Q(due_on__lte=on + AHEAD)


def mine(user: User) -> Q:
    return Q(owner=user)


def of_my_service(user: User) -> Q:
    services = [place.service_id for place in scope_of(user).places if place.service_id]
    return Q(owner=None, service__in=services)


def tasks_wanted(user: User, wanted: WantedTasks, on: date) -> QuerySet[Task]:
    """The open tasks narrowed to what is wanted, unordered."""
    whose = {"mine": mine(user), "service": of_my_service(user), "nobody": NOBODYS}.get(wanted.whose, Q())
    due = {"late": Q(due_on__lt=on), "soon": Q(due_on__lte=on + SOON)}.get(wanted.due, Q())
    return open_tasks(user, on).filter(whose & due & of_kind(wanted.kind))


def of_kind(kind: str) -> Q:
    """Tasks of a kind; those of a kind nobody named stand among what colleagues asked."""
    if kind == OTHER:
        return ~Q(kind__in=[each for each in KINDS if each != OTHER])
    return Q(kind=kind) if kind in KINDS else Q()


def tasks_page(
    user: User, wanted: WantedTasks, listing: Listing, on: date
) -> tuple[Listing, tuple[Work, ...]]:
    """One page of the list and its total: two statements."""
    listing = listing.counted(counted_together(tasks=_wanted(user, wanted, on))["tasks"])
    part = (Fixed(listing.start), Fixed(listing.stop))
    return listing, _lines(_page(user, wanted, listing.sorts[listing.sort], listing.descending, part, on), on)


@built_once_whatever_the_rules
def _wanted(user: User, wanted: WantedTasks, on: date) -> QuerySet[Task, Any]:
    return tasks_wanted(user, wanted, on).values("pk")


@built_once_whatever_the_rules
def _page(
    user: User,
    wanted: WantedTasks,
    by: tuple[str, ...],
    descending: bool,
    part: tuple[Fixed, Fixed],
    on: date,
) -> QuerySet[Task]:
    first, *rest = (F(name) for name in by)
    turned = first.desc(nulls_last=True) if descending else first.asc(nulls_last=True)
    return _with_names(tasks_wanted(user, wanted, on).order_by(turned, *rest)[part[0] : part[1]])


def piles(user: User, on: date) -> tuple[Pile, ...]:
    """How many tasks of each kind are open, in one statement."""
    rows = _piled(user, on)
    numbers, lates = Counter[str](), Counter[str]()
    for row in rows:
        kind = row["kind"] if row["kind"] in KINDS else OTHER
        numbers[kind] += row["number"]
        lates[kind] += row["late"]
    return tuple(
        Pile(kind, words, numbers[kind], lates[kind]) for kind, words in KINDS.items() if numbers[kind]
    )


@built_once_whatever_the_rules
def _piled(user: User, on: date) -> QuerySet[Task, Any]:
    late = Count("pk", filter=Q(due_on__lt=on))
    return open_tasks(user, on).order_by().values("kind").annotate(number=Count("pk"), late=late)


def nearest(user: User, on: date, most: int) -> tuple[Work, ...]:
    """The tasks whose day is nearest to today, before or after it: what is new stands before an old backlog."""
    return _lines(_nearest(user, on, Fixed(most)), on)


@built_once_whatever_the_rules
def _nearest(user: User, on: date, most: Fixed) -> QuerySet[Task]:
    away = Func(F("due_on"), Value(on), function="abs", arg_joiner=" - ", output_field=IntegerField())
    return _with_names(open_tasks(user, on).order_by(away.asc(nulls_last=True), "due_on", "pk")[:most])


def _with_names(tasks: QuerySet[Task]) -> QuerySet[Task]:
    return tasks.select_related("person", "owner", "service")


def _lines(tasks: QuerySet[Task], on: date) -> tuple[Work, ...]:
    return tuple(_work(each, on) for each in tasks)


def _work(task: Task, on: date) -> Work:
    line, person = task_line(task, on), task.person
    if person is None:
        return Work(line, url=reverse(settings.TASK_PAGES[task.kind], args=[task.pk]))
    return Work(line, person.full_name, person.ref, person.pk)
