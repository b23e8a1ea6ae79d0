"""Setting the cohort: what it would be, a proposal, a second person's yes, and taking it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.parts import Progress
from tracking.figures.reader import sees_every_number
from tracking.guarantee.actions import ask_to_approve, ask_to_take_back
from tracking.guarantee.actions import propose as do_propose
from tracking.guarantee.actions.setting import (
    MAY_BE_TAKEN_BACK,
    MAY_TAKE_BACK,
    CannotSet,
    holds,
    may_approve,
    may_be_taken_back,
)
from tracking.guarantee.forms import ApproveForm, ProposeForm, ReasonForm
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze
from tracking.guarantee.queries.before import worklist
from tracking.guarantee.queries.cohort import (
    Asked,
    Changes,
    CountLine,
    Counts,
    belonging,
    changes,
    cohort_day,
    count_lines,
    freezes,
)
from tracking.guarantee.views.frame import around, council_of, september_of
from tracking.rules.disclosure import are_few
from tracking.rules.guarantee import GROUPS

WORK = {Kind.COHORT_SET: "Setting the cohort", Kind.COHORT_TAKEN_BACK: "Taking the cohort back"}


@needs(Permission.FIGURES_READ)
def cohort(request: HttpRequest) -> HttpResponse:
    """The cohort of this September: set, being set, proposed, or what it would be."""
    if request.htmx:
        work = _work(request, freezes(request.authority_id, september_of(request)).first())
        if work is None or work.pace.is_over:
            return HttpResponseClientRefresh()
        return render(request, "components/progress.html", {"progress": work})
    return _page(request, ProposeForm())


@require_POST
@needs(Permission.COHORT_SET)
def propose(request: HttpRequest) -> HttpResponse:
    """Hold Years 11 and 12 fast for somebody to approve."""
    form = ProposeForm(request.POST)
    if form.is_valid():
        try:
            do_propose(authority=council_of(request), year=september_of(request), by=request.user)
        except CannotSet as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Proposed. It stands once it is approved.")
            return redirect("set_cohort")
    return _page(request, form)


def _page(request: HttpRequest, form: ProposeForm) -> HttpResponse:
    council, year, today = council_of(request), september_of(request), clock.today()
    freeze = freezes(council.pk, year).first()
    day = cohort_day(year)
    under_way = bool(freeze and freeze.is_under_way)
    counts = freeze.counts if freeze else belonging(Asked(council, year, min(today, day)))
    shown = {
        **around(request, "set_cohort"),
        "form": form,
        "council": council,
        "year": year,
        "caption": f"September {year}",
        "day": day,
        "is_time": today >= day,
        "freeze": freeze,
        "work": _work(request, freeze),
        "under_way": under_way,
        "groups": [f"Year {group}" for group in sorted(GROUPS)],
        "lines": _lines(request, counts),
        "left": 0 if freeze else worklist(council, year, today).total,
        "may_propose": request.scope.can(Permission.COHORT_SET),
        "may_look": request.scope.can(Permission.TRANSFER),
        "may_approve": bool(freeze and not freeze.approved_at and may_approve(freeze, request.user)),
        "may_take_back": bool(freeze and not under_way and _sets(request) and may_be_taken_back(freeze)),
        "changes": _changes(request, freeze, today) if freeze and freeze.approved_at else None,
    }
    return render(request, "tracking/guarantee/cohort.html", shown)


@needs(Permission.FIGURES_READ)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at the numbers once more, and say yes."""
    freeze = _freeze(request, pk)
    form = ApproveForm(_sent(request), own_work=freeze.made_by_id == request.user.pk)
    if request.method == "POST" and form.is_valid():
        try:
            _ring(ask_to_approve(freeze=freeze, by=request.user, why=form.cleaned_data.get("why", "")))
        except CannotSet as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("set_cohort")
    shown = {
        "form": form,
        "freeze": freeze,
        "caption": f"September {freeze.year}",
        "groups": [f"Year {group}" for group in sorted(GROUPS)],
        "lines": _lines(request, freeze.counts),
        "under_way": freeze.is_under_way,
        "may": may_approve(freeze, request.user),
    }
    return render(request, "tracking/guarantee/approve.html", shown)


@needs(Permission.FIGURES_READ)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the proposal, or within a day the cohort that was set, back."""
    freeze = _freeze(request, pk)
    form = ReasonForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            _ring(ask_to_take_back(freeze=freeze, why=form.cleaned_data["why"], by=request.user))
        except CannotSet as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("set_cohort")
    shown = {
        "form": form,
        "freeze": freeze,
        "caption": f"September {freeze.year}",
        "may": not freeze.is_under_way and _sets(request) and may_be_taken_back(freeze),
    }
    return render(request, "tracking/guarantee/take_back.html", shown)


def _lines(request: HttpRequest, counts: Counts) -> Sequence[CountLine]:
    """Why each is in, for who works with records; for all others the line of everybody, unless it says of few."""
    lines = count_lines(counts)
    if sees_every_number(request.scope):
        return lines
    return () if are_few(*lines[-1].numbers) else lines[-1:]


def _changes(request: HttpRequest, freeze: CohortFreeze, today: date) -> Changes | None:
    """Who came and left since; not said where it is few, to who does not work with records."""
    found = changes(freeze, today)
    is_few = are_few(found.frozen, found.added, found.removed)
    return None if is_few and not sees_every_number(request.scope) else found


def _work(request: HttpRequest, freeze: CohortFreeze | None) -> Progress | None:
    """What goes on with the cohort, or what was asked for within a day and did not come to an end."""
    job = freeze.job if freeze else None
    if job is None or job.state == Job.State.DONE:
        return None
    if job.finished_at and clock.now() - job.finished_at > MAY_BE_TAKEN_BACK:
        return None
    shown = progress_of(job, title=WORK[Kind(job.kind)], unit="records")
    is_own = job.owner_id == request.user.pk
    return replace(shown, url=reverse("set_cohort"), cancel_url=shown.cancel_url if is_own else "")


def _ring(job: Job | None) -> None:
    if job is not None:
        ring(job)


def _sets(request: HttpRequest) -> bool:
    return holds(request.user, request.authority_id, *MAY_TAKE_BACK)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _freeze(request: HttpRequest, pk: int) -> CohortFreeze:
    return get_object_or_404(freezes(request.authority_id), pk=pk)
