"""Which letters are due, to whom, and making a batch of one; what stands on every letter."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.letters.actions.making import make_batch, save_letterhead
from caseload.letters.documents import example
from caseload.letters.forms import LetterheadForm, MakeForm
from caseload.letters.kinds import SET_AS_FILE, Kind
from caseload.letters.models import LetterBatch, Letterhead
from caseload.letters.queries import due
from caseload.letters.queries.batches import batch_lines, words_of
from caseload.letters.queries.contents import headed
from caseload.letters.queries.ways import ways_of
from caseload.letters.statements import Wanted
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.jobs.actions import submit
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of
from neet.ui.words import many
from returns.surveys.rules import ENGLISH
from tracking.register.queries.register import SORTS, listed
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rules.letters import LetterSeries

P = Permission
NEWEST = {"newest": ("-made_at", "-pk")}
ONLY_SORTS = {name: SORTS[name] for name in ("name", "born")}


@needs(P.CONTACT_MANY)
def board(request: HttpRequest) -> HttpResponse:
    """Every letter with how many it is due to today, and the batches that were made."""
    today = clock.today()
    found = batch_lines(request.user, request.authority_id)
    listing = listing_of(request.GET, sorts=NEWEST, first="newest").counted(found.count())
    batches = found.order_by(*listing.order_by)[listing.start : listing.stop]
    shown = {
        "tabs": tabs(request, "letters_board", CALLS),
        "standings": due.board(request.user, request.authority, today),
        "listing": listing,
        "batches": [(each, words_of(each.series, each.due_on)) for each in batches],
        "has_head": Letterhead.objects.filter(authority=request.authority_id).exists(),
    }
    return render(request, "caseload/letters/board.html", shown)


@needs(P.CONTACT_MANY)
def due_list(request: HttpRequest, code: str) -> HttpResponse:
    """Who is due one letter today and why, who cannot be written to, and what the letter says."""
    return _due_page(request, _series(request, code))


@require_POST
@needs(P.CONTACT_MANY)
def make(request: HttpRequest, code: str) -> HttpResponse:
    """A batch for everybody on the list, or for the ticked alone; its file is set in the background."""
    series, today = _series(request, code), clock.today()
    way, language = _make_form(series, request.POST).chosen()
    only = None
    if request.POST.get("whom") == "ticked":
        only = frozenset(int(each) for each in request.POST.getlist("ticked") if each.isdecimal())
        if not only:
            return _due_page(request, series, error="Tick the young people first")
    wanted = Wanted(series.code, today, language, only, way)
    try:
        batch = make_batch(authority=request.authority, wanted=wanted, by=request.user)
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
        return redirect("letters_due", code=series.code)
    except NotPermitted:
        raise Http404 from None
    if batch.way == LetterBatch.Way.PRINT:
        ask_for_file(request, batch)
    return redirect("letter_batch", ref=batch.ref)


def _make_form(series: LetterSeries, said: Any = None) -> MakeForm:
    return MakeForm(said, ways=ways_of(series), languages=due.languages_of(series, clock.today()))


def ask_for_file(request: HttpRequest, batch: LetterBatch) -> None:
    """Have the file of a batch made."""
    payload = {"batch": batch.pk}
    ring(submit(kind=SET_AS_FILE, by=request.user, authority_id=batch.authority_id, payload=payload))


def _series(request: HttpRequest, code: str) -> LetterSeries:
    found = {each.code: each for each in due.series_at(request.authority, clock.today())}
    if code not in found:
        raise Http404
    return found[code]


def _due_page(request: HttpRequest, series: LetterSeries, error: str = "") -> HttpResponse:
    today = clock.today()
    people = due.due_people(request.user, request.authority, series, today)
    listing = listing_of(request.GET, sorts=ONLY_SORTS, first="name")
    page = listed(due.writable(people), request.user, listing, today)
    left_out = due.cannot_be_written_to(people, request.user, today)
    seen = [each.pk for each in page.people] + [each.who.pk for each in left_out]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    shown = {
        "tabs": tabs(request, "letters_board", CALLS),
        "series": series,
        "in_season": series.audience.in_season(today),
        "follows": words_of(series.follows.code, today) if series.follows.code else "",
        "people": page.people,
        "listing": page.listing,
        "left_out": left_out,
        "form": _make_form(series),
        "error": error,
        "total_words": many(page.listing.total, "letter,letters").capitalize(),
        "whole": reverse("make_letter_batch", args=[series.code]),
        **example_of(request, series, ENGLISH),
    }
    return render(request, "caseload/letters/due.html", shown)


def example_of(request: HttpRequest, series: LetterSeries, language: str) -> dict:
    """The letterhead, and the letter about somebody invented; each None where there is none."""
    today = clock.today()
    head = headed(request.authority)
    wording = due.wording_of(series.wording, language, today)
    if head is None or wording is None:
        return {"head": head, "example": None}
    return {"head": head, "example": example(head, wording, series.reply.due_on(today))}


@needs(P.CONTACT_MANY)
def letterhead(request: HttpRequest) -> HttpResponse:
    """Where letters come back to, and who signs."""
    now = Letterhead.objects.filter(authority=request.authority_id).first()
    form = LetterheadForm.of(answers(request), now)
    if request.method == "POST" and form.is_valid():
        try:
            save_letterhead(authority=request.authority, head=form.head(), by=request.user)
        except NotPermitted:
            raise Http404 from None
        messages.success(request, "Saved. It stands on every letter made from now on.")
        return redirect("letters_board")
    shown = {
        "form": form,
        "title": "What stands on letters",
        "lead": f"Beside the name of {request.authority}, and how to reach you.",
        "button": "Save",
        "back_url": reverse("letters_board"),
    }
    return render(request, "one_form.html", shown)
