"""Things to do, and who answers for a young person."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.actions.responsibilities import assign_responsibility, end_responsibility
from tracking.register.actions.tasks import close_task, open_task
from tracking.register.forms.facts import EndForm
from tracking.register.forms.filters import TaskFilter
from tracking.register.forms.work import ChargeForm, CloseTaskForm, TaskForm
from tracking.register.kinds import Kind
from tracking.register.queries.changing import colleagues
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.queries.tasks import SORTS, tasks_page
from tracking.register.views.editing import Page, answers, asked_and_done


@needs(Permission.TASK_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """What is to do: one's own tasks, one's service's, and nobody's."""
    today = clock.today()
    form = TaskFilter(request.GET)
    asked = listing_of(request.GET, sorts=SORTS, first="due", filters=form.fields)
    listing, tasks = tasks_page(request.user, form.wanted(), asked, today)
    subjects = sorted({work.person_pk for work in tasks if work.person_ref})
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
    shown = {
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "tasks": tasks,
        "total_words": many(listing.total, "open task,open tasks").capitalize(),
    }
    return render(request, "tracking/tasks.html", shown)


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
    form = ChargeForm(answers(request), initial=first, authority_id=person.authority_id, colleagues=people)

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
