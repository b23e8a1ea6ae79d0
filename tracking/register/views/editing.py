"""The way every page that changes a record goes: ask, act, say what was done, go back to the record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from tracking.register.forms.editing import RecordForm
from tracking.register.models import Activity, YoungPerson
from tracking.register.queries.changing import activity_of
from tracking.register.queries.notices import notices
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import Conflict, NotPermitted, NotRight


@dataclass(frozen=True)
class Page:
    """What stands around the questions."""

    title: str
    button: str = "Save"
    intro: str = ""
    warning: str = ""
    template: str = "tracking/edit/form.html"
    then: str = "person"
    shown: Mapping[str, Any] = field(default_factory=dict)


Act = Callable[[], str]


def answers(request: HttpRequest) -> QueryDict | None:
    """What was sent in; nothing where the page is only opened."""
    return request.POST if request.method == "POST" else None


def visible_activity(request: HttpRequest, ref: UUID, pk: int) -> tuple[YoungPerson, Activity]:
    """The person and one of their activities; NotVisible for anything else."""
    person = visible_person(request.user, ref)
    held = activity_of(person, pk)
    if held is None:
        raise NotVisible
    return person, held


def asked_and_done(
    request: HttpRequest,
    person: YoungPerson,
    form: RecordForm,
    act: Act,
    page: Page,
    stands: Act | None = None,
) -> HttpResponse:
    """Ask the form's questions; once they are answered, act and go back to the record with the words `act` returns.

    A refusal goes back to its question. Where somebody changed the record meanwhile, both answers are shown, and
    `stands` gives the number or id of what stands now, so that the person may still prefer theirs.
    """
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, act())
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        except Conflict as conflict:
            return show_conflict(request, person, form, conflict, page, stands() if stands else "")
        else:
            return redirect(way_on(request, person, page))
    return render(request, page.template, around(person, form, page))


def way_on(request: HttpRequest, person: YoungPerson, page: Page) -> str:
    """Where to go once it is done: back to the work they came from, as the address says, else to the record."""
    back = came_from(request)
    leads_further = page.then == "record_activity"
    return reverse(back) if back and not leads_further else reverse(page.then, args=[person.ref])


def came_from(request: HttpRequest) -> str:
    """The name of the page somebody came here from (`?from=`), one of settings.WAYS_BACK; empty for any other word."""
    return settings.WAYS_BACK.get(request.GET.get("from", ""), "")


def around(person: YoungPerson, form: RecordForm, page: Page) -> dict[str, Any]:
    return {
        "person": person,
        "form": form,
        "page": page,
        "notices": notices(person.pk),
        "cancel": reverse(page.then, args=[person.ref]),
        **page.shown,
    }


def show_conflict(
    request: HttpRequest, person: YoungPerson, form: RecordForm, conflict: Conflict, page: Page, stands: str
) -> HttpResponse:
    """Both answers side by side, and a choice between them."""
    seen_as = next((name for name in ("version", "seen_id", "seen", "was") if name in form.fields), "")
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", seen_as}
    ]
    shown = {
        "compared": form.compared(conflict),
        "kept": [*kept, (seen_as, stands)] if seen_as else kept,
        "again": request.get_full_path(),
        **around(person, form, page),
    }
    return render(request, "tracking/edit/conflict.html", shown, status=409)
