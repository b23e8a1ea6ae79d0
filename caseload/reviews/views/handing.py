"""Who receives the lists, handing them out, who has not looked, reminders, and a list as a protected file."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.allocation.models import MonthRun
from caseload.allocation.queries import running_run
from caseload.reviews.actions import acknowledge, end_contact, hand_out, name_contact, nudge, take_out
from caseload.reviews.files import list_as_file, people_of
from caseload.reviews.forms import ContactForm, FileForm
from caseload.reviews.models import ListContact, ServiceList
from caseload.reviews.queries import lists
from caseload.reviews.queries.counting import days_left, standing
from caseload.tabs import tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.ui.words import many
from schools.models import Authority, Service
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rules.months import ReportingMonth

P = Permission
# The name under which a session keeps the password until the file is fetched.
PASSWORD = "reviews_file"


@needs(P.ALLOCATE)
def overview(request: HttpRequest) -> HttpResponse:
    """How each service stands with its list, who has theirs, who has not said so."""
    today = clock.today()
    run = running_run(request.authority_id, today)
    contacts = list(lists.contacts_of(request.authority_id, today))
    handed = {each.contact_id: each for each in ServiceList.objects.filter(run=run)} if run else {}
    shown = {
        "tabs": tabs(request, "reviews"),
        "run": run,
        "days_left": days_left(run, today) if run else 0,
        "services": standing(run, today) if run else (),
        "contacts": [(each, handed.get(each.pk)) for each in contacts],
        "to_hand_out": sum(each.pk not in handed for each in contacts),
        "may_take_out": set(lists.may_list(request.user, request.authority_id).values_list("pk", flat=True)),
    }
    return render(request, "caseload/reviews/lists.html", shown)


@require_POST
@needs(P.ALLOCATE)
def hand(request: HttpRequest) -> HttpResponse:
    run = _run(request)
    number = hand_out(run=run, by=request.user)
    words = f"{many(number, 'list,lists').capitalize()} handed out."
    messages.success(request, words) if number else messages.info(
        request, "Everybody has their list already."
    )
    return redirect("review_lists")


@require_POST
@needs(P.ALLOCATE)
def remind(request: HttpRequest, service_id: int) -> HttpResponse:
    """One click; nobody is reminded twice on a day."""
    service = get_object_or_404(Service, pk=service_id, authority=request.authority_id)
    number = nudge(run=_run(request), service=service, by=request.user)
    if number:
        messages.success(request, f"{service} is reminded.")
    else:
        messages.info(
            request, "Nobody was reminded: nothing is left, no list is out, or they were reminded today."
        )
    return redirect("review_lists")


@require_POST
@needs(P.CASE_WORK)
def have(request: HttpRequest, pk: int) -> HttpResponse:
    """“I have this list.”"""
    mine = ServiceList.objects.filter(run__authority=request.authority_id).select_related("contact")
    listed = get_object_or_404(mine, pk=pk)
    try:
        acknowledge(listed=listed, by=request.user)
    except NotPermitted:
        messages.error(request, "Only whoever receives this list, or stands in, says that they have it.")
    else:
        messages.success(request, "Thank you: it is noted that you have the list.")
    return redirect("reviews")


@needs(P.ALLOCATE)
def add_contact(request: HttpRequest) -> HttpResponse:
    """Name who receives a list."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    form = ContactForm(answers(request), authority_id=authority.pk)

    def act() -> None:
        named = name_contact(authority=authority, named=form.named(), by=request.user)
        messages.success(request, f"{named.user} receives the list of {named.service}.")

    if request.method == "POST" and form.is_valid() and _done(form, act):
        return redirect("review_lists")
    return render(request, "caseload/reviews/contact.html", {"form": form})


@require_POST
@needs(P.ALLOCATE)
def stop_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """They receive no list any more."""
    held = ListContact.objects.filter(authority=request.authority_id).select_related("user", "service")
    contact = end_contact(contact=get_object_or_404(held, pk=pk), by=request.user)
    messages.success(request, f"{contact.user} receives no further list of {contact.service}.")
    return redirect("review_lists")


@needs(P.ALLOCATE, fresh=True)
def as_file(request: HttpRequest, service_id: int) -> HttpResponse:
    """A service's list as a file that opens with a password: what it is for, then the password, once."""
    run, service = _run(request), _service(request, service_id)
    form = FileForm(answers(request))
    shown: dict[str, Any] = {
        "form": form,
        "list_of": service,
        "month": ReportingMonth(run.month),
        "password": "",
    }

    def act() -> None:
        people = people_of(run, service, request.user)
        asked = form.cleaned_data["why"]
        password = take_out(run=run, service=service, people=people, why=asked, by=request.user)
        request.session[PASSWORD] = {"service": service.pk, "password": password}
        shown["password"] = password

    if request.method == "POST" and form.is_valid():
        _done(form, act)
    return render(request, "caseload/reviews/file.html", shown)


@require_POST
@needs(P.ALLOCATE, fresh=True)
def fetch_file(request: HttpRequest, service_id: int) -> HttpResponse:
    """The file itself, made now and kept nowhere; once for each password."""
    run, service = _run(request), _service(request, service_id)
    kept = request.session.pop(PASSWORD, {})
    if kept.get("service") != service.pk:
        return redirect(reverse("review_file", args=[service.pk]))
    content = list_as_file(run, service, request.user, kept["password"])
    name = f"{service.slug}_{ReportingMonth(run.month).slug}.xlsx"
    return download_of([content], name=name, kind=StoredFile.Kind.XLSX)


def _run(request: HttpRequest) -> MonthRun:
    run = running_run(request.authority_id, clock.today())
    if run is None:
        raise Http404
    return run


def _service(request: HttpRequest, service_id: int) -> Service:
    return get_object_or_404(lists.may_list(request.user, request.authority_id), pk=service_id)


def _done(form: Any, act: Callable[[], None]) -> bool:
    try:
        act()
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    return True
