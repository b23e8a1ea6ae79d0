"""Leavers who live with another council: of whom each is to be told, the file for it, and that it was told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note, note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import Sheet, xlsx_bytes
from neet.ui.words import many
from returns.intake.views.tabs import tabs
from returns.leavers.actions import mark_told
from returns.leavers.kinds import Kind
from returns.leavers.queries.homes import HEADINGS, Home, homes, lines_of, to_tell
from schools.models import Authority
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import academic_year, starts_on
from tracking.rules.codes import AreaKind

P = Permission


@needs(P.RETURN_RECEIVE)
def home_authorities(request: HttpRequest) -> HttpResponse:
    """The councils in which leavers live, with how many each is to be told of and was told of."""
    shown = {"tabs": tabs("home_authorities"), "homes": _homes(request)}
    return render(request, "returns/leavers/homes.html", shown)


@needs(P.RETURN_RECEIVE)
def home_authority(request: HttpRequest, code: str) -> HttpResponse:
    """Of whom one council is to be told; those ticked were told."""
    home = _home(request, code)
    if request.method == "POST":
        ticked = [int(each) for each in request.POST.getlist("ticked") if each.isdecimal()]
        told = mark_told(rows=ticked, authority_id=request.authority_id, by=request.user)
        words = f"{many(told, 'leaver,leavers').capitalize()} marked: {home.name} was told."
        if ticked:
            messages.success(request, words)
        else:
            messages.warning(request, "Tick at least one. Nothing was changed.")
        return redirect("home_authority", code=code)
    lines = to_tell(request.user, code)
    note_read(
        Kind.HOME_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[each.person.pk for each in lines],
    )
    answers_here = Authority.objects.filter(code=code).exists() and request.scope.can(P.TRANSFER)
    shown = {"home": home, "lines": lines, "may_propose": answers_here}
    return render(request, "returns/leavers/home.html", shown)


@needs(P.RETURN_RECEIVE)
def home_authority_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """The file for one council: those it is still to be told of."""
    home = _home(request, code)
    lines = to_tell(request.user, code)
    if request.method == "GET":
        note(
            Kind.HOME_FILE,
            by=request.user,
            authority_id=request.authority_id,
            subjects=[each.person.pk for each in lines],
            counts={"people": len(lines)},
        )
    content = xlsx_bytes(Sheet("Leavers", HEADINGS, lines_of(lines)))
    return download_of([content], name=f"Leavers for {home.code}.xlsx", kind=StoredFile.Kind.XLSX)


def _homes(request: HttpRequest) -> list[Home]:
    return homes(request.user, starts_on(academic_year(clock.today())))


def _home(request: HttpRequest, code: str) -> Home:
    """One council of the country, with what it is to be told; else there is nothing here."""
    area = ruleset(clock.today()).areas.get(code)
    if area is None or area.kind is not AreaKind.AUTHORITY:
        raise Http404
    found = next((each for each in _homes(request) if each.code == code), None)
    return found or Home(code, area.label, 0, 0)
