"""The yearly letters: for everybody as one file, or for one establishment at once."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download
from neet.files.models import StoredFile
from neet.jobs.actions import submit
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from returns.board.letters import PURPOSE, make_letter
from returns.board.views.frame import about, authority_of
from returns.calendar.queries.expected import collections_of, received_by
from tracking.rules.academic_year import academic_year, year_words

P = Permission
JOB = "returns.letters_to_heads_made"


@needs(P.RETURN_RECEIVE)
def letters(request: HttpRequest) -> HttpResponse:
    """For which years letters can be made, to how many establishments they go, and the files that are there."""
    rows = (
        received_by(request.user)
        .filter(waived_on=None, establishment__isnull=False)
        .order_by("-collection__academic_year")
        .values("collection__academic_year")
        .annotate(places=Count("establishment", distinct=True), returns=Count("collection", distinct=True))
    )
    newest, done = _jobs(request)
    years = [
        {
            "year": year,
            "words": year_words(year),
            "places": row["places"],
            "returns": row["returns"],
            "progress": _progress(newest.get(year)),
            "made_at": done[year].finished_at if year in done else None,
        }
        for row in rows
        for year in [row["collection__academic_year"]]
    ]
    shown = {"years": years, "planned": collections_of(request.user).exists()}
    return render(request, "returns/board/letters_page.html", about(request, "letters", **shown))


def _jobs(request: HttpRequest) -> tuple[dict[int, Job], dict[int, Job]]:
    """The newest job of each year, and the newest that made a file."""
    found = list(Job.objects.filter(kind=JOB, authority_id=request.authority_id).order_by("pk")[:500])
    newest = {each.payload["year"]: each for each in found}
    return newest, {each.payload["year"]: each for each in found if each.state == Job.State.DONE}


def _progress(job: Job | None) -> Any:
    """What goes on, or what failed; nothing once it is done."""
    if job is None or job.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    return progress_of(job, title="Making the letters", unit="letters", next_url=reverse("letters"))


@require_POST
@needs(P.RETURN_RECEIVE)
def make(request: HttpRequest, year: int) -> HttpResponse:
    """The letters of a year as one file, made beside this page; or one establishment's alone (`only`) at once."""
    _refuse_far_away(year)
    only = _number(request, "only")
    if only is not None:
        return _one(request, year, only)
    newest, _ = _jobs(request)
    if not (year in newest and newest[year].is_open):
        ring(submit(kind=JOB, by=request.user, authority_id=request.authority_id, payload={"year": year}))
    return redirect("letters")


def _one(request: HttpRequest, year: int, only: int) -> HttpResponse:
    content = make_letter(
        authority=authority_of(request), year=year, only=only, on=clock.today(), by=request.user
    )
    if not content:
        messages.info(request, "Nothing is asked of them in that year, so there is no letter.")
        return redirect("letters")
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="letter-{year_words(year)}.pdf"'
    return answer


@needs(P.RETURN_RECEIVE)
def letters_file(request: HttpRequest, year: int) -> HttpResponseBase:
    """The newest file of a year's letters; where there is none, the page on which it is made."""
    _refuse_far_away(year)
    made = _jobs(request)[1].get(year)
    if made is None:
        return redirect("letters")
    files = StoredFile.objects.filter(authority_id=request.authority_id, purpose=PURPOSE)
    return download(get_object_or_404(files, pk=made.counts["file"]))


def _refuse_far_away(year: int) -> None:
    if not 2000 <= year <= academic_year(clock.today()) + 2:
        raise Http404


def _number(request: HttpRequest, name: str) -> int | None:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
