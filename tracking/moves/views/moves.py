"""The board of moves, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.moves.actions.nightly import LATE
from tracking.moves.forms import MovesFilter
from tracking.moves.kinds import Kind
from tracking.moves.queries.seen import councils_of, limit, moves_seen_by, tallies, wanted_moves
from tracking.moves.queries.shown import move_lines, move_page, subjects
from tracking.register.models import Task
from tracking.register.queries.people import NotVisible
from tracking.tabs import tabs

P = Permission
SORTS = {
    "asked": ("asked_at", "pk"),
    "moved": ("moved_on", "pk"),
    "state": ("state", "asked_at", "pk"),
}


@needs(P.TRANSFER)
def listed(request: HttpRequest) -> HttpResponse:
    """Moves to and from us, the oldest first, and how many stand how."""
    today = clock.today()
    form = MovesFilter(request.GET)
    found = wanted_moves(request.user, form.wish(), today)
    listing = listing_of(request.GET, sorts=SORTS, first="asked", filters=form.fields).counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    lines = move_lines(page, request.user, today)
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=subjects(lines))
    shown = {
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "tallies": tallies(request.user, today),
        "limit": limit(today),
        "beside": tabs(request, "moves"),
        "total_words": many(listing.total, "move,moves").capitalize(),
    }
    return render(request, "tracking/moves/moves.html", shown)


@needs(P.TRANSFER)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One move: its course, what each council may do now, and what is handed over."""
    page = move_page(moves_seen_by(request.user).filter(pk=pk), request.user, clock.today())
    if page is None:
        raise NotVisible
    move = page.line.move
    read = [move.person_id] if page.handed and move.person_id else subjects([page.line])
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=read)
    return render(request, "tracking/moves/move.html", {"page": page, "line": page.line, "move": move})


@needs(P.TRANSFER)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """A task about a late move leads to the move."""
    mine = Task.objects.filter(kind=LATE, authority__in=councils_of(request.user))
    found = get_object_or_404(mine, pk=pk)
    return redirect("move", pk=int(found.cause.removeprefix("move ")))
