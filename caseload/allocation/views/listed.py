"""The list of a month's cases, those to be decided, one case's decision, workers for many."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.allocation.actions import add_late, assign, decide
from caseload.allocation.forms import AssignForm, CaseFilter, DecideForm
from caseload.allocation.kinds import Kind
from caseload.allocation.models import Case, MonthRun
from caseload.allocation.queries import running_run
from caseload.allocation.queries.listing import GOING_ON, SORTS, UNDECIDED, Wanted, case_page
from caseload.allocation.queries.wording import Reasons
from caseload.tabs import tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rules.months import ReportingMonth

P = Permission
NOTHING_TICKED = "cases_nothing_ticked"


@needs(P.CASE_WORK)
def case_list(request: HttpRequest) -> HttpResponse:
    """The month's cases, filtered in the address."""
    months, form = _asked(request)
    wanted = _wanted(form, months)
    error = request.session.pop(NOTHING_TICKED, "")
    shown = {"tabs": tabs(request, "cases"), "form": form, "error": error, "run": wanted and wanted.run}
    if wanted:
        may_assign = bool(wanted.service and request.scope.can(P.ALLOCATE) and wanted.run.closed_at is None)
        shown |= _page(request, form, wanted) | {
            "month": ReportingMonth(wanted.run.month),
            "assign": AssignForm(service=wanted.service) if may_assign else None,
        }
    return render(request, "caseload/allocation/list.html", shown)


def _asked(request: HttpRequest) -> tuple[list[MonthRun], CaseFilter]:
    found = MonthRun.objects.visible_to(request.user).filter(authority=request.authority_id)
    months = list(found.select_related("authority")[:24])
    authority = Authority(pk=request.authority_id)
    return months, CaseFilter(request.GET, authority=authority, months=months)


def _wanted(form: CaseFilter, months: list[MonthRun]) -> Wanted | None:
    if not months:
        return None
    said = form.cleaned_data if form.is_valid() else {}
    by_slug = {ReportingMonth(run.month).slug: run for run in months}
    state = said.get("state") or GOING_ON
    return Wanted(
        run=by_slug.get(said.get("month", ""), months[0]),
        service=int(said["service"]) if said.get("service") else None,
        state="" if state == "all" else state,
        offer=said.get("offer", ""),
        worker=said.get("worker", ""),
        district=int(said["district"]) if said.get("district") else None,
        reviewed=said.get("reviewed", ""),
        late=bool(said.get("late")),
    )


def _page(request: HttpRequest, form: CaseFilter, wanted: Wanted) -> dict:
    today = clock.today()
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields)
    page = case_page(request.user, wanted, listing, today)
    seen = [line.case.person_id for line in page.lines]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    return {
        "lines": page.lines,
        "listing": page.listing,
        "here": page.listing.link(page=page.listing.page),
        "chosen": chosen(form, page.listing),
        "total_words": many(page.listing.total, "case,cases").capitalize(),
    }


@require_POST
@needs(P.ALLOCATE)
def assign_many(request: HttpRequest) -> HttpResponse:
    """Give the ticked cases of one service to a worker."""
    months, filters = _asked(request)
    wanted = _wanted(filters, months)
    here = redirect(f"{reverse('case_list')}?{request.GET.urlencode()}")
    ticked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()]
    if not ticked or wanted is None:
        request.session[NOTHING_TICKED] = "Tick the young people first"
        return here
    form = AssignForm(request.POST, service=wanted.service)
    if not form.is_valid():
        messages.warning(request, "Select somebody who works in that service.")
        return here
    try:
        number = assign(run=wanted.run, cases=ticked, worker=form.chosen, by=request.user)
    except NotRight as refused:
        messages.warning(request, f"{refused}.")
    except NotPermitted:
        raise NotVisible from None
    else:
        whose = form.chosen.name if form.chosen else "nobody yet"
        messages.success(request, f"{many(number, 'case,cases').capitalize()} given to {whose}.")
    return here


@needs(P.ALLOCATE)
def undecided(request: HttpRequest) -> HttpResponse:
    """Those about whom the rules disagree or say nothing: each waits for a person."""
    today = clock.today()
    run = running_run(request.authority_id, today)
    shown = {"tabs": tabs(request, "cases"), "run": run}
    if run:
        listing = listing_of(
            request.GET, sorts={"name": SORTS["name"], "since": SORTS["since"]}, first="name"
        )
        page = case_page(request.user, replace(Wanted(run), state=UNDECIDED), listing, today)
        reasons = Reasons(run.authority, request.user, today)
        names = dict(run.authority.services.values_list("slug", "name"))
        seen = [line.case.person_id for line in page.lines]
        note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
        shown |= {
            "month": ReportingMonth(run.month),
            "listing": page.listing,
            "lines": [(line, _says(line.case, reasons, names)) for line in page.lines],
            "total_words": many(page.listing.total, "young person,young people").capitalize(),
        }
    return render(request, "caseload/allocation/undecided.html", shown)


def _says(case: Case, reasons: Reasons, names: dict[str, str]) -> list[tuple[str, str]]:
    """What each rule that fits says: the service and the reason."""
    first = reasons.allocation.get(case.rule)
    found = [(first.service, reasons.of(first.code))] if first else []
    return [(names.get(slug, slug), words) for slug, words in (*found, *reasons.also(case))]


@needs(P.ALLOCATE)
def decide_case(request: HttpRequest, pk: int) -> HttpResponse:
    """A person says who answers after all, and why."""
    seen = Case.objects.visible_to(request.user).filter(person__authority=request.authority_id)
    case = get_object_or_404(seen.select_related("person", "service", "run__authority"), pk=pk)
    first = {"service": case.service_id, "why": case.why_decided}
    form = DecideForm(answers(request), initial=first, authority_id=request.authority_id)
    if request.method == "POST" and form.is_valid() and _decided(request, case, form):
        waiting = Case.objects.visible_to(request.user).undecided().filter(run=case.run).exists()
        return (
            redirect("undecided_cases")
            if waiting and not case.service_id
            else redirect("person", ref=case.person.ref)
        )
    reasons = Reasons(case.run.authority, request.user, clock.today())
    names = dict(case.run.authority.services.values_list("slug", "name"))
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=[case.person_id])
    shown = {
        "case": case,
        "person": case.person,
        "month": ReportingMonth(case.run.month),
        "form": form,
        "facts": reasons.facts(case),
        "says": _says(case, reasons, names),
    }
    return render(request, "caseload/allocation/decide.html", shown)


def _decided(request: HttpRequest, case: Case, form: DecideForm) -> bool:
    said = form.cleaned_data
    try:
        decide(case=case, service=said["service"], why=said["why"], offer=said["offer"], by=request.user)
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, f"{said['service']} answers for {case.person.full_name}.")
    return True


@require_POST
@needs(P.CASE_WORK)
def add_late_case(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Put somebody who became NEET since on this month's list."""
    person = visible_person(request.user, ref)
    try:
        case = add_late(person=person, by=request.user)
    except NotRight as refused:
        messages.warning(request, f"{refused}.")
    except NotPermitted:
        raise NotVisible from None
    else:
        service = case.service.name if case.service else "a person decides who answers"
        messages.success(request, f"On this month’s list: {service}.")
    return redirect("person", ref=person.ref)
