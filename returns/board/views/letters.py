"""The yearly letters: for everybody at once, or for one establishment."""

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from returns.board.letters import PER_FILE, Which, make_letters
from returns.board.views.frame import about
from returns.calendar.queries.expected import collections_of, received_by
from schools.models import Authority
from tracking.rules.academic_year import academic_year, year_words

P = Permission


@needs(P.RETURN_RECEIVE)
def letters(request: HttpRequest) -> HttpResponse:
    """For which years letters can be made, and to how many establishments they go."""
    rows = (
        received_by(request.user)
        .filter(waived_on=None)
        .order_by("-collection__academic_year")
        .values("collection__academic_year")
        .annotate(places=Count("establishment", distinct=True), returns=Count("collection", distinct=True))
    )
    years = [
        {
            "year": row["collection__academic_year"],
            "words": year_words(row["collection__academic_year"]),
            "places": row["places"],
            "parts": _parts(row["places"]),
            "returns": row["returns"],
        }
        for row in rows
    ]
    shown = {"years": years, "planned": collections_of(request.user).exists()}
    return render(request, "returns/board/letters_page.html", about(request, "letters", **shown))


@require_POST
@needs(P.RETURN_RECEIVE)
def make(request: HttpRequest, year: int) -> HttpResponse:
    """The letters of a year as one PDF, or one establishment's alone (`only`)."""
    if not 2000 <= year <= academic_year(clock.today()) + 2:
        raise Http404
    which = Which(year, _number(request, "only"), max(1, _number(request, "part") or 1))
    authority = Authority.objects.get(pk=request.authority_id)
    content = make_letters(authority=authority, which=which, on=clock.today(), by=request.user)
    if not content:
        messages.info(request, "Nothing is asked of anybody in that year, so there is no letter.")
        return redirect("letters")
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="letters-{year_words(year)}-{which.part}.pdf"'
    return answer


def _parts(places: int) -> list[tuple[str, dict[str, int]]]:
    """The files the letters of a year come in: the words of each button and what it asks for."""
    if places <= PER_FILE:
        return [("Make the letters (PDF)", {"part": 1})]
    firsts = range(1, places + 1, PER_FILE)
    return [
        (f"Letters {first} to {min(first + PER_FILE - 1, places)} (PDF)", {"part": number})
        for number, first in enumerate(firsts, 1)
    ]


def _number(request: HttpRequest, name: str) -> int | None:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
