"""Putting somebody on the at-risk list, many by their numbers, and changing what is said of them."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from caseload.prevention.actions.entering import change, enter, enter_many
from caseload.prevention.forms import NumbersForm, RiskForm
from caseload.prevention.kinds import Kind
from caseload.prevention.models import AtRisk
from caseload.prevention.queries.listing import at_risk_seen_by
from caseload.prevention.queries.people import by_numbers
from caseload.prevention.queries.reasons import Wording
from caseload.prevention.statements import RiskRow
from caseload.prevention.views.frame import about
from caseload.views import Page, asked, authority_here, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.words import many
from tracking.register.models import YoungPerson
from tracking.register.queries.people import visible_person
from tracking.register.views.editing import answers

P = Permission


@needs(P.CASE_WORK)
def one(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Put one young person on the list."""
    person = visible_person(request.user, ref)
    wording = Wording(request.user, clock.today())
    school = person.activities.filter(establishment__isnull=False).first()
    first = {"establishment": school.establishment_id if school else None, "worker": request.user.pk}
    form = RiskForm(answers(request), initial=first, authority=person.authority, wording=wording)

    def act() -> None:
        enter(person=person, told=form.told(), by=request.user)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, f"{person.full_name} is on the at-risk list.")
        return redirect("person", ref=ref)
    page = Page("Put on the at-risk list", reverse("person", args=[ref]), "Save", person.full_name)
    return asked(request, form, page)


@needs(P.CASE_WORK)
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """What is said of somebody on the list."""
    entry = get_object_or_404(_here(request), pk=pk, ends_on=None)
    first = {name: getattr(entry, name) for name in ("reasons", "words", "service", "worker")}
    wording = Wording(request.user, clock.today())
    form = RiskForm(
        answers(request), initial=first, authority=entry.person.authority, wording=wording, entry=entry
    )

    def act() -> None:
        change(entry=entry, told=form.told(), by=request.user)

    if request.method == "POST" and form.is_valid() and tried(form, act):
        messages.success(request, "Saved.")
        return redirect("at_risk")
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=[entry.person_id])
    hidden = wording.of(entry.reasons).hidden_words
    lead = f"Beside these there is {hidden}; it stays." if hidden else ""
    return asked(request, form, Page("At risk", reverse("at_risk"), "Save", entry.person.full_name, lead))


def _here(request: HttpRequest) -> QuerySet[AtRisk]:
    """Entries of those this person sees."""
    return at_risk_seen_by(request.user).select_related("person__authority", "establishment")


@needs(P.CASE_WORK)
def by_number(request: HttpRequest) -> HttpResponse:
    """Many at once: the numbers are looked up and the names shown before anybody is entered."""
    authority = authority_here(request)
    form = NumbersForm(answers(request), wording=Wording(request.user, clock.today()))
    people: list[YoungPerson] = []
    if request.method == "POST" and form.is_valid():
        people, unknown = by_numbers(request.user, authority, form.cleaned_data["numbers"])
        if unknown:
            form.refuse(unknown)
        elif "sure" in request.POST:
            return _entered(request, form, people)
        else:
            ids = [each.pk for each in people]
            note_read(Kind.LIST_READ, by=request.user, authority_id=authority.pk, subjects=ids)
    shown = {"form": form, "people": [] if form.errors else people, "kept": _kept(request)}
    return render(request, "caseload/prevention/by_number.html", about(request, "at_risk", **shown))


def _kept(request: HttpRequest) -> list[tuple[str, str]]:
    """What was answered, to be sent again with the confirmation."""
    return [
        (name, value) for name in ("said_by", "reasons", "numbers") for value in request.POST.getlist(name)
    ]


def _entered(request: HttpRequest, form: NumbersForm, people: list[YoungPerson]) -> HttpResponse:
    reasons = tuple(form.cleaned_data["reasons"])
    done = enter_many(
        authority=authority_here(request),
        rows=[RiskRow(each.pk, reasons) for each in people],
        said_by=form.cleaned_data["said_by"],
        by=request.user,
    )
    words = many(done.new, "young person,young people").capitalize()
    there = f" {done.there} stood on it already." if done.there else ""
    messages.success(request, f"{words} put on the at-risk list.{there}")
    return redirect("at_risk")
