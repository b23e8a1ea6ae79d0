"""Who was not spoken to in time, who has how many calls, sharing them out and giving some to a colleague."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from caseload.chase.actions.sharing import give, share_out
from caseload.chase.forms import CallsFilter, GiveForm, ShareForm
from caseload.chase.kinds import Kind
from caseload.chase.queries.calling import call_list
from caseload.chase.queries.protocol import breaches, late_counts, workers_of
from caseload.chase.queries.sharing import moves, shares
from caseload.chase.statements import CallLine
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.clock import LONDON
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from schools.models import Authority
from tracking.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.queries.register import lines_of
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers

P = Permission
SORTS: Mapping[str, tuple[str, ...]] = {"late": ()}
NOTHING_TICKED = "calls_nothing_ticked"
MOST = 200


@needs(P.CASE_WORK)
def late(request: HttpRequest) -> HttpResponse:
    """Who should have been spoken to by now, the longest first (R78)."""
    today = clock.today()
    listing = listing_of(request.GET, sorts=SORTS, first="late")
    listing, lines = breaches(request.user, today, listing)
    counts = late_counts(request.user, today)
    _note(request, [each.person_id for each in lines])
    shown = {
        "tabs": tabs(request, "calls_late", CALLS),
        "listing": listing,
        "lines": lines,
        "counts": counts,
        "by_worker": _most_first(counts.by_worker, "Nobody yet"),
        "by_district": _most_first(counts.by_district, "No district known"),
        "total_words": many(listing.total, "young person,young people").capitalize(),
    }
    return render(request, "caseload/chase/late.html", shown)


def _most_first(counted: Mapping[str, int], nobody: str) -> list[tuple[str, int]]:
    named = ((name or nobody, number) for name, number in counted.items())
    return sorted(named, key=lambda each: (-each[1], each[0]))


@needs(P.REBALANCE)
def shared(request: HttpRequest) -> HttpResponse:
    """Who has how many, and the form that evens them out: what it would do first, then the doing."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    form = ShareForm(answers(request), authority_id=authority.pk)
    preview = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("act") == "share" and _shared(request, authority, form):
            return redirect("calls_shared")
        preview = _preview(request, form)
    shown = {
        "tabs": tabs(request, "calls_shared", CALLS),
        "shares": shares(request.user, authority, clock.today()),
        "form": form,
        "preview": preview,
    }
    return render(request, "caseload/chase/shared.html", shown)


def _shared(request: HttpRequest, authority: Authority, form: ShareForm) -> bool:
    try:
        given = share_out(authority=authority, among=form.users(), only=form.wanted(), by=request.user)
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        raise NotVisible from None
    people = many(sum(given.values()), "young person,young people").capitalize()
    messages.success(request, f"{people} shared out among {many(len(form.users()), 'officer,officers')}.")
    return True


def _preview(request: HttpRequest, form: ShareForm) -> dict[str, Any]:
    """How many each would have, and how many would change hands."""
    held, changing = moves(request.user, form.users(), form.wanted(), clock.today())
    return {
        "lines": [(each.name, held.get(each.pk, 0)) for each in form.cleaned_data["among"]],
        "changing": changing,
        "people": sum(held.values()),
    }


@needs(P.REBALANCE)
def to_move(request: HttpRequest) -> HttpResponse:
    """The calls with tick boxes, and with whom each is now."""
    form = CallsFilter({"whose": "all", **request.GET.dict()}, authority_ids=request.scope.authority_ids)
    listing = listing_of(request.GET, sorts={"worth": ()}, first="worth", filters=form.fields)
    now = clock.now().astimezone(LONDON)
    listing, lines = call_list(request.user, form.wanted(), listing, clock.today(), now)
    _note(request, [each.person_id for each in lines])
    shown = {
        "tabs": tabs(request, "calls_shared", CALLS),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": _with_workers(lines),
        "total_words": many(listing.total, "young person,young people").capitalize(),
        "error": "Select at least one young person" if request.session.pop(NOTHING_TICKED, False) else "",
    }
    return render(request, "caseload/chase/move.html", shown)


def _with_workers(lines: tuple[CallLine, ...]) -> list[tuple[CallLine, str]]:
    workers = workers_of([each.person_id for each in lines], clock.today())
    return [(each, workers.get(each.person_id, "")) for each in lines]


@require_POST
@needs(P.REBALANCE)
def move(request: HttpRequest) -> HttpResponse:
    """Whom the ticked are given to; with the answer, it is done."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    people = _ticked(request)
    if not people:
        request.session[NOTHING_TICKED] = True
        return redirect("calls_to_move")
    form = GiveForm(request.POST if "to" in request.POST else None, authority_id=authority.pk)
    if form.is_valid():
        asked = {"people": [each.pk for each in people], "user": form.cleaned_data["to"]}
        try:
            number = give(authority=authority, by=request.user, **asked)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            given = many(number, "young person,young people").capitalize()
            messages.success(request, f"{given} given to {form.cleaned_data['to'].name}.")
            return redirect("calls_shared")
    subjects = [each.pk for each in people]
    _note(request, subjects)
    lines = lines_of(
        YoungPerson.objects.filter(pk__in=subjects).order_by("family_name", "given_name", "pk"),
        request.user,
        clock.today(),
    )
    workers = workers_of(subjects, clock.today())
    shown = {"form": form, "lines": [(each, workers.get(each.pk, "")) for each in lines]}
    return render(request, "caseload/chase/give.html", shown)


def _ticked(request: HttpRequest) -> list[YoungPerson]:
    found = []
    for text in request.POST.getlist("ticked")[:MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    seen = YoungPerson.objects.visible_to(request.user)
    return list(seen.filter(ref__in=found, authority=request.authority_id).order_by("pk"))


def _note(request: HttpRequest, subjects: list[int]) -> None:
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
