"""A council's public figures for those without an account: nothing is counted, nothing can be chosen but a month."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from neet import clock
from neet.accounts.access import anyone
from neet.accounts.limits import within
from neet.files.downloads import download
from schools.models import Authority
from tracking.public.models import PublicFigures, PublicRelease
from tracking.public.queries import council_open, digest_of_link, public_releases, reader_by
from tracking.released.queries import councils_of, month_of
from tracking.rules.months import ReportingMonth

WHY = "figures two people have signed off for the public; small numbers are held back"
HELD, WRONG = "public_reader", "public_reader_wrong"
FILES = ("pdf", "csv", "sheet")
MONTHS_SHOWN = 13


@never_cache
@anyone(WHY)
@require_safe
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the link's digest in the session and go on without it in the address."""
    reader = reader_by(digest_of_link(token), clock.today())
    if reader is None:
        within(request, action=WRONG)
        raise Http404
    request.session[HELD] = reader.digest
    response = redirect("public_figures", council=reader.authority.code)
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@anyone(WHY)
@require_safe
def months(request: HttpRequest, council: str) -> HttpResponse:
    """The months that are public, with the council's own line of each."""
    authority = _council(request, council)
    releases = list(public_releases(authority.pk)[:MONTHS_SHOWN])
    lines = councils_of(each.freeze for each in releases)
    shown = {
        "authority": authority,
        "months": [(ReportingMonth(each.month), lines[each.freeze_id]) for each in releases],
    }
    return render(request, "tracking/public/public_months.html", shown)


@never_cache
@anyone(WHY)
@require_safe
def month(request: HttpRequest, council: str, month: str) -> HttpResponse:
    """One month's tables and its files."""
    release = _release(request, council, month)
    shown: dict[str, Any] = {
        "release": release,
        "authority": release.authority,
        "found": month_of(release.freeze),
    }
    return render(request, "tracking/public/public_month.html", shown)


@never_cache
@anyone(WHY)
@require_safe
def file(request: HttpRequest, council: str, month: str, which: str) -> Any:
    """The bytes that were signed off."""
    if which not in FILES:
        raise Http404
    return download(getattr(_release(request, council, month), which))


def _council(request: HttpRequest, code: str) -> Authority:
    """The council of an address, where it opens its figures to whoever asks; else it is not there."""
    found = council_open(code)
    if found is None:
        raise Http404
    authority, settings = found
    if settings.open_to == PublicFigures.OpenTo.LISTED:
        reader = reader_by(request.session.get(HELD, ""), clock.today())
        if reader is None or reader.authority_id != authority.pk:
            raise Http404
    return authority


def _release(request: HttpRequest, council: str, slug: str) -> PublicRelease:
    authority = _council(request, council)
    try:
        ends_on = ReportingMonth.read(slug).ends_on
    except ValueError:
        raise Http404 from None
    found = public_releases(authority.pk).filter(month=ends_on).first()
    if found is None:
        raise Http404
    return found
