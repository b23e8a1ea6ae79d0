"""Things for a person to do."""

from neet import clock
from neet.accounts.models import User
from neet.accounts.roles import Permission
from tracking.register.actions.reach import changing, repeated
from tracking.register.kinds import Kind
from tracking.register.models import Task, YoungPerson
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.statements import ToDo

BY_HAND = "by_hand"


def open_task(*, person: YoungPerson, to_do: ToDo, by: User) -> Task:
    """A task somebody sets by hand; the same words while it is open are the same task. Raises NotRight,
    NotPermitted.
    """
    if not to_do.words.strip():
        raise NotRight({"words": "Enter what is to be done"})
    if to_do.service and to_do.service.authority_id != person.authority_id:
        raise NotRight({"service": "Select a service of this council"})
    with changing(person, Kind.TASK_OPENED, permission=Permission.TASK_WORK, by=by) as (now, event):
        words = to_do.words.strip()
        task, is_new = Task.objects.get_or_create(
            person=now,
            kind=BY_HAND,
            cause=words[:80],
            done_at=None,
            defaults={
                "authority_id": now.authority_id,
                "words": words,
                "due_on": to_do.due_on,
                "owner": to_do.owner,
                "service": to_do.service,
            },
        )
        if not is_new:
            repeated(event)
        return task


def close_task(*, task: Task, outcome: str, by: User) -> Task:
    """It is done, and what came of it. Done twice is done once. Raises NotPermitted, also for a task about nobody."""
    if task.person is None:
        raise NotPermitted
    with changing(task.person, Kind.TASK_CLOSED, permission=Permission.TASK_WORK, by=by) as (now, event):
        held = now.tasks.select_for_update(of=("self",)).get(pk=task.pk)
        if held.done_at:
            repeated(event)
            return held
        held.done_at, held.done_by, held.outcome = clock.now(), by, outcome.strip()
        held.save(update_fields=["done_at", "done_by", "outcome"])
        return held
