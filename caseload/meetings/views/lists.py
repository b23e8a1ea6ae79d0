"""Decisions of all meetings, young people with a plan whom none has talked about, provision that is missing."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.meetings.actions import gaps as acts
from caseload.meetings.forms import CloseGapForm, DecisionFilter, GapFilter, GapForm
from caseload.meetings.kinds import Kind
from caseload.meetings.models import Meeting, ProvisionGap
from caseload.meetings.queries.decisions import decisions_of, line_of
from caseload.meetings.queries.gaps import HEADINGS, as_rows, gaps_of, sectors_of, waiting_in
from caseload.meetings.queries.places import meetings_of
from caseload.meetings.queries.plans import not_discussed
from caseload.meetings.statements import GapTold
from caseload.meetings.views.frame import about
from caseload.views import Page, asked, authority_here, done, tried
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note, note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.reference.queries import ruleset
from tracking.register.queries.register import SORTS
from tracking.register.queries.seeking import sector_words

P = Permission
DECISION_SORTS = {
    "due": ("task__due_on", "pk"),
    "name": ("item__person__family_name", "item__person__given_name", "pk"),
    "meeting": ("item__meeting__held_on", "pk"),
}
GAP_SORTS = {"raised": ("raised_at", "pk"), "sector": ("sector", "pk"), "waiting": ("waiting", "pk")}
PEOPLE_SORTS = {name: SORTS[name] for name in ("name", "born")}


@needs(P.CASE_WORK)
def decisions(request: HttpRequest) -> HttpResponse:
    """What meetings decided about those this person sees: to do first."""
    form = DecisionFilter(request.GET)
    form.is_valid()
    state, whose = form.cleaned_data.get("state") or "open", form.cleaned_data.get("whose", "")
    found = decisions_of(request.user, state, whose)
    listing = listing_of(request.GET, sorts=DECISION_SORTS, first="due", filters=form.fields)
    listing = listing.counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = [line_of(each, clock.today()) for each in page]
    people = sorted({each.person.pk for each in lines})
    note_read(Kind.DECISIONS_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    shown = {"form": form, "listing": listing, "chosen": chosen(form, listing), "lines": lines}
    shown["total_words"] = many(listing.total, "decision,decisions").capitalize()
    return render(request, "caseload/meetings/decisions.html", about(request, "decisions", **shown))


@needs(P.CASE_WORK)
def plans_not_discussed(request: HttpRequest) -> HttpResponse:
    """EHC plan cases that the month's EHC plan meeting has not talked about."""
    asked_for = listing_of(request.GET, sorts=PEOPLE_SORTS, first="name")
    found = not_discussed(request.user, asked_for, clock.today())
    people = [each.person.pk for each in found.lines]
    note_read(Kind.AGENDA_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    shown = {"found": found, "listing": found.listing}
    return render(request, "caseload/meetings/plans.html", about(request, "plans_not_discussed", **shown))


@needs(P.CASE_WORK)
def gaps(request: HttpRequest) -> HttpResponse:
    """Provision that is missing, and what became of what was."""
    authority = authority_here(request)
    rules = ruleset(clock.today())
    form = GapFilter(request.GET, authority=authority, sectors=sectors_of(request.user, rules))
    found = gaps_of(request.user, form.wanted())
    listing = listing_of(request.GET, sorts=GAP_SORTS, first="raised", filters=form.fields)
    listing = listing.counted(found.count())
    shown = {
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "gaps": [
            (sector_words(each.sector, rules), each)
            for each in found.order_by(*listing.order_by)[listing.start : listing.stop]
        ],
        "waiting": waiting_in(found),
        "csv_url": f"{reverse('gaps_file')}{listing.link()}",
    }
    return render(request, "caseload/meetings/gaps.html", about(request, "gaps", **shown))


@needs(P.CASE_WORK)
def gaps_file(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file; nobody is named in it."""
    rules = ruleset(clock.today())
    form = GapFilter(request.GET, authority=authority_here(request), sectors=sectors_of(request.user, rules))
    found = list(gaps_of(request.user, form.wanted()).order_by("raised_at", "pk"))
    note(Kind.GAPS_TAKEN, by=request.user, authority_id=request.authority_id, counts={"gaps": len(found)})
    kind = StoredFile.Kind.CSV
    return download_of(csv_chunks(HEADINGS, as_rows(found, rules)), name="missing-provision.csv", kind=kind)


@needs(P.CASE_WORK)
def add_gap(request: HttpRequest) -> HttpResponse:
    """Raise a gap: from the list, in a meeting (`meeting` in the address), or from a record, with its district."""
    authority = authority_here(request)
    meeting = _meeting_asked(request)
    initial = {"district": request.GET.get("district") or (meeting.district_id if meeting else None)}
    form = GapForm(request.POST or None, initial=initial, authority=authority, rules=ruleset(clock.today()))
    back = reverse("room", args=[meeting.ref]) if meeting and meeting.opened_at else reverse("gaps")
    if request.method == "POST" and form.is_valid():
        told = form.told()
        act = partial(acts.raise_gap, authority=authority, told=told, by=request.user, meeting=meeting)
        if tried(form, act):
            return redirect(back)
    return asked(request, form, Page("Missing provision", back, "Raise it"))


def _meeting_asked(request: HttpRequest) -> Meeting | None:
    try:
        ref = UUID(request.GET.get("meeting", ""))
    except ValueError:
        return None
    return meetings_of(request.user).filter(ref=ref).first()


@needs(P.CASE_WORK)
def change_gap(request: HttpRequest, pk: int) -> HttpResponse:
    gap = _gap_here(request, pk)
    initial = {name: getattr(gap, name) for name in GapTold.__dataclass_fields__}
    form = GapForm(
        request.POST or None, initial=initial, authority=gap.authority, rules=ruleset(clock.today())
    )
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if tried(form, lambda: acts.change_gap(gap=gap, told=told, by=request.user)):
            return redirect("gaps")
    return asked(request, form, Page(f"Missing: {_words(gap)}", reverse("gaps")))


@require_POST
@needs(P.CASE_WORK)
def one_more_waits(request: HttpRequest, pk: int) -> HttpResponse:
    gap = _gap_here(request, pk)
    return done(request, partial(acts.one_more_waits, gap=gap, by=request.user), "One more waits.", "gaps")


@needs(P.CASE_WORK)
def close_gap(request: HttpRequest, pk: int) -> HttpResponse:
    gap = _gap_here(request, pk)
    form = CloseGapForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        how = form.cleaned_data["how_closed"]
        if tried(form, lambda: acts.close_gap(gap=gap, how=how, by=request.user)):
            return redirect("gaps")
    return asked(request, form, Page(f"Close: {_words(gap)}", reverse("gaps"), "Close it"))


def _words(gap: ProvisionGap) -> str:
    return sector_words(gap.sector, ruleset(clock.today()))


def _gap_here(request: HttpRequest, pk: int) -> ProvisionGap:
    return get_object_or_404(gaps_of(request.user).select_related("authority"), pk=pk)
