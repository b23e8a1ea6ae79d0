"""Bring your register: choose a file, see what it would do, take it in, take it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.queries import demonstration_is_open
from neet.accounts.roles import Permission
from neet.files.actions import CannotStore, store
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.fields import Option
from neet.ui.forms import PlainForm
from neet.ui.listing import listing_of
from returns.bring.actions import NotNow, bring, discard, undo_load
from returns.bring.layouts import LAYOUTS
from returns.bring.models import Load
from returns.bring.queries import Figures, figures_of, words_of_counts

NOT_IN_A_DEMONSTRATION = (
    "This is a demonstration with invented people. A real register cannot be brought here."
)
SORTS = {"row": ("-whole_row", "row", "pk")}


class BringForm(PlainForm):
    """What is brought, and the file."""

    kind = forms.ChoiceField(
        label="What does the file hold?",
        widget=forms.RadioSelect,
        choices=[
            (
                "return",
                Option("A DfE return", hint="The XML file your system made for the DfE. Bring this first."),
            ),
            ("contacts", Option("Telephone numbers and e-mail addresses", hint="CSV, XLSX, XLS or ODS")),
            ("activities", Option("Earlier activities", hint="CSV, XLSX, XLS or ODS: one row an activity")),
            ("caseload", Option("Who works with whom", hint="CSV, XLSX, XLS or ODS: services and workers")),
        ],
        error_messages={"required": "Select what the file holds"},
    )
    file = forms.FileField(
        label="The file",
        error_messages={"required": "Select a file", "empty": "The selected file is empty"},
    )


class UndoForm(PlainForm):
    """Why a load is taken back."""

    why = forms.CharField(
        label="Why is it taken back?",
        max_length=200,
        error_messages={"required": "Enter why it is taken back"},
    )


class FiguresForm(PlainForm):
    """What the council published for the month, to compare with."""

    cohort = forms.IntegerField(label="Young people aged 16 and 17", min_value=0, required=False)
    neet = forms.IntegerField(label="NEET", min_value=0, required=False)
    not_known = forms.IntegerField(label="Not known", min_value=0, required=False)


@needs(Permission.REGISTER_LOAD)
def bring_register(request: HttpRequest) -> HttpResponse:
    """What was brought so far, and the form for the next file."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        if demonstration_is_open():
            form.add_error(None, NOT_IN_A_DEMONSTRATION)
        else:
            return _brought(request, form)
    shown = {
        "form": form,
        "loads": _loads(request).exclude(state=Load.State.DISCARDED),
        "layouts": [(Load.Kind(kind).label, columns) for kind, columns in LAYOUTS.items()],
        "demonstration": NOT_IN_A_DEMONSTRATION if demonstration_is_open() else "",
    }
    return render(request, "returns/bring/bring.html", shown)


@needs(Permission.REGISTER_LOAD)
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what it would do or did, what was not taken, and how the figures compare."""
    found = get_object_or_404(_loads(request), pk=pk)
    listing = listing_of(request.GET, sorts=SORTS, first="row", filters=FiguresForm.base_fields)
    listing = listing.counted(found.not_taken.count())
    shown = {
        "load": found,
        "counts": words_of_counts(found.counts),
        "work": _work(found),
        "listing": listing,
        "not_taken": found.not_taken.all()[listing.start : listing.stop],
        "undo_form": UndoForm(),
        **_compared(request, found),
    }
    return render(request, "returns/bring/load.html", shown)


@require_POST
@needs(Permission.REGISTER_LOAD)
def load_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file in."""
    found = get_object_or_404(_loads(request), pk=pk)
    if found.state == Load.State.TRIED and not _open_work(found).exists():
        _start(request, "bring.register_taken_in", found)
    return redirect("load", pk=pk)


@require_POST
@needs(Permission.REGISTER_LOAD)
def load_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the load back."""
    found = get_object_or_404(_loads(request), pk=pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        messages.warning(request, "Not taken back: enter why.")
        return redirect("load", pk=pk)
    try:
        done = undo_load(load=found, by=request.user, why=form.cleaned_data["why"])
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("load", pk=pk)
    left = sum(each.left for each in done)
    stays = f" {left} things stay, because somebody changed them since." if left else ""
    messages.success(request, f"Taken back.{stays}")
    return redirect("load", pk=pk)


@require_POST
@needs(Permission.REGISTER_LOAD)
def load_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the file aside."""
    found = get_object_or_404(_loads(request), pk=pk)
    try:
        discard(load=found, by=request.user)
        messages.success(request, "The file was set aside. Nothing was taken from it.")
    except NotNow as problem:
        messages.warning(request, str(problem))
    return redirect("bring_register")


def _brought(request: HttpRequest, form: BringForm) -> HttpResponse:
    sent = form.cleaned_data["file"]
    try:
        kept = store(
            source=sent, name=sent.name, purpose="bring", by=request.user, authority_id=request.authority_id
        )
    except CannotStore as problem:
        messages.warning(request, str(problem))
        return redirect("bring_register")
    made = bring(kind=form.cleaned_data["kind"], file=kept, authority=request.authority, by=request.user)
    _start(request, "bring.file_tried_out", made)
    return redirect("load", pk=made.pk)


def _start(request: HttpRequest, kind: str, found: Load) -> None:
    ring(
        submit(
            kind=kind,
            by=request.user,
            authority_id=found.authority_id,
            payload={"load": found.pk},
            queue=Job.Queue.LARGE,
        )
    )


def _loads(request: HttpRequest) -> QuerySet[Load]:
    mine = Load.objects.filter(authority__in=request.scope.authority_ids)
    return mine.select_related("brought_by", "file")


def _open_work(found: Load) -> QuerySet[Job]:
    return Job.objects.filter(kind__startswith="bring.", payload__load=found.pk, state__in=Job.OPEN)


def _work(found: Load) -> object | None:
    newest = Job.objects.filter(kind__startswith="bring.", payload__load=found.pk).order_by("-pk").first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    return progress_of(newest, title="Reading the file", next_url=reverse("load", args=[found.pk]))


def _compared(request: HttpRequest, found: Load) -> dict[str, Any]:
    """The register's figures of the month beside the published ones, once a return was taken in."""
    if found.state != Load.State.TAKEN or not found.period_end:
        return {}
    form = FiguresForm(request.GET or None)
    stated = form.cleaned_data if form.is_bound and form.is_valid() else {}
    counted: Figures = figures_of(found.authority_id, found.period_end)
    return {"figures_form": form, "figures": counted.beside(stated), "today": clock.today()}
