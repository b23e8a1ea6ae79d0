"""The one search box: posted, kept under a meaningless number, shown at an address that names nobody."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import STATES_A_REASON, Permission
from neet.audit.actions import note_read
from tracking.register.actions.searches import remember_search
from tracking.register.kinds import Kind
from tracking.register.models import SavedSearch
from tracking.register.queries.index import may_ask, search_index
from tracking.register.queries.search import search as look_for
from tracking.register.views.frame import acts, layout


@needs(Permission.SIGNED_IN)
def search(request: HttpRequest) -> HttpResponse:
    """Take what was typed and go to what was found."""
    if request.method != "POST":
        return redirect("home")
    kept = remember_search(words=request.POST.get("words", "").replace("\x00", ""), by=request.user)
    return redirect("found", ref=kept.ref)


@needs(Permission.SIGNED_IN)
def found(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who was found: one's own young people, and whom to ask about the others."""
    kept = get_object_or_404(SavedSearch, ref=ref, user=request.user)
    today = clock.today()
    reads = request.scope.can(Permission.PERSON_READ)
    result = look_for(request.user, kept.words, today) if reads else None
    own = frozenset(each.line.pk for each in result.found) if result else frozenset()
    others = search_index(request.user, kept.words, today, without=own)
    note_read(
        Kind.LIST_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[*own, *(each.pk for each in others)],
    )
    shown = {
        "layout": layout(request),
        "searched_words": f"You searched for “{kept.words}”" if kept.words else "",
        "own_words": "Those you look after",
        "result": result,
        "others": others,
        "asks": may_ask(request.user),
        "asks_reason": not request.scope.roles.isdisjoint(STATES_A_REASON),
        "opens": reads,
        "acts": acts(request),
    }
    return render(request, "tracking/search.html", shown)
