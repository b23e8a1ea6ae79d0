"""How well people are told apart: for who keeps the register, and without a list of anybody for who watches over it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from returns.intake.queries import how_well as queries
from returns.intake.rules.how_well import Told, is_few, may_be_shown, together
from returns.intake.views.tabs import tabs
from tracking.figures.reader import sees_every_number


@dataclass(frozen=True)
class Shown:
    """One line of the table; `words` is empty for a month."""

    words: str
    month: queries.Month | None
    told: Told


@needs(Permission.JOB_READ)
def how_well(request: HttpRequest) -> HttpResponse:
    """Links made unseen and what became of them, by month; who sees no records reads the whole, and nothing of few."""
    if request.authority_id is None:
        return redirect("home")
    by_month = queries.months(request.authority_id)
    whole = together(each.told for each in by_month)
    sees_all = sees_every_number(request.scope)
    bands = queries.bands(request.authority_id)
    apart = queries.taken_apart(request.authority_id)
    few_pairs = any(is_few(number) for each in bands for number in (each.same, each.two)) or is_few(apart)
    shown = {
        "tabs": tabs("how_well") if request.scope.can(Permission.RETURN_RECEIVE) else [],
        "whole": whole if sees_all or may_be_shown(whole) else None,
        "lines": [Shown("All months", None, whole), *(Shown("", each, each.told) for each in by_month)]
        if sees_all
        else [Shown("All months", None, whole)],
        "is_anything": whole.all > 0,
        "sees_all": sees_all,
        "bands": bands if sees_all or not few_pairs else [],
        "any_pair": any(each.same or each.two for each in bands),
        "apart": apart,
        "few_pairs": few_pairs and not sees_all,
        "in_force": [
            (words, found)
            for words, found in (
                ("For returns and lists", queries.for_returns(request.authority_id)),
                ("For the register itself", queries.for_the_register(request.authority_id)),
            )
            if found
        ],
    }
    return render(request, "returns/intake/how_well.html", shown)
