"""Things to do, and who answers for a young person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from tracking.register.actions.responsibilities import assign_responsibility, end_responsibility
from tracking.register.actions.tasks import close_task, open_task
from tracking.register.forms.facts import EndForm
from tracking.register.forms.work import ChargeForm, CloseTaskForm, TaskForm
from tracking.register.queries.changing import colleagues
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.views.editing import Page, answers, asked_and_done


@needs(Permission.TASK_WORK)
def add(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Something is to be done."""
    person = visible_person(request.user, ref)
    form = TaskForm(answers(request), authority_id=person.authority_id)

    def act() -> str:
        open_task(person=person, to_do=form.to_do(request.user), by=request.user)
        return "Task added."

    return asked_and_done(request, person, form, act, Page("Add a task", then="person_tasks"))


@needs(Permission.TASK_WORK)
def close(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """It is done."""
    person = visible_person(request.user, ref)
    task = person.tasks.filter(pk=pk, done_at__isnull=True).first()
    if task is None:
        raise NotVisible
    form = CloseTaskForm(answers(request))

    def act() -> str:
        close_task(task=task, outcome=form.cleaned_data["outcome"], by=request.user)
        return "Task done."

    page = Page(f"Done: {task.words}", "Mark as done", then="person_tasks")
    return asked_and_done(request, person, form, act, page)


@needs(Permission.ALLOCATE)
def assign(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A service or worker answers for them."""
    person = visible_person(request.user, ref)
    today = clock.today()
    first = {"starts_on": today, "kind": "lead"}
    people = colleagues(person.authority_id, today)
    form = ChargeForm(
        answers(request), initial=first, authority_id=person.authority_id, colleagues=people
    )

    def act() -> str:
        assign_responsibility(person=person, charge=form.charge(), by=request.user)
        return "Saved. Whoever led before stops leading the day before."

    return asked_and_done(request, person, form, act, Page("Change who is responsible"))


@needs(Permission.ALLOCATE)
def end(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """They no longer answer for the young person."""
    person = visible_person(request.user, ref)
    held = person.responsibilities.filter(pk=pk, ends_on__isnull=True).select_related("person").first()
    if held is None:
        raise NotVisible
    form = EndForm(answers(request), initial={"ends_on": clock.today()})

    def act() -> str:
        end_responsibility(responsibility=held, on=form.cleaned_data["ends_on"], by=request.user)
        return "Ended."

    return asked_and_done(
        request, person, form, act, Page(f"No longer responsible: {held.user or held.service}")
    )
