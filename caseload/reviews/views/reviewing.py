"""My service's list, the review with the next one up, and one outcome for many."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import running_run
from caseload.reviews.actions import review, review_many
from caseload.reviews.forms import CasesFilter, ManyForm, ReviewForm
from caseload.reviews.kinds import Kind
from caseload.reviews.models import Review
from caseload.reviews.queries import lists
from caseload.reviews.queries.counting import days_left, over, standing
from caseload.reviews.queries.lists import Wanted
from caseload.tabs import tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.parts import Link
from neet.ui.words import many
from tracking.register.panels_seeking import seeking_panel
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rules.months import ReportingMonth

P = Permission
MOST_AT_ONCE, MONTHS_SHOWN = 500, 6
SORTS = {
    "need": lists.ORDER,
    "name": ("person__family_name", "person__given_name", "pk"),
    "since": ("neet_since", "pk"),
}
NOTHING_TICKED = "reviews_nothing_ticked"


@needs(P.CASE_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """The month's cases of one's services: who needs a review first, those longest NEET on top."""
    today = clock.today()
    run = running_run(request.authority_id, today)
    if run is None:
        return render(request, "caseload/reviews/no_month.html", {"tabs": tabs(request, "reviews")})
    form = CasesFilter(request.GET, services=lists.may_list(request.user, run.authority_id))
    cases = lists.cases_on(run, request.user, form.wanted())
    listing = listing_of(request.GET, sorts=SORTS, first="need", filters=form.fields).counted(cases.count())
    page = cases.order_by(*listing.order_by).select_related("service", "worker")
    lines = lists.case_lines(page[listing.start : listing.stop], request.user, today)
    seen = [line.person.pk for line in lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    shown = {
        "tabs": tabs(request, "reviews"),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "total_words": many(listing.total, "young person,young people").capitalize(),
        "error": "Select at least one young person" if request.session.pop(NOTHING_TICKED, False) else "",
        **about_the_month(request, run),
    }
    return render(request, "caseload/reviews/listed.html", shown)


def about_the_month(request: HttpRequest, run: MonthRun) -> dict[str, Any]:
    """How the services one may know of stand, and the lists handed to oneself."""
    today = clock.today()
    mine = lists.own_services(request.user)
    stand = standing(run, today, mine or None)
    return {
        "run": run,
        "days_left": days_left(run, today),
        "left": sum(each.left for each in stand),
        "duty": sum(each.duty for each in stand),
        "handed": [each for each in lists.lists_of(request.user, run) if not each.acknowledged_at],
        "may_hand_out": request.scope.can(P.ALLOCATE),
    }


@needs(P.CASE_WORK)
def not_reviewed(request: HttpRequest) -> HttpResponse:
    """Who had to be reviewed in a month that is over, and was not (R64)."""
    today = clock.today()
    runs = list(over(request.authority_id, today)[:MONTHS_SHOWN])
    asked = request.GET.get("month")
    run = next((each for each in runs if ReportingMonth(each.month).slug == asked), runs[0] if runs else None)
    listing = listing_of(request.GET, sorts=SORTS, first="need", filters=["month"])
    lines: tuple[lists.CaseLine, ...] = ()
    if run:
        cases = lists.cases_on(run, request.user, Wanted(lists.BREACH))
        listing = listing.counted(cases.count())
        page = cases.order_by(*listing.order_by).select_related("service", "worker")
        lines = lists.case_lines(page[listing.start : listing.stop], request.user, today)
    seen = [line.person.pk for line in lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    months = [ReportingMonth(each.month) for each in runs]
    here = reverse("not_reviewed")
    shown = {
        "tabs": tabs(request, "reviews"),
        "months": [
            Link(each.words, f"{here}?month={each.slug}", run is not None and each.ends_on == run.month)
            for each in months
        ],
        "run": run,
        "listing": listing,
        "lines": lines,
    }
    return render(request, "caseload/reviews/not_reviewed.html", shown)


@needs(P.CASE_WORK)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """Review one case; once saved, the next one that needs a review is up."""
    case = _case(request, pk)
    today = clock.today()
    in_service = bool(lists.own_services(request.user))
    form = ReviewForm(answers(request), in_service=in_service, colleagues=colleagues(request, [case]))
    if request.method == "POST" and form.is_valid():
        try:
            made = review(case=case, told=form.told(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, f"{case.person.full_name}: reviewed.")
            return redirect(_next(request, case, made))
    line = lists.case_lines([case], request.user, today)[0]
    note_read(
        Kind.LIST_READ, by=request.user, authority_id=case.person.authority_id, subjects=[case.person_id]
    )
    earlier = Review.objects.filter(case__person=case.person_id).select_related(
        "case", "reviewed_by", "recorded_for"
    )
    shown = {
        "case": case,
        "line": line,
        "form": form,
        "earlier": earlier[:3],
        "seeking": seeking_panel(case.person_id, request.user, today),
        "left": lists.cases_on(case.run, request.user, Wanted(lists.TO_REVIEW)).count(),
        "days_left": days_left(case.run, today),
        "is_over": case.run.closed_at is not None or case.state != Case.State.ALLOCATED,
    }
    return render(request, "caseload/reviews/one.html", shown)


def _next(request: HttpRequest, case: Case, made: Review) -> str:
    """What somebody started is recorded, a referral is made; else the next one, or the list when none is left."""
    if made.outcome == Review.Outcome.STARTED:
        return reverse("record_activity", args=[case.person.ref])
    if made.outcome == Review.Outcome.REFERRED:
        return reverse("refer", args=[case.person.ref])
    following = lists.next_to_review(case.run, request.user, without=case.pk)
    if request.POST.get("then") == "list" or following is None:
        return reverse("reviews")
    return reverse("review", args=[following.pk])


@require_POST
@needs(P.CASE_WORK)
def several(request: HttpRequest) -> HttpResponse:
    """One outcome for the ticked: asked first, then written for all of them."""
    run = running_run(request.authority_id, clock.today())
    asked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()][:MOST_AT_ONCE]
    cases = lists.cases_on(run, request.user).filter(pk__in=asked) if run else Case.objects.none()
    ticked = list(cases.select_related("person"))
    if run is None or not ticked:
        request.session[NOTHING_TICKED] = True
        return redirect("reviews")
    is_answer = "outcome" in request.POST or "asked" in request.POST
    form = ManyForm(request.POST if is_answer else None, colleagues=colleagues(request, ticked))
    if is_answer and form.is_valid():
        try:
            number = review_many(
                run=run, cases=[each.pk for each in ticked], told=form.told(), by=request.user
            )
        except NotRight as refused:
            form.take(refused)
        else:
            messages.success(request, f"{many(number, 'young person,young people').capitalize()} reviewed.")
            return redirect(f"{reverse('reviews')}?{urlencode({'state': lists.TO_REVIEW})}")
    shown = {"form": form, "ticked": ticked, "cancel": reverse("reviews")}
    return render(request, "caseload/reviews/several.html", shown)


def colleagues(request: HttpRequest, cases: list[Case]) -> QuerySet[User] | None:
    """For whom one may write a review down; None for those who write only their own."""
    if not request.scope.can(P.RECORD_FOR_OTHERS):
        return None
    return lists.workers_of({each.service_id for each in cases if each.service_id}).exclude(
        pk=request.user.pk
    )


def _case(request: HttpRequest, pk: int) -> Case:
    """A case of somebody this user sees, or there is nothing here."""
    found = Case.objects.visible_to(request.user).select_related(
        "person__authority", "run", "service", "worker"
    )
    return get_object_or_404(found, pk=pk)
