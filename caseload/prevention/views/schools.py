"""The schools most of those NEET left, the ones worked with, and the plan of each."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.prevention.actions import schools as acts
from caseload.prevention.forms import FocusForm, SchoolsFilter, StepDoneForm, StepForm
from caseload.prevention.models import SchoolFocus
from caseload.prevention.queries.schools import chosen_lines, focus_seen_by, ranked, steps_of, years_of
from caseload.prevention.views.frame import about
from caseload.views import Page, asked, authority_here, done, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.views.editing import answers

P = Permission


@needs(P.CASE_WORK)
def ranking(request: HttpRequest) -> HttpResponse:
    """Schools by how many of their leavers were NEET, and those chosen this year. Counts only, they name nobody."""
    authority, today = authority_here(request), clock.today()
    form = SchoolsFilter(request.GET, years=years_of(authority.pk, today))
    found = ranked(authority.pk, form.chosen_years(), today)
    listing = listing_of(request.GET, sorts={"place": ("pk",)}, first="place", filters=form.fields)
    listing = listing.counted(len(found))
    lines = chosen_lines(authority, today)
    mine = {each.focus.establishment_id: each.focus for each in lines}
    shown = {
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "years": form.chosen_years(),
        "schools": [(each, mine.get(each.pk)) for each in found[listing.start : listing.stop]],
        "mine": lines,
        "link": listing.link(),
        "may_choose": request.scope.can(P.PLAN_CHANGE),
        "total_words": many(len(found), "school,schools").capitalize(),
    }
    return render(request, "caseload/prevention/schools.html", about(request, "risk_schools", **shown))


@require_POST
@needs(P.PLAN_CHANGE)
def choose(request: HttpRequest) -> HttpResponse:
    """The ticked schools are worked with this year."""
    authority, today = authority_here(request), clock.today()
    years = SchoolsFilter(request.GET, years=years_of(authority.pk, today)).chosen_years()
    ticked = {int(each) for each in request.POST.getlist("ticked") if each.isdecimal()}
    schools = [each for each in ranked(authority.pk, years, today) if each.pk in ticked]
    act = partial(acts.choose, authority=authority, schools=schools, by=request.user)
    return done(request, act, "Chosen. Say who works with each school, and plan.", "risk_schools")


@needs(P.CASE_WORK)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One school: who works with it, what is agreed, the steps of its plan."""
    focus = _here(request, pk)
    steps = list(steps_of(focus))
    shown = {
        "focus": focus,
        "to_do": [each for each in steps if each.done_at is None],
        "finished": [each for each in steps if each.done_at],
        "today": clock.today(),
        "may_end": request.scope.can(P.PLAN_CHANGE),
    }
    return render(request, "caseload/prevention/school.html", about(request, "risk_schools", **shown))


@needs(P.CASE_WORK)
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    focus = _here(request, pk)
    first = {name: getattr(focus, name) for name in ("officer", "words", "reviewed_on")}
    form = FocusForm(answers(request), initial=first, authority=focus.authority)

    def act() -> None:
        acts.change_focus(focus=focus, told=form.told(), by=request.user)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, "Saved.")
        return redirect("risk_school", pk)
    return asked(request, form, Page(str(focus.establishment), reverse("risk_school", args=[pk])))


@needs(P.CASE_WORK)
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    focus = _here(request, pk)
    form = StepForm(answers(request), authority=focus.authority)

    def act() -> None:
        acts.add_step(focus=focus, told=form.told(), by=request.user)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, "Added to the plan.")
        return redirect("risk_school", pk)
    back = reverse("risk_school", args=[pk])
    return asked(request, form, Page("Add a step", back, "Add it", str(focus.establishment)))


@needs(P.CASE_WORK)
def close_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """It is done, and what came of it."""
    focus = _here(request, pk)
    task = get_object_or_404(steps_of(focus), pk=step, done_at=None)
    form = StepDoneForm(answers(request))

    def act() -> None:
        acts.close_step(focus=focus, step=task, outcome=form.cleaned_data["outcome"], by=request.user)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, "Done.")
        return redirect("risk_school", pk)
    back = reverse("risk_school", args=[pk])
    return asked(request, form, Page(f"Done: {task.words}", back, "Mark as done", str(focus.establishment)))


@require_POST
@needs(P.PLAN_CHANGE)
def ended(request: HttpRequest, pk: int) -> HttpResponse:
    focus = _here(request, pk)
    act = partial(acts.end_focus, focus=focus, by=request.user)
    return done(request, act, f"{focus.establishment} is not worked with any more.", "risk_schools")


@needs(P.CASE_WORK)
def printed(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The school's plan to print."""
    focus = _here(request, pk)
    shown = {
        "focus": focus,
        "steps": list(steps_of(focus)),
        "council": str(focus.authority),
        "made_on": clock.today(),
        "made_by": request.user,
    }
    content = pdf_of("caseload/prevention/school_print.html", shown)
    return download_of([content], name=f"school-plan-{focus.pk}.pdf", kind=StoredFile.Kind.PDF)


def _here(request: HttpRequest, pk: int) -> SchoolFocus:
    """A chosen school of a council they work for, or there is nothing here."""
    return get_object_or_404(focus_seen_by(request.user).select_related("authority"), pk=pk)
