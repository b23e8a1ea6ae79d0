"""Files handed out: the one to fill in, and a school's own file with what is wrong. Each is written down before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.reader import Unreadable
from returns.intake.kinds import Kind
from returns.intake.papers import Paper, returned_of, template_of
from returns.intake.views.frame import about, expected_of, intake_of


@needs(Permission.RETURN_READ)
def return_template(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The file to fill in, with the pupils we know of."""
    expected = expected_of(request, ref)
    learners = about(request, expected)["who"].partition(",")[2]
    return _handed_out(request, expected.collection.authority_id, template_of(expected, learners))


@needs(Permission.RETURN_READ)
def returned_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """A school's own file, with what to change in words."""
    intake = intake_of(request, ref)
    if intake.file is None:
        return redirect("intake", ref=ref)
    try:
        paper = returned_of(intake, only_wrong="all" not in request.GET)
    except Unreadable as problem:
        messages.warning(request, str(problem))
        return redirect("intake", ref=ref)
    return _handed_out(request, intake.authority_id, paper)


def _handed_out(request: HttpRequest, authority_id: int, paper: Paper) -> HttpResponse:
    if request.method == "GET":
        note(
            Kind.FILE_HANDED_OUT,
            by=request.user,
            authority_id=authority_id,
            subjects=paper.people,
            counts={"people": len(paper.people)},
        )
    return download_of([paper.content], name=paper.name, kind=StoredFile.Kind.XLSX)
