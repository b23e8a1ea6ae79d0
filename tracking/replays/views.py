"""Past days: ask for one, compare the two readings, see who explains the difference."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from tracking.figures.models import Freeze
from tracking.figures.queries.reach import reach_as_reader
from tracking.register.queries.register import SORTS, listed
from tracking.replays.actions import CannotRead, PastDay, ask_for, end_of
from tracking.replays.forms import PastDayForm
from tracking.replays.kinds import Kind
from tracking.replays.models import Replay
from tracking.replays.queries import figures_of, people_of, replays_of, sides_of, work_of

LIST_SORTS = {name: SORTS[name] for name in ("name", "born")}


@needs(Permission.FIGURES_EXPLORE)
def past_days(request: HttpRequest) -> HttpResponse:
    """What was read again so far, and the form for another day. While work goes on, the page asks here how far."""
    work = _work(request)
    if request.htmx:
        over = work is None or work.pace.is_over
        return HttpResponseClientRefresh() if over else _moving(request, work)
    form = PastDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        days = form.cleaned_data
        past = PastDay(request.authority_id, days["day"], end_of(days["known_on"]))
        return _asked(request, past)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest")
    made = replays_of(request.authority_id)
    listing = listing.counted(made.count())
    shown = {
        "form": form,
        "work": work,
        "listing": listing,
        "replays": made[listing.start : listing.stop],
        "reaches_all": reach_as_reader(request.user, request.authority_id).is_whole,
        "freezes": Freeze.objects.filter(authority=request.authority_id, replaced_at__isnull=True)[:24],
    }
    return render(request, "tracking/replays/past_days.html", shown)


@require_POST
@needs(Permission.FIGURES_EXPLORE)
def past_freeze(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a frozen month again, by what was known when it was frozen."""
    freeze = get_object_or_404(Freeze, pk=pk, authority__in=request.scope.authority_ids)
    return _asked(request, PastDay(freeze.authority_id, freeze.month, freeze.frozen_at, freeze.pk))


@needs(Permission.FIGURES_EXPLORE)
def past_day(request: HttpRequest, pk: int) -> HttpResponse:
    """One past day: the figures both ways, and who explains the difference."""
    found = get_object_or_404(
        Replay.objects.select_related("made_by", "freeze"), pk=pk, authority__in=request.scope.authority_ids
    )
    listing = listing_of(request.GET, sorts=LIST_SORTS, first="name")
    page = listed(people_of(found, request.user), request.user, listing, clock.today())
    seen = [line.pk for line in page.people]
    note_read(Kind.PEOPLE_READ, by=request.user, authority_id=found.authority_id, subjects=seen)
    sides = sides_of(found, seen)
    reach = reach_as_reader(request.user, found.authority_id)
    shown = {
        "replay": found,
        "reaches_all": reach.is_whole,
        "figures": figures_of(found, reach),
        "different": found.different if reach.is_whole else page.listing.total,
        "listing": page.listing,
        "lines": [(line, *sides[line.pk]) for line in page.people],
        "hidden": found.different - page.listing.total if reach.is_whole else 0,
    }
    return render(request, "tracking/replays/past_day.html", shown)


def _asked(request: HttpRequest, past: PastDay) -> HttpResponse:
    try:
        job = ask_for(past=past, by=request.user)
    except CannotRead as reason:
        messages.warning(request, str(reason))
        return redirect("past_days")
    if job is None:
        messages.info(request, "Another day is being read. Ask again when it is finished.")
    else:
        ring(job)
    return redirect("past_days")


def _work(request: HttpRequest) -> Progress | None:
    """The progress to show: what goes on, or the last attempt where it failed."""
    newest = work_of(request.authority_id).first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    made = progress_of(newest, title="Reading a past day again", unit="readings")
    return replace(made, url=reverse("past_days"))


def _moving(request: HttpRequest, work: Progress | None) -> HttpResponse:
    return render(request, "components/progress.html", {"progress": work})
