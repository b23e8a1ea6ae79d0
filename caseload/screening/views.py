"""Who is to be screened, the talk itself, and which service leads after it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from caseload.screening.actions import choose_lead, screen
from caseload.screening.forms import LeadForm, ScreeningForm, ToScreenFilter
from caseload.screening.kinds import Kind
from caseload.screening.models import Screening
from caseload.screening.queries import has_plan, proposal, rule_words, screenings_seen_by, to_screen
from caseload.tabs import tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Service
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.queries.register import SORTS, listed
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers

P = Permission
LIST_SORTS = {name: SORTS[name] for name in ("since", "name")}


@needs(P.CASE_WORK)
def waiting(request: HttpRequest) -> HttpResponse:
    """Young people who became NEET and were not asked yet what they want to do (R60)."""
    today = clock.today()
    form = ToScreenFilter(request.GET)
    everybody = form.is_valid() and form.cleaned_data["when"] == "all"
    asked = listing_of(request.GET, sorts=LIST_SORTS, first="since", filters=form.fields)
    people = to_screen(request.user, today, None if everybody else today.replace(day=1))
    page = listed(people, request.user, asked, today)
    seen = [line.pk for line in page.people]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    shown = {
        "tabs": tabs(request, "to_screen"),
        "form": form,
        "listing": page.listing,
        "chosen": chosen(form, page.listing),
        "lines": page.people,
        "everybody": everybody,
        "total_words": many(page.listing.total, "young person to ask,young people to ask").capitalize(),
    }
    return render(request, "caseload/screening/waiting.html", shown)


@needs(P.CASE_WORK)
def talk(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The questions; then which service is to lead."""
    person = visible_person(request.user, ref)
    today = clock.today()
    asks_about_plan = has_plan(person, request.user, today)
    form = ScreeningForm(answers(request), authority_id=person.authority_id, has_plan=asks_about_plan)
    if request.method == "POST" and form.is_valid():
        try:
            told = form.told()
            said = proposal(person, told, today)
            made = screen(person=person, told=told, by=request.user, proposed=said.service, rule=said.rule)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            return redirect("screening_lead", pk=made.pk)
    shown = {"person": person, "form": form, "cancel": reverse("person", args=[person.ref])}
    return render(request, "caseload/screening/talk.html", shown)


@needs(P.CASE_WORK)
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """The service the rules propose, with the rule in words; the officer takes it or another one with a reason."""
    found = screenings_seen_by(request.user).select_related("person__authority", "proposed", "chosen")
    screening = get_object_or_404(found, pk=pk)
    first = screening.chosen_id or screening.proposed_id
    form = LeadForm(
        answers(request), screening=screening, initial={"service": first, "why": screening.why_other}
    )
    if request.method == "POST" and form.is_valid() and _chosen(request, screening, form):
        return redirect("person", ref=screening.person.ref)
    shown = {
        "screening": screening,
        "person": screening.person,
        "form": form,
        "rule_words": rule_words(screening, request.user, clock.today()),
    }
    return render(request, "caseload/screening/lead.html", shown)


def _chosen(request: HttpRequest, screening: Screening, form: LeadForm) -> bool:
    service: Service = form.cleaned_data["service"]
    try:
        choose_lead(
            screening=screening, service=service, why=form.cleaned_data.get("why", ""), by=request.user
        )
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    messages.success(request, f"Screening saved. {service} is to lead.")
    return True
