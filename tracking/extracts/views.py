"""Taking a list of young people away: asking for it, agreeing to it, and its file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission as P
from neet.files.downloads import download
from neet.jobs.tasks import ring
from neet.ui.forms import chosen, worded
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.extracts.actions import Asking, CannotTake, agree, ask, note_taken, refuse
from tracking.extracts.forms import AskForm, RefuseForm
from tracking.extracts.models import Extract
from tracking.extracts.queries import extracts_seen_by, needs_agreement, people_of
from tracking.register.forms.filters import RegisterFilter
from tracking.tabs import RIGHTS, tabs


@needs(P.EXPORT, fresh=True)
def ask_for_extract(request: HttpRequest) -> HttpResponse:
    """The register as it is narrowed now, as a file."""
    today = clock.today()
    filters = RegisterFilter(request.GET, user=request.user, on=today)
    wanted = filters.wanted()
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=filters.fields)
    number = people_of(request.user, wanted, today).count()
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        council = Authority.objects.get(pk=request.authority_id)
        asking = Asking(dict(listing.kept), wanted, **form.cleaned_data)
        try:
            made, job = ask(authority=council, asking=asking, by=request.user)
        except CannotTake as refused:
            form.add_error(None, str(refused))
        else:
            if job:
                ring(job)
            messages.success(
                request, "The list is being made." if job else "Asked for. Somebody else agrees to it."
            )
            return redirect("extract", ref=made.ref)
    shown = {
        "form": form,
        "chosen": chosen(filters, listing),
        "number": number,
        "waits": needs_agreement(number, today),
        "back_url": f"{reverse('register')}?{urlencode(listing.kept)}",
    }
    return render(request, "tracking/extracts/ask.html", shown)


@needs(P.EXPORT_READ)
@require_safe
def extracts(request: HttpRequest) -> HttpResponse:
    """Lists asked for: one's own, and those one may agree to."""
    found = extracts_seen_by(request.user)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-").counted(found.count())
    shown = {"listing": listing, "extracts": list(found[listing.start : listing.stop])}
    shown["beside"] = tabs(request, "extracts", RIGHTS)
    return render(request, "tracking/extracts/extracts.html", shown)


@needs(P.EXPORT_READ)
@require_safe
def extract(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One list: what it is of, why, for whom, and what was decided."""
    found = _extract(request, ref)
    # in the words of whoever asked, which say what they chose and nothing of anybody
    filters = RegisterFilter(found.filters, user=found.asked_by or request.user, on=clock.today())
    own = found.asked_by_id == request.user.pk
    chosen_ones = [field for field in filters if field.name in found.filters]
    said = [(str(field.label), worded(field, found.filters[field.name])) for field in chosen_ones]
    shown = {
        "extract": found,
        "said": said,
        "is_own": own,
        "may_decide": not own and request.scope.can(P.EXPORT_APPROVE) and found.state == Extract.State.ASKED,
    }
    return render(request, "tracking/extracts/extract.html", shown)


@needs(P.EXPORT_APPROVE, fresh=True)
@require_POST
def agree_extract(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Let a list go."""
    try:
        job = agree(extract=_extract(request, ref), by=request.user)
    except CannotTake as refused:
        messages.error(request, str(refused))
    else:
        if job:
            ring(job)
        messages.success(request, "Agreed. It is made for whoever asked.")
    return redirect("extract", ref=ref)


@needs(P.EXPORT_APPROVE)
def refuse_extract(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Not let a list go."""
    found = _extract(request, ref)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            refuse(extract=found, why=form.cleaned_data["why"], by=request.user)
        except CannotTake as refused:
            messages.error(request, str(refused))
        return redirect("extract", ref=ref)
    shown = {
        "form": form,
        "title": "Do not let the list go",
        "caption": many(found.people, "young person,young people"),
        "button": "Keep this answer",
        "back_url": reverse("extract", args=[ref]),
    }
    return render(request, "one_form.html", shown)


@needs(P.EXPORT, fresh=True)
@require_safe
def extract_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The file, for whoever asked for it and nobody else."""
    own = extracts_seen_by(request.user).filter(asked_by=request.user.pk, state=Extract.State.READY)
    found = get_object_or_404(own, ref=ref)
    if found.file is None or (found.until_on and found.until_on < clock.today()):
        raise Http404
    note_taken(extract=found, by=request.user)
    return download(found.file)


def _extract(request: HttpRequest, ref: UUID) -> Extract:
    return get_object_or_404(extracts_seen_by(request.user), ref=ref)
