"""This month: its stages, its services, and what is to do; opening it, allocating again, closing it."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from caseload.allocation.actions import (
    allocate,
    close_month,
    move_stage,
    open_month,
    take_back_opening,
)
from caseload.allocation.forms import StageForm, stage_first
from caseload.allocation.models import MonthRun, Stage
from caseload.allocation.queries import running_run
from caseload.allocation.queries.month import counted, days_left, left_since, stage_lines
from caseload.tabs import tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.words import many
from schools.models import Authority
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rules.months import ReportingMonth

P = Permission


@needs(P.CASE_WORK)
def cases(request: HttpRequest) -> HttpResponse:
    """The month that runs, with its stages, each service's progress and what waits for a decision."""
    today = clock.today()
    run = running_run(request.authority_id, today)
    shown = {
        "tabs": tabs(request, "cases"),
        "may_allocate": request.scope.can(P.ALLOCATE),
        "run": run,
        "this_month": ReportingMonth.of(today),
    }
    if run:
        before, started, others = left_since(run, request.user)
        shown |= {
            "month": ReportingMonth(run.month),
            "is_old": run.month < today,
            "counted": counted(run, request.user),
            "stages": stage_lines(run, today),
            "days_left": days_left(run, today),
            "before": before and ReportingMonth(before.month),
            "started": started,
            "others": others,
        }
        made = (import_string(path)(run, request.user, today) for path in settings.CASES_PANELS)
        shown["panels"] = [panel for panel in made if panel]
    return render(request, "caseload/allocation/cases.html", shown)


@require_POST
@needs(P.ALLOCATE)
def open_this_month(request: HttpRequest) -> HttpResponse:
    """Settle this month's list and ask the rules about everybody on it."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    month = ReportingMonth.of(clock.today())

    def act() -> str:
        run = open_month(authority=authority, month=month.ends_on, by=request.user)
        total = run.cases.count()
        return f"{month.words} is open: {many(total, 'young person,young people')} on its list."

    return _done(request, act)


@require_POST
@needs(P.ALLOCATE)
def allocate_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the rules again; late ones come in as earlier notifications."""
    run = run_of(request, pk)

    def act() -> str:
        said = allocate(run=run, by=request.user)
        if not (said["new"] or said["changed"] or said["moved_on"]):
            return "Asked again: nothing changed."
        return (
            f"Asked again: {said['new']} new, {said['changed']} with another answer, "
            f"{said['moved_on']} no longer NEET."
        )

    return _done(request, act)


@needs(P.ALLOCATE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the month: its cases stay as they are."""
    run = run_of(request, pk)
    if request.method == "POST":
        return _done(request, lambda: closed_words(close_month(run=run, by=request.user)))
    shown = {"run": run, "month": ReportingMonth(run.month), "counted": counted(run, request.user)}
    return render(request, "caseload/allocation/close.html", shown)


def closed_words(run: MonthRun) -> str:
    return f"{ReportingMonth(run.month).words} is closed."


@needs(P.ALLOCATE)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """As if the month had not been opened, while nobody has worked with it."""
    run = run_of(request, pk)
    if request.method == "POST":

        def act() -> str:
            take_back_opening(run=run, by=request.user)
            return "The month is as if it had not been opened."

        return _done(request, act)
    return render(
        request, "caseload/allocation/take_back.html", {"run": run, "month": ReportingMonth(run.month)}
    )


@needs(P.ALLOCATE)
def stage(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the days of one stage of a month."""
    runs = MonthRun.objects.visible_to(request.user).filter(authority=request.authority_id)
    held = get_object_or_404(Stage.objects.select_related("run"), pk=pk, run__in=runs)
    form = StageForm(answers(request), initial=stage_first(held))
    if request.method == "POST" and form.is_valid():
        try:
            move_stage(stage=held, **form.cleaned_data, by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, "Days changed.")
            return redirect("cases")
    return render(request, "caseload/allocation/stage.html", {"stage": held, "form": form})


def run_of(request: HttpRequest, pk: int) -> MonthRun:
    """A month of the council one works from."""
    found = MonthRun.objects.visible_to(request.user).filter(authority=request.authority_id)
    return get_object_or_404(found.select_related("authority"), pk=pk)


def _done(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except NotRight as refused:
        messages.warning(request, f"{refused}.")
    except NotPermitted:
        raise NotVisible from None
    return redirect("cases")
