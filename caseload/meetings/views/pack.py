"""The pack of a meeting in one click: for whoever takes it as they may see it, and without names for outsiders."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from caseload.meetings.kinds import Kind
from caseload.meetings.models import Meeting
from caseload.meetings.queries.pack import outsiders_pack, pack_of
from caseload.meetings.queries.places import title_of
from caseload.meetings.views.frame import led_here, meeting_here
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile

P = Permission


@needs(P.CASE_WORK)
def meeting_pack(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """Agenda by parts, one line for each young person this colleague may see, last time's decisions, the trend."""
    meeting = meeting_here(request, ref)
    today = clock.today()
    pack = pack_of(meeting, request.user, today)
    authority = meeting.type.authority_id
    note_read(Kind.PACK_MADE, by=request.user, authority_id=authority, subjects=pack.people)
    shown = {
        **_frame(request, meeting),
        "pack": pack,
    }
    return _file(pdf_of("caseload/meetings/pack.html", shown), "meeting-pack", meeting)


@needs(P.MEETING_LEAD)
def outsiders_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """For people from outside: numbered cases without a name."""
    meeting = led_here(request, ref)
    if not meeting.type.has_outsiders:
        raise Http404
    pack = outsiders_pack(meeting, request.user, clock.today())
    authority = meeting.type.authority_id
    note_read(Kind.OUTSIDERS_PACK_MADE, by=request.user, authority_id=authority, subjects=pack.people)
    shown = {**_frame(request, meeting), "pack": pack}
    return _file(pdf_of("caseload/meetings/outsiders.html", shown), "meeting-outsiders", meeting)


def _frame(request: HttpRequest, meeting: Meeting) -> dict[str, object]:
    return {
        "meeting": meeting,
        "title": title_of(meeting),
        "council": str(meeting.type.authority),
        "made_at": clock.now(),
        "made_by": request.user,
        "attendees": meeting.attendees.select_related("user", "service", "instead_of"),
    }


def _file(content: bytes, name: str, meeting: Meeting) -> HttpResponseBase:
    return download_of([content], name=f"{name}-{meeting.held_on}.pdf", kind=StoredFile.Kind.PDF)
