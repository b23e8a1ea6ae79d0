"""One young person: the same bar on top of every page, one page for each kind of thing known."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.module_loading import import_string

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import PlainForm
from neet.ui.parts import Link
from tracking.register.actions.access import open_with_reason
from tracking.register.kinds import Kind
from tracking.register.models import YoungPerson
from tracking.register.queries.panels import panels_with_rows
from tracking.register.queries.people import (
    NotVisible,
    asks_for_reason,
    former_case,
    kept_instead,
    visible_person,
)
from tracking.register.queries.person import PersonPage
from tracking.register.queries.timeline import timeline
from tracking.register.views.frame import acts, layout

TABS = (
    ("person", "Overview", "youngperson.given_name"),
    ("person_activities", "Activities", "activity.code"),
    ("person_contact", "Contact", "residence.line_1"),
    ("person_notes", "Notes", "note.text"),
    ("person_tasks", "Tasks", "task.words"),
    ("person_history", "History", "activity.code"),
)


class ReasonForm(PlainForm):
    """Why somebody without a caseload opens a record."""

    why = forms.CharField(
        max_length=240,
        label="Why do you open this record?",
        help_text="It is written down with your name. The record stays open to you until the end of today.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why you open this record"},
    )


@needs(Permission.PERSON_READ)
def person(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The overview. Who must state a reason is asked for it first; a former case shows whom to ask now."""
    try:
        found = visible_person(request.user, ref)
    except NotVisible:
        return _not_visible(request, ref)
    if request.method == "POST":  # the reason was given in another window already
        return redirect("person", ref=ref)
    page = read_page(request, found)
    shown = {
        "now": page.now(),
        "addresses": page.addresses()[:1],
        "ways": [each for each in page.ways_to_reach() if not each.ended_on],
        "circumstances": page.circumstances(),
        "details": page.details(),
        "guarantees": page.guarantees(),
        "responsible": page.responsible(),
        "tasks": page.tasks(still_open=True),
        "panels": panels(request, found),
    }
    return show(request, page, "person", **shown)


@needs(Permission.PERSON_READ)
def person_activities(request: HttpRequest, ref: UUID) -> HttpResponse:
    page = read_page(request, visible_person(request.user, ref))
    return show(request, page, "person_activities", activities=page.activities())


@needs(Permission.PERSON_READ)
def person_contact(request: HttpRequest, ref: UUID) -> HttpResponse:
    page = read_page(request, visible_person(request.user, ref))
    known = {"addresses": page.addresses(), "ways": page.ways_to_reach(), "objections": page.objections()}
    return show(request, page, "person_contact", **known)


@needs(Permission.PERSON_READ)
def person_notes(request: HttpRequest, ref: UUID) -> HttpResponse:
    page = read_page(request, visible_person(request.user, ref), "note.text")
    return show(request, page, "person_notes", notes=page.notes())


@needs(Permission.PERSON_READ)
def person_tasks(request: HttpRequest, ref: UUID) -> HttpResponse:
    page = read_page(request, visible_person(request.user, ref), "task.words")
    tasks = page.tasks()
    still_open, done = [each for each in tasks if not each.done_at], [each for each in tasks if each.done_at]
    return show(request, page, "person_tasks", open=still_open, done=done)


@needs(Permission.PERSON_READ)
def person_history(request: HttpRequest, ref: UUID) -> HttpResponse:
    page = read_page(request, visible_person(request.user, ref))
    return show(request, page, "person_history", events=timeline(page))


def show(request: HttpRequest, page: PersonPage, name: str, **parts: Any) -> HttpResponse:
    """One of the record's pages, named like its address."""
    return render(request, f"tracking/{name}.html", {**frame(request, page, name), **parts})


def read_page(request: HttpRequest, found: YoungPerson, *fields: str) -> PersonPage:
    """The page, its reading written down. Raises NotVisible where the asker reads none of the fields it is about."""
    page = PersonPage(found, request.user, clock.today())
    if not page.reads(*fields):
        raise NotVisible
    if found.authority_id == request.authority_id:
        request.authority = found.authority  # read with the record: the head of the page need not ask again
    note_read(Kind.PERSON_READ, by=request.user, authority_id=found.authority_id, subjects=[found.pk])
    return page


def frame(request: HttpRequest, page: PersonPage, here: str) -> dict[str, Any]:
    """What stands around every page of a record: who it is, the way to its other pages, what may be done."""
    ref = page.person.ref
    open_to_them = ((name, words) for name, words, field in TABS if page.reads(field))
    tabs = [Link(words, reverse(name, args=[ref]), current=name == here) for name, words in open_to_them]
    return {
        "layout": layout(request),
        "person": page.person,
        "identity": page.identity(),
        "notices": page.notices(),
        "tabs": tabs,
        "page": page,
        "acts": acts(request, ref),
    }


def panels(request: HttpRequest, found: YoungPerson) -> list[Any]:
    """What higher floors know of this young person: `f(person_id, user, on)`, two statements at most each; of those
    that say nothing without rows of their own only where there are some."""
    asked = panels_with_rows(found.pk, settings.PERSON_PANELS, settings.PANEL_ROWS)
    made = (import_string(path)(found.pk, request.user, clock.today()) for path in asked)
    return [each for each in made if each is not None]


def _not_visible(request: HttpRequest, ref: UUID) -> HttpResponse:
    if kept := kept_instead(request.user, ref):
        return redirect("person", ref=kept)
    if stated := asks_for_reason(request.user, ref):
        return _ask_reason(request, stated)
    once = former_case(request.user, ref)
    if once is None:
        raise NotVisible
    return render(request, "tracking/person_former.html", {"layout": layout(request), "once": once})


def _ask_reason(request: HttpRequest, asked_for: YoungPerson) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        open_with_reason(person=asked_for, why=form.cleaned_data["why"], by=request.user)
        return redirect("person", ref=asked_for.ref)
    note_read(Kind.LIST_READ, by=request.user, authority_id=asked_for.authority_id, subjects=[asked_for.pk])
    name = "A restricted record" if asked_for.restricted_on else asked_for.full_name
    shown = {"layout": layout(request), "form": form, "name": name}
    return render(request, "tracking/person_reason.html", shown)
