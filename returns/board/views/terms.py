"""The terms of a school year, and the holidays between them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from returns.board.views.frame import about, authority_of
from returns.board.views.year import refuse_far_away
from returns.board.year_forms import TermsForm
from returns.calendar.actions.terms import save_terms
from returns.calendar.queries.year import in_holidays, terms_of
from returns.calendar.rules.school_days import holidays
from returns.calendar.rules.terms import written
from tracking.rules.academic_year import ends_on, starts_on, year_words

P = Permission


@needs(P.RETURN_RECEIVE)
def school_terms(request: HttpRequest, year: int) -> HttpResponse:
    """Type or paste the terms; what is due in the holidays is pointed out."""
    refuse_far_away(year)
    authority = authority_of(request)
    here = terms_of(authority, year)
    form = TermsForm(request.POST or None, year=year, initial={"terms": written(here)})
    if request.method == "POST" and form.is_valid():
        save_terms(authority=authority, year=year, terms=form.cleaned_data["terms"], by=request.user)
        messages.success(request, f"The terms of {year_words(year)} are saved.")
        hit = in_holidays(authority, year, clock.today())
        return redirect(f"{reverse('returns_year')}?year={year}" if hit else request.path)
    first, last = starts_on(year), ends_on(year)
    shown = {
        "form": form,
        "year": year,
        "year_words": year_words(year),
        "terms": here,
        "closed": [each for each in holidays(terms_of(authority)) if first <= each.first <= last],
    }
    return render(request, "returns/board/terms.html", about(request, "returns_year", **shown))
