"""The impact assessment and the record of processing, to read, to print and to take along."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from schools.models import Authority
from tracking.rights.assessment import Section, as_markdown, impact_assessment, record_of_activities
from tracking.rights.kinds import Kind

P = Permission
ASSESSMENT, ACTIVITIES = "Impact assessment", "Record of processing"
Made = Callable[[Authority, date], tuple[Section, ...]]


@needs(P.COPY_GIVE)
def assessment(request: HttpRequest) -> HttpResponse:
    """What could go wrong for young people, what stands against it, and what is left for people to judge."""
    return _page(request, ASSESSMENT, impact_assessment, reverse("impact_assessment_file"))


@needs(P.COPY_GIVE)
def assessment_file(request: HttpRequest) -> HttpResponse:
    """The same as text, in which the council writes what is left open."""
    return _file(request, ASSESSMENT, impact_assessment)


@needs(P.COPY_GIVE)
def activities(request: HttpRequest) -> HttpResponse:
    """What is done with facts about young people, why, on which ground, and how long they are kept."""
    return _page(request, ACTIVITIES, record_of_activities, reverse("record_of_activities_file"))


@needs(P.COPY_GIVE)
def activities_file(request: HttpRequest) -> HttpResponse:
    """The same as text."""
    return _file(request, ACTIVITIES, record_of_activities)


def _page(request: HttpRequest, title: str, made: Made, file: str) -> HttpResponse:
    shown = {"title": title, "sections": _sections(request, title, made), "on": clock.today(), "file": file}
    return render(request, "tracking/rights/assessment.html", shown)


def _file(request: HttpRequest, title: str, made: Made) -> HttpResponse:
    text = "".join(as_markdown(title, _sections(request, title, made), clock.today()))
    name = f"{title.lower().replace(' ', '-')}.md"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)


def _sections(request: HttpRequest, title: str, made: Made) -> tuple[Section, ...]:
    """What it says of the council worked for; that it was read stands in the trail."""
    note(Kind.ASSESSMENT_READ, by=request.user, authority_id=request.authority_id, why=title)
    return made(Authority.objects.get(pk=request.authority_id), clock.today())
