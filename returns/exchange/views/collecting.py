"""What lies there for somebody's school, college or provider, and taking it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.scope import scope_of
from neet.files.downloads import download_of
from neet.ui.listing import listing_of
from returns.exchange import queries
from returns.exchange.actions.parcels import answer, collect, look_at
from returns.exchange.feedback import as_of_now
from returns.exchange.forms import AnswerForm
from returns.exchange.models import ParcelFile
from returns.exchange.rules import ANSWERED

P = Permission


@needs(P.EXCHANGE_COLLECT)
def files_for_you(request: HttpRequest) -> HttpResponse:
    """The files that lie there for one's own establishments, the new ones first."""
    found = queries.files_for(request.user, clock.today())
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(found.count())
    places = {place.establishment_id for place in scope_of(request.user).where(P.EXCHANGE_COLLECT)}
    shown = {
        "files": found[listing.start : listing.stop],
        "listing": listing,
        "several": len(places) > 1,
        "answered": ANSWERED,
    }
    return render(request, "returns/exchange/files_for_you.html", shown)


@needs(P.EXCHANGE_COLLECT)
def collect_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """Take a file. Who took it, and when, is written down before the first byte goes."""
    try:
        found = queries.file_to_collect(request.user, ref, clock.today())
    except queries.NotThere:
        raise Http404 from None
    return _handed_out(request, found, collect)


@needs(P.EXCHANGE_COLLECT)
def answer_file(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Answer a file that asks for it; answered again, the last words stand."""
    try:
        found = queries.file_to_collect(request.user, ref, clock.today())
    except queries.NotThere:
        raise Http404 from None
    if found.parcel.kind not in ANSWERED:
        raise Http404
    form = AnswerForm(request.POST or None, initial={"words": found.answer})
    if request.method == "POST" and form.is_valid():
        answer(found=found, words=form.cleaned_data["words"], by=request.user)
        messages.success(request, "Thank you. The council reads it.")
        return redirect("files_for_you")
    shown = {"form": form, "found": found}
    return render(request, "returns/exchange/answer.html", shown)


@needs(P.RETURN_RECEIVE)
def file_put_out(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """What the council put out, as it looks there; that is nobody's collecting."""
    try:
        found = queries.file_put_out(request.user, ref)
    except queries.NotThere:
        raise Http404 from None
    return _handed_out(request, found, look_at)


def _handed_out(request: HttpRequest, found: ParcelFile, written_down: Any) -> HttpResponseBase:
    """The file, written down first. What tells of young people is made at this moment: agreement may be taken back."""
    paper = None
    if request.method == "GET":
        paper = as_of_now(found, request.user)
        written_down(found=found, by=request.user)
    content = paper.content if paper else found.file.path.read_bytes()
    response = download_of([content], name="", kind=found.file.kind)
    response["Content-Disposition"] = content_disposition_header(True, found.file.name) or "attachment"
    return response
