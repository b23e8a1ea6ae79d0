"""Bring your register: choose a file, see what it would do, take it in, take it back."""

from dataclasses import replace
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet.accounts.access import needs
from neet.accounts.queries import demonstration_is_open
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.files.actions import CannotStore, remove, store
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.fields import Option
from neet.ui.forms import PlainForm
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from returns.bring.actions import STAYS, NotNow, ask_for, bring, discard
from returns.bring.kinds import Kind
from returns.bring.layouts import LAYOUTS
from returns.bring.models import Load
from returns.bring.queries import figures_of, words_of_counts, work_of

NOT_IN_A_DEMONSTRATION = (
    "This is a demonstration with invented people. A real register cannot be brought here."
)
WORK = {
    Kind.TRIED: "Trying the file out",
    Kind.TAKEN: "Taking the file in",
    Kind.UNDONE: "Taking the file back",
}
NOT_TAKEN_YET = (Load.State.WAITING, Load.State.TRIED)
NOT_DONE_YET = {Kind.TRIED: NOT_TAKEN_YET, Kind.TAKEN: NOT_TAKEN_YET, Kind.UNDONE: (Load.State.TAKEN,)}


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
        help_text=f"At most {settings.LARGEST_FILE >> 20} MB",
        error_messages={"required": "Select a file", "empty": "The selected file is empty"},
    )


class UndoForm(PlainForm):
    """Why a load is taken back."""

    why = forms.CharField(
        label="Why is it taken back?",
        max_length=200,
        error_messages={"required": "Enter why it is taken back"},
    )


def short() -> forms.NumberInput:
    """A box as wide as a county's cohort."""
    return forms.NumberInput(attrs={"class": "govuk-input--width-5"})


class FiguresForm(PlainForm):
    """What the council published for the month, to compare with."""

    cohort = forms.IntegerField(
        label="Young people aged 16 and 17", min_value=0, required=False, widget=short()
    )
    neet = forms.IntegerField(label="NEET", min_value=0, required=False, widget=short())
    not_known = forms.IntegerField(label="Not known", min_value=0, required=False, widget=short())


@needs(Permission.REGISTER_LOAD)
def bring_register(request: HttpRequest) -> HttpResponse:
    """What was brought so far, and the form for the next file."""
    form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if form.is_valid():
        made = _brought(request, form)
        if made is not None:
            return redirect("load", pk=made.pk)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest")
    loads = _loads(request).exclude(state=Load.State.DISCARDED)
    listing = listing.counted(loads.count())
    shown = {
        "form": form,
        "listing": listing,
        "loads": loads[listing.start : listing.stop],
        "layouts": [(Load.Kind(kind).label, columns) for kind, columns in LAYOUTS.items()],
        "why_not": NOT_IN_A_DEMONSTRATION if demonstration_is_open() else "",
    }
    return render(request, "returns/bring/bring.html", shown)


@needs(Permission.REGISTER_LOAD)
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: what it would do or did, what was not taken, and how the figures compare. While work goes on, the
    page asks here how far it is."""
    found = get_object_or_404(_loads(request), pk=pk)
    if request.htmx:
        work = _work(found)
        over = work is None or work.pace.is_over
        return HttpResponseClientRefresh() if over else _moving(request, work)
    return _load_page(request, found, UndoForm())


@require_POST
@needs(Permission.REGISTER_LOAD)
def load_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the file in."""
    found = get_object_or_404(_loads(request), pk=pk)
    _start(request, Kind.TAKEN, found)
    return redirect("load", pk=pk)


@require_POST
@needs(Permission.REGISTER_LOAD)
def load_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the load taken back."""
    found = get_object_or_404(_loads(request), pk=pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _load_page(request, found, form)
    _start(request, Kind.UNDONE, found, form.cleaned_data["why"])
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


def _load_page(request: HttpRequest, found: Load, undo_form: UndoForm) -> HttpResponse:
    listing = listing_of(request.GET, sorts={"row": ()}, first="row", filters=FiguresForm.base_fields)
    listing = listing.counted(found.not_taken.count())
    if listing.total:  # what was not taken quotes the file, and so young people
        note(Kind.READ, by=request.user, authority_id=found.authority_id, counts={"load": found.pk})
    work = _work(found)
    shown = {
        "load": found,
        "counts": words_of_counts(found.counts),
        "stays": found.counts.get(STAYS, 0),
        "work": work,
        "at_work": work is not None and not work.pace.is_over,
        "listing": listing,
        "not_taken": found.not_taken.all()[listing.start : listing.stop],
        "form": undo_form,
        **_compared(request, found),
    }
    return render(request, "returns/bring/load.html", shown)


def _brought(request: HttpRequest, form: BringForm) -> Load | None:
    """The load the file became; None with the reason said on the form."""
    if demonstration_is_open():
        form.add_error(None, NOT_IN_A_DEMONSTRATION)
        return None
    sent = form.cleaned_data["file"]
    try:
        kept = store(
            source=sent, name=sent.name, purpose="bring", by=request.user, authority_id=request.authority_id
        )
    except CannotStore as problem:
        form.add_error("file", str(problem))
        return None
    made = bring(kind=form.cleaned_data["kind"], file=kept, authority=request.authority, by=request.user)
    if made.file_id != kept.pk:
        remove(file=kept, by=request.user, why="the same file waits already")
    _start(request, Kind.TRIED, made)
    return made


def _start(request: HttpRequest, kind: Kind, found: Load, why: str = "") -> None:
    job = ask_for(kind=kind, load=found, by=request.user, why=why)
    if job is not None:
        ring(job)


def _loads(request: HttpRequest) -> QuerySet[Load]:
    mine = Load.objects.filter(authority__in=request.scope.authority_ids)
    return mine.select_related("brought_by", "file")


def _work(found: Load) -> Progress | None:
    """The progress to show: what goes on, or the last attempt where it failed and nothing was done since."""
    newest = work_of(found).first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    if not newest.is_open and found.state not in NOT_DONE_YET[Kind(newest.kind)]:
        return None
    here = reverse("load", args=[found.pk])
    return replace(progress_of(newest, title=WORK[Kind(newest.kind)]), url=here)


def _moving(request: HttpRequest, work: Progress | None) -> HttpResponse:
    return render(request, "components/progress.html", {"progress": work})


def _compared(request: HttpRequest, found: Load) -> dict[str, Any]:
    """The register's figures of the month beside the published ones, once a return was taken in."""
    if found.state != Load.State.TAKEN or not found.period_end:
        return {}
    form = FiguresForm(request.GET or None)
    stated = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return {"figures_form": form, "figures": figures_of(found.authority_id, found.period_end).beside(stated)}
