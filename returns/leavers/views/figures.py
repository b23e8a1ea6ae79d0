"""How schools and colleges tell us: the council's board, and each one's own page."""

from collections.abc import Callable
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.listing import listing_of
from returns.intake.views.tabs import tabs
from returns.leavers.kinds import Kind
from returns.leavers.queries.feedback import Feedback, rows_for
from returns.leavers.queries.providers import Provider, Span, providers, spans
from returns.leavers.rules.figures import what_would_help
from returns.leavers.shown import shown
from schools.models import Authority, Establishment

P = Permission
FIRST = "year"
ORDER: dict[str, Callable[[Provider], Fraction | int | str | None]] = {
    "name": lambda each: each.name.casefold(),
    "punctual": lambda each: each.figures.punctual,
    "errors": lambda each: each.figures.error_rate,
    "notified": lambda each: each.figures.notified,
    "days": lambda each: each.figures.days,
    "reasons": lambda each: each.figures.reasons,
    "leavers": lambda each: each.figures.leaver_rate,
}

OF_RETURNS = frozenset({"name", "punctual", "errors"})  # an order by what is not shown would show it


@needs(P.FIGURES_READ)
def provider_figures(request: HttpRequest) -> HttpResponse:
    """Every school, college and provider beside each other. Who sees no records sees no small numbers, and of a year
    that is not over no leavers at all: from one day to the next they would be few."""
    offered = spans(clock.today())
    chosen = request.GET.get("period", FIRST)
    chosen = chosen if chosen in offered else FIRST
    sees_small = request.scope.can(P.RETURN_RECEIVE)
    found = providers(_councils(request, P.FIGURES_READ), offered[chosen][1])
    sorts: dict[str, tuple[str, ...]] = dict.fromkeys(ORDER, ())
    listing = listing_of(request.GET, sorts=sorts, first="name", filters=["period"]).counted(len(found))
    by = listing.sort if sees_small or listing.sort in OF_RETURNS else "name"
    ordered = _ordered(found, by, is_descending=listing.descending)
    context = {
        "tabs": tabs("provider_figures") if sees_small else [],
        "listing": listing,
        "lines": [shown(each, hides=not sees_small) for each in ordered[listing.start : listing.stop]],
        "periods": [(slug, words, slug == chosen) for slug, (words, _) in offered.items()],
        "hides": not sees_small,
        "with_people": sees_small or chosen != FIRST,
    }
    return render(request, "returns/leavers/providers.html", context)


@needs(P.RETURN_CONTRIBUTE)
def own_figures(request: HttpRequest) -> HttpResponse:
    """A school's or college's own figures, what would help, and what became of those it told us of."""
    span = spans(clock.today())[FIRST][1]
    places = [
        (place.authority_id, place.establishment_id)
        for place in request.scope.where(P.RETURN_CONTRIBUTE)
        if place.authority_id and place.establishment_id
    ]
    found = providers({council for council, _ in places}, span, [place for _, place in places])
    feedback = _feedback(places, span)
    named = [each.person_id for _, became in feedback for each in became.named]
    if named:
        note_read(Kind.FIGURES_READ, by=request.user, authority_id=request.authority_id, subjects=named)
    context = {
        "own": [(shown(each), what_would_help(each.figures)) for each in found],
        "feedback": feedback,
        "since": span.since,
    }
    return render(request, "returns/leavers/own.html", context)


def _feedback(places: list[tuple[int, int]], span: Span) -> list[tuple[Establishment, Feedback]]:
    councils = Authority.objects.in_bulk([council for council, _ in places])
    establishments = Establishment.objects.in_bulk([place for _, place in places])
    return [
        (establishments[place], rows_for(establishments[place], councils[council], span.since))
        for council, place in sorted(set(places))
    ]


def _councils(request: HttpRequest, permission: Permission) -> list[int]:
    return sorted({place.authority_id for place in request.scope.where(permission) if place.authority_id})


def _ordered(found: list[Provider], by: str, *, is_descending: bool) -> list[Provider]:
    """By one figure; those without it come last either way, and equal ones by name."""
    value = ORDER[by]
    named = sorted(found, key=lambda each: (each.name.casefold(), each.pk))
    with_it = [each for each in named if value(each) is not None]
    without = [each for each in named if value(each) is None]
    return sorted(with_it, key=value, reverse=is_descending) + without  # type: ignore[arg-type]  # none of them is None
