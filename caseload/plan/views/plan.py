"""The year on one board with its list, as a file and on paper; one item; setting a year up."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from caseload.plan.actions import add_item, again, change, set_up_year, settle
from caseload.plan.forms import ChangeItemForm, ItemForm, PlanFilter, SettleForm
from caseload.plan.queries.board import (
    THE_COUNCIL,
    Board,
    Line,
    board,
    lines,
    may_change,
    may_settle,
    narrowed,
    years_with_a_plan,
)
from caseload.plan.queries.items import KIND, tasks_of
from caseload.plan.queries.year import following
from caseload.plan.views.frame import council_of, of_a_council, sent_home, year_tabs
from caseload.views import tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.models import Task
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rules.academic_year import academic_year, year_words

P = Permission
HEADINGS = ("Item", "Service", "Due on", "Post", "Who answers", "How it stands", "Done by", "In one line")
FIRST_YEAR, LAST_YEAR = 2015, 2100
SORTS = {"due": ("due_on", "pk")}


class Asked:
    """The year asked for and its items, narrowed to what is wanted."""

    def __init__(self, request: HttpRequest) -> None:
        self.today = clock.today()
        self.authority = council_of(request)
        self.years = years_with_a_plan(self.authority, self.today)
        running = academic_year(self.today)
        known = self.years or [running]
        self.form = PlanFilter(request.GET, authority=self.authority, years=known)
        asked = request.GET.get("year", "")
        first = running if running in known else known[0]
        self.year = int(asked) if asked in {str(each) for each in known} else first
        self.board: Board = board(self.authority, self.year, self.today, reverse("year_plan"))
        self.form.of_year(tuple(self.board.terms), tuple(self.board.months))
        self.listing = listing_of(request.GET, sorts=SORTS, first="due", filters=self.form.fields)
        self.lines = narrowed(self.board, self.form.wanted(), request.user)


@needs(P.REFERENCE_READ)
@of_a_council
def year_plan(request: HttpRequest) -> HttpResponseBase:
    """Services by months with how far each is; the items behind."""
    asked = Asked(request)
    shown = {
        "tabs": year_tabs(request, "year_plan"),
        "board": asked.board,
        "year_words": year_words(asked.year),
        "next_year": next_to_set_up(asked),
        "form": asked.form,
        "listing": asked.listing.counted(len(asked.lines)),
        "chosen": [each for each in chosen(asked.form, asked.listing) if each.about != "Year"],
        "lines": asked.lines,
        "total_words": many(len(asked.lines), "item,items").capitalize(),
        "may_change": may_change(request.user, asked.authority.pk),
        "query": asked.listing.link(),
    }
    return render(request, "caseload/plan/plan.html", shown)


def next_to_set_up(asked: Asked) -> dict[str, Any] | None:
    """The running year where it has no plan, else the one after it."""
    running = academic_year(asked.today)
    year = next((each for each in (running, running + 1) if each not in asked.years), None)
    return None if year is None else {"year": year, "words": year_words(year)}


@needs(P.REFERENCE_READ)
@of_a_council
def plan_file(request: HttpRequest) -> HttpResponseBase:
    """The list as it is narrowed, as a file."""
    asked = Asked(request)
    name = f"plan-{year_words(asked.year)}.csv"
    return download_of(csv_chunks(HEADINGS, as_rows(asked.lines)), name=name, kind=StoredFile.Kind.CSV)


def as_rows(found: tuple[Line, ...]) -> Iterator[tuple[object, ...]]:
    for each in found:
        yield (
            each.words, each.service, each.due_on, each.post, each.who, each.standing[0], each.done_by, each.outcome,
        )  # fmt: skip


@needs(P.REFERENCE_READ)
@of_a_council
def plan_paper(request: HttpRequest) -> HttpResponseBase:
    """The same on paper."""
    asked = Asked(request)
    shown = {
        "council": asked.authority,
        "year_words": year_words(asked.year),
        "lines": asked.lines,
        "today": asked.today,
        "chosen": chosen(asked.form, asked.listing),
    }
    name = f"plan-{year_words(asked.year)}.pdf"
    return download_of([pdf_of("caseload/plan/paper.html", shown)], name=name, kind=StoredFile.Kind.PDF)


@needs(P.REFERENCE_READ)
def item(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One item: done, not needed this year, or open again."""
    task = _task(request, pk)
    if request.authority_id is None:
        return sent_home(request)
    form = SettleForm(answers(request))
    if request.method == "POST" and form.is_valid() and _settled(request, task, form):
        return redirect("plan_task", pk=pk)
    found = lines(task.authority, Task.objects.filter(pk=pk), clock.today())[0]
    shown = {
        "line": found,
        "form": form,
        "may_settle": may_settle(request.user, task),
        "may_change": may_change(request.user, task.authority_id),
    }
    return render(request, "caseload/plan/item.html", shown)


