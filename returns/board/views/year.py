"""The year's calendar: what is due in which month, and setting a year up."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.words import many
from returns.board.views.frame import about, authority_of
from returns.board.year import months, years_with_returns
from returns.board.year_forms import SetUpForm
from returns.calendar.actions.terms import move_off_holidays
from returns.calendar.actions.year import set_up_year
from returns.calendar.queries.year import Proposal, in_holidays, proposals, terms_of
from returns.intake.layouts import LAYOUTS
from tracking.rules.academic_year import academic_year, year_words

P = Permission


@needs(P.RETURN_RECEIVE)
def year(request: HttpRequest) -> HttpResponse:
    """One school year by months."""
    today, authority = clock.today(), authority_of(request)
    years = years_with_returns(authority, today)
    asked = request.GET.get("year", "")
    chosen = int(asked) if asked in {str(each) for each in years} else academic_year(today)
    shown = {
        "year": chosen,
        "year_words": year_words(chosen),
        "years": [(each, year_words(each), each == chosen) for each in years],
        "next_year": academic_year(today) + 1,
        "next_year_words": year_words(academic_year(today) + 1),
        "months": months(authority, chosen, today),
        "has_terms": bool(terms_of(authority, chosen)),
        "in_holidays": in_holidays(authority, chosen, today),
        "missing": _missing(request, chosen),
    }
    return render(request, "returns/board/year.html", about(request, "returns_year", **shown))


def _missing(request: HttpRequest, year: int) -> int:
    """How many returns of the calendar the year may still ask for."""
    if year < academic_year(clock.today()):
        return 0
    return sum(each.is_wanted for each in _proposals(request, year))


def _proposals(request: HttpRequest, year: int) -> list[Proposal]:
    return proposals(authority_of(request), year, clock.today(), LAYOUTS.keys())


@needs(P.RETURN_RECEIVE)
def set_up(request: HttpRequest, year: int) -> HttpResponse:
    """What a year would ask for, to be ticked and moved; then one act makes it."""
    refuse_far_away(year)
    today = clock.today()
    found = _proposals(request, year)
    form = SetUpForm(request.POST or None, year=year, on=today, proposals=found)
    if request.method == "POST" and form.is_valid():
        wanted = form.wanted()
        made = set_up_year(authority=authority_of(request), year=year, wanted=wanted, by=request.user)
        messages.success(request, _said(made, year)) if made else messages.info(
            request, "No return was ticked."
        )
        return redirect(f"{reverse('returns_year')}?year={year}")
    shown = {
        "form": form,
        "year": year,
        "year_words": year_words(year),
        "before_words": year_words(year - 1),
        "from_before": any(each.is_as_before for each in found),
        "open_already": [each.planned.title for each in found if each.planned.opens_on <= today],
        "has_terms": bool(terms_of(authority_of(request), year)),
    }
    return render(request, "returns/board/set_up.html", shown)


def _said(made: int, year: int) -> str:
    words = many(made, "return is,returns are")
    return f"{words} in the calendar of {year_words(year)}. Each is asked for on the day it opens."


@require_POST
@needs(P.RETURN_RECEIVE)
def move(request: HttpRequest, year: int) -> HttpResponse:
    """What is planned for the holidays is due on the last school day before."""
    refuse_far_away(year)
    moved = move_off_holidays(authority=authority_of(request), year=year, by=request.user)
    messages.success(request, f"{many(moved, 'return,returns').capitalize()} moved to a school day.")
    return redirect(f"{reverse('returns_year')}?year={year}")


def refuse_far_away(year: int) -> None:
    """The running school year and the next may be changed."""
    running = academic_year(clock.today())
    if year not in (running, running + 1):
        raise Http404
