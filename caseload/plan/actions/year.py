"""Setting up a council's year: from the table, or from the year before, in one act."""

from collections.abc import Iterable
from datetime import date

from caseload.plan.actions.reach import LOCK, allowed
from caseload.plan.kinds import Kind
from caseload.plan.queries.items import KIND, Answerable, Planned, item_of, posts_by_item, tasks_of
from caseload.plan.queries.year import following
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import repeated
from tracking.register.models import Task


def set_up_year(*, authority: Authority, year: int, on: date, by: User | None) -> int:
    """Make the plan of an academic year into tasks, each once however often it is set up; how many were made.

    What the year before had is taken over: items added by hand come back a year later, days moved by hand stay moved,
    what was not needed is left out. Days before `on` are left out where the year already runs. `by` None: the system.
    Raises NotPermitted.
    """
    allowed(by, authority.pk)
    with recorded(Kind.YEAR_SET_UP, by=by, authority_id=authority.pk) as event:
        one_at_a_time(LOCK, authority.pk)
        wanted = [each for each in following(authority, year, on) if each.due_on >= on]
        made = ensure(authority, year, wanted, on)
        event.counts = {"year": year, "items": made}
        if not made:
            repeated(event)
        return made


def ensure(authority: Authority, year: int, wanted: Iterable[Planned], on: date) -> int:
    """Open the tasks that are not there yet, each with whoever answers for it."""
    there = set(tasks_of(authority.pk, year).values_list("cause", flat=True))
    answerable = Answerable(authority.pk, on)
    made = {
        each.cause(year): Task(
            authority=authority,
            kind=KIND,
            words=each.words,
            cause=each.cause(year),
            service=each.service,
            owner=answerable.user(each.service.pk if each.service else None, each.post),
            due_on=each.due_on,
        )
        for each in wanted
        if each.cause(year) not in there
    }
    Task.objects.bulk_create(made.values())
    return len(made)


def answered_for(authority: Authority, tasks: Iterable[Task], on: date) -> list[Task]:
    """The open tasks whose owner is another today: the post changed hands, or its holder is away. They are changed,
    not saved."""
    posts, answerable = posts_by_item(authority, on), Answerable(authority.pk, on)
    found = []
    for task in tasks:
        owner = answerable.user(task.service_id, posts.get(item_of(task.cause), ""))
        if task.owner_id != (owner.pk if owner else None):
            task.owner = owner
            found.append(task)
    return found