def _settled(request: HttpRequest, task: Task, form: SettleForm) -> bool:
    words, act = form.cleaned_data["words"], request.POST.get("act", "done")
    try:
        if act == "again":
            again(task=task, by=request.user)
            messages.success(request, "Open again.")
        else:
            needed = act != "not_needed"
            settle(task=task, words=words, by=request.user, needed=needed)
            messages.success(request, "Done." if needed else "Noted: not needed this year.")
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        messages.error(request, "Only whoever answers for it, or may change the plan, says that it is done.")
    return True


@needs(P.PLAN_CHANGE)
def change_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, or another day."""
    task = _task(request, pk)
    form = ChangeItemForm(answers(request), initial={"words": task.words, "due_on": task.due_on})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        if tried(
            form,
            lambda: change(task=task, words=asked["words"], due_on=asked["due_on"], by=request.user),
        ):
            messages.success(request, "Changed. Next year takes it over.")
            return redirect("plan_task", pk=pk)
    back = reverse("plan_task", args=[pk])
    shown = {"form": form, "title": "Change an item of the plan", "button": "Save", "back_url": back}
    return render(request, "one_form.html", shown)


@needs(P.PLAN_CHANGE)
def new_item(request: HttpRequest, year: int) -> HttpResponse:
    """Something the table does not know, for this year and those after it."""
    authority = council_of(request)
    _refuse_far_away(year)
    form = ItemForm(answers(request), authority=authority)
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if tried(form, lambda: add_item(authority=authority, year=year, told=told, by=request.user)):
            messages.success(request, f"“{told.words}” is in the plan.")
            return redirect(f"{reverse('year_plan')}?year={year}")
    shown = {
        "form": form,
        "title": "Add an item",
        "caption": f"Plan of {year_words(year)}",
        "button": "Add it",
        "back_url": f"{reverse('year_plan')}?year={year}",
    }
    return render(request, "one_form.html", shown)


@needs(P.PLAN_CHANGE)
def set_up(request: HttpRequest, year: int) -> HttpResponse:
    """What a year would hold, then one click: from last year's plan, or the usual one where there is none."""
    authority = council_of(request)
    _refuse_far_away(year)
    today = clock.today()
    if not may_change(request.user, authority.pk):
        raise Http404
    if request.method == "POST":
        made = set_up_year(authority=authority, year=year, on=today, by=request.user)
        words = many(made, "item,items")
        if made:
            messages.success(request, f"The plan of {year_words(year)} has {words} more.")
        else:
            messages.info(request, "Nothing was missing.")
        return redirect(f"{reverse('year_plan')}?year={year}")
    there = set(tasks_of(authority.pk, year).values_list("cause", flat=True))
    coming = [
        each
        for each in following(authority, year, today)
        if each.due_on >= today and each.cause(year) not in there
    ]
    numbers = Counter(each.service.name if each.service else THE_COUNCIL for each in coming)
    shown = {
        "year_words": year_words(year),
        "coming": coming,
        "numbers": sorted(numbers.items()),
        "from_last_year": tasks_of(authority.pk, year - 1).exists(),
        "last_year_words": year_words(year - 1),
        "there": len(there),
    }
    return render(request, "caseload/plan/set_up.html", shown)


def _refuse_far_away(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404


def _task(request: HttpRequest, pk: int) -> Task:
    """An item of this council's plan, or there is nothing here."""
    held = Task.objects.filter(kind=KIND, person=None).select_related("authority", "service")
    mine = held.filter(authority=request.authority_id) if request.authority_id else held
    return get_object_or_404(mine, pk=pk)
