"""What is your council like? The shape of the monthly work, its days and its stages (R147)."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from caseload.allocation.actions import set_up
from caseload.allocation.forms import STAGES, CouncilForm, PlannedFormSet
from caseload.allocation.models import CaseSettings, StagePlan
from caseload.allocation.queries import settings_of
from caseload.allocation.rules import SEVERAL, SIMPLE, Planned
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from schools.models import Authority
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers

FIELDS = ("words", "first_working_day", "last_working_day", "every_months", "months_before")


@needs(Permission.ALLOCATE)
def council(request: HttpRequest) -> HttpResponse:
    """One page, ten minutes: months opened from now on follow it."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    now = settings_of(authority)
    sent = answers(request)
    form = CouncilForm(sent, authority=authority, initial=_first(now))
    stages = PlannedFormSet(sent, initial=_stages(authority, now), prefix="stage")
    if request.method == "POST" and form.is_valid() and stages.is_valid():
        planned = [each.planned for each in stages if each.planned]
        if _saved(request, authority, form, planned):
            return redirect("cases")
    shown = {"form": form, "stages": stages, "authority": authority}
    return render(request, "caseload/allocation/council.html", shown)


def _first(now: CaseSettings) -> dict:
    return {
        "shape": now.shape,
        "default_service": now.default_service_id,
        "warn_days": now.warn_days,
        "referral_days": now.referral_days,
    }


def _stages(authority: Authority, now: CaseSettings) -> list[dict]:
    """The council's own stages, or those of its shape; empty lines for more."""
    own = list(StagePlan.objects.filter(authority=authority).values(*FIELDS))
    as_they_come = SIMPLE if now.shape == CaseSettings.Shape.SIMPLE else SEVERAL
    found = own or [asdict(each) for each in as_they_come]
    return found + [{} for _ in range(STAGES - len(found))]


def _saved(request: HttpRequest, authority: Authority, form: CouncilForm, planned: list[Planned]) -> bool:
    try:
        set_up(authority=authority, council=form.council(planned), by=request.user)
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, "Saved. Months you open from now on follow it.")
    return True
