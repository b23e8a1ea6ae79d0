"""Sending a return: the file or a page to answer on, which heading holds what, and our own file to fill in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.actions import CannotStore, remove, store
from neet.files.reader import Unreadable
from neet.jobs.tasks import ring
from returns.calendar.models import ExpectedReturn
from returns.intake.actions.checking import ask_to_check
from returns.intake.actions.receiving import begin_on_page, begin_with_file, set_columns
from returns.intake.forms.sending import ColumnsForm, FileForm
from returns.intake.headings import headings_of
from returns.intake.models import Intake
from returns.intake.refusals import ColumnsMissing, NotNow
from returns.intake.views.due import start_page
from returns.intake.views.frame import about, channel_of, expected_of, intake_of, layout_for

PURPOSE = "return"
SAME = "This is the file you sent before. Nothing was changed."


@require_POST
@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def send_file(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A file comes in; it is checked beside the pages."""
    expected = expected_of(request, ref)
    form = FileForm(request.POST, request.FILES)
    made = received(request, expected, form) if form.is_valid() else None
    if made is None:
        return start_page(request, expected, form)
    return check_beside(request, made)


def received(request: HttpRequest, expected: ExpectedReturn, form: FileForm) -> Intake | None:
    """The return the file became; None with the reason said on the form."""
    sent = form.cleaned_data["file"]
    authority_id = expected.collection.authority_id
    try:
        kept = store(source=sent, name=sent.name, purpose=PURPOSE, by=request.user, authority_id=authority_id)
    except CannotStore as problem:
        form.add_error("file", f"{problem} Nothing was changed")
        return None
    try:
        made = begin_with_file(
            expected=expected, file=kept, by=request.user, channel=channel_of(request, expected)
        )
    except NotNow as problem:
        remove(file=kept, by=request.user, why="not taken")
        form.add_error("file", str(problem))
        return None
    if made.file_id != kept.pk:
        remove(file=kept, by=request.user, why="the same file is here already")
        messages.info(request, SAME)
    return made


def check_beside(request: HttpRequest, intake: Intake) -> HttpResponse:
    """Have it checked, if there is anything to check, and go to its page."""
    if intake.is_open and intake.state != Intake.State.CHECKED:
        try:
            job = ask_to_check(intake=intake, by=request.user)
            if job is not None:
                ring(job)
        except NotNow as problem:
            messages.warning(request, str(problem))
    return redirect("intake", ref=intake.ref)


@require_POST
@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def check_again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Check once more what could not be finished."""
    return check_beside(request, intake_of(request, ref))


@require_POST
@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def answer_on_page(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A list to answer instead of a file."""
    expected = expected_of(request, ref)
    try:
        made = begin_on_page(expected=expected, by=request.user)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("due_return", ref=ref)
    return redirect("pupils", ref=made.ref)


@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def columns(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Which heading holds what: as we take it, to be put right, and remembered."""
    intake = intake_of(request, ref)
    if intake.file is None or not (intake.is_open or intake.state == Intake.State.REFUSED):
        return redirect("intake", ref=ref)
    try:
        headings = headings_of(intake)
    except Unreadable as problem:
        messages.warning(request, str(problem))
        return redirect("due_return", ref=intake.expected.ref)
    form = ColumnsForm(request.POST or None, headings=headings, layout=layout_for(intake))
    if form.is_valid() and _columns_set(request, intake, form):
        return check_beside(request, intake)
    shown = {**about(request, intake.expected, intake), "form": form, "crumb": "Columns"}
    return render(request, "returns/intake/columns.html", shown)


def _columns_set(request: HttpRequest, intake: Intake, form: ColumnsForm) -> bool:
    try:
        set_columns(intake=intake, mapping=form.mapping(), by=request.user)
    except ColumnsMissing as refused:
        for words in refused.problems:
            form.add_error(None, words)
        return False
    except NotNow as problem:
        messages.warning(request, str(problem))
    intake.refresh_from_db()
    return True
