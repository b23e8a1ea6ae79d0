"""Working through the year: an item is done, not needed, moved, added."""

from datetime import date

from caseload.plan.actions.reach import LOCK, allowed
from caseload.plan.kinds import Kind
from caseload.plan.queries.board import may_settle
from caseload.plan.queries.items import KIND, OWN, Answerable, Planned, next_own, tasks_of
from caseload.plan.rules import NOT_NEEDED
from caseload.plan.statements import ItemTold
from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import recorded
from neet.turns import one_at_a_time
from schools.models import Authority
from tracking.register.actions.reach import repeated
from tracking.register.models import Task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import academic_year


def settle(*, task: Task, words: str, by: User, needed: bool = True) -> Task:
    """It is done, or this year not needed, which asks for a reason. Settled twice it is settled once.

    Whoever answers for it, works for its service or may change the plan may say so. Raises NotRight, NotPermitted.
    """
    if not may_settle(by, task):
        raise NotPermitted(Permission.PLAN_CHANGE)
    if not needed and not words.strip():
        raise NotRight({"words": "Enter why it is not needed this year"})
    outcome = words.strip() if needed else f"{NOT_NEEDED}: {words.strip()}"
    counts = {"task": task.pk}
    with recorded(Kind.ITEM_SETTLED, by=by, authority_id=task.authority_id, counts=counts) as event:
        now = held(task)
        if now.done_at:
            repeated(event)
            return now
        now.done_at, now.done_by, now.outcome = clock.now(), by, outcome[:240]
        now.save(update_fields=["done_at", "done_by", "outcome"])
        return now


def again(*, task: Task, by: User) -> Task:
    """It is not done after all, or needed after all. Raises NotPermitted."""
    if not may_settle(by, task):
        raise NotPermitted(Permission.PLAN_CHANGE)
    counts = {"task": task.pk}
    with recorded(Kind.ITEM_REOPENED, by=by, authority_id=task.authority_id, counts=counts) as event:
        now = held(task)
        if now.done_at is None:
            repeated(event)
            return now
        now.done_at, now.done_by, now.outcome = None, None, ""
        now.save(update_fields=["done_at", "done_by", "outcome"])
        return now


def change(*, task: Task, words: str, due_on: date, by: User) -> Task:
    """Other words, or another day of the same year: next year takes both over. Raises NotRight, NotPermitted."""
    allowed(by, task.authority_id)
    refuse(words, due_on, int(task.cause.split(":")[1]))
    counts = {"task": task.pk}
    with recorded(Kind.ITEM_CHANGED, by=by, authority_id=task.authority_id, counts=counts):
        now = held(task)
        now.words, now.due_on = words.strip(), due_on
        now.save(update_fields=["words", "due_on"])
        return now


def add_item(*, authority: Authority, year: int, told: ItemTold, by: User) -> Task:
    """Something the table does not know, for this year and those that follow it. Raises NotRight, NotPermitted."""
    allowed(by, authority.pk)
    if told.service and told.service.authority_id != authority.pk:
        raise NotRight({"service": "Select a service of this council"})
    refuse(told.words, told.due_on, year)
    with recorded(Kind.ITEM_ADDED, by=by, authority_id=authority.pk) as event:
        one_at_a_time(LOCK, authority.pk)
        there = tasks_of(authority.pk, year)
        same = there.filter(words=told.words.strip(), service=told.service, due_on=told.due_on).first()
        if same:
            repeated(event)
            return same
        number = next_own(there.values_list("cause", flat=True))
        wanted = Planned(f"{OWN}{number}", told.words.strip(), told.service, "", told.due_on)
        task = made(authority, year, wanted)
        event.counts = {"task": task.pk}
        return task


def made(authority: Authority, year: int, wanted: Planned) -> Task:
    answerable = Answerable(authority.pk, clock.today())
    return Task.objects.create(
        authority=authority,
        kind=KIND,
        words=wanted.words,
        cause=wanted.cause(year),
        service=wanted.service,
        owner=answerable.user(wanted.service.pk if wanted.service else None, ""),
        due_on=wanted.due_on,
    )


def refuse(words: str, due_on: date, year: int) -> None:
    if not words.strip():
        raise NotRight({"words": "Enter what is to be done"})
    if academic_year(due_on) != year:
        raise NotRight({"due_on": f"The day must lie between 1 September {year} and 31 August {year + 1}"})


def held(task: Task) -> Task:
    """The item as it is now, held until the end."""
    return Task.objects.select_for_update(of=("self",)).select_related("service").get(pk=task.pk)
