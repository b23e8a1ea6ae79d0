"""The DfE's reply: noted on the month page, its report looked through and mended record by record."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.actions import CannotStore, remove, store
from neet.ui.listing import listing_of
from neet.ui.words import many
from returns.nccis.board import SORTS, wrongs
from returns.nccis.models import Submission
from returns.replies.actions import discard_reply, note_reply, place_columns
from returns.replies.forms import ColumnsForm, ReplyForm
from returns.replies.kinds import Kind
from returns.replies.models import Reply
from returns.replies.queries import people_reported, reply_of, reply_page
from returns.replies.reading import CannotTake, sample_of
from tracking.reference.queries import ruleset
from tracking.register.mending import url_for
from tracking.register.queries.register import listed
from tracking.rules.months import ReportingMonth


@needs(Permission.FILE_BUILD)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Note what the DfE said of a file that was sent."""
    submission = get_object_or_404(
        Submission.objects.select_related("authority").defer("content"),
        pk=pk,
        authority__in=request.scope.authority_ids,
        sent_at__isnull=False,
    )
    form = ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = _noted(request, submission, form)
        if made is not None:
            return redirect("reply_columns" if made.waits else "reply", pk=made.pk)
    shown = {"form": form, "submission": submission, "month": ReportingMonth(submission.period_end)}
    return render(request, "returns/replies/new.html", shown)


@needs(Permission.ERRORS_READ)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """What the DfE said, error by error."""
    found = _reply(request, pk)
    shown = {
        "page": reply_page(found, request.user),
        "month": ReportingMonth(found.submission.period_end),
        "may": request.scope.can(Permission.FILE_BUILD),
    }
    return render(request, "returns/replies/reply.html", shown)


@needs(Permission.FILE_BUILD)
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which heading of the report holds what."""
    found = _reply(request, pk)
    if found.file is None:
        raise Http404
    try:
        sample = sample_of(found)
        form = ColumnsForm(request.POST or None, initial=found.columns, sample=sample)
        if request.method == "POST" and form.is_valid():
            place_columns(reply=found, columns=form.columns(), by=request.user)
            return redirect("reply", pk=pk)
    except CannotTake as reason:
        messages.warning(request, str(reason))
        return redirect("reply_columns" if request.method == "POST" else "reply", pk=pk)
    shown = {"form": form, "reply": found, "month": ReportingMonth(found.submission.period_end)}
    return render(request, "returns/replies/columns.html", shown)


@needs(Permission.ERRORS_READ)
def reported(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """The young people whose record the DfE reported with one error, each with the way to mend it."""
    found = _reply(request, pk)
    line = next((each for each in reply_page(found, request.user).lines if each.code == code), None)
    if line is None:
        raise Http404
    month = ReportingMonth(found.submission.period_end)
    listing = listing_of(request.GET, sorts=SORTS, first="name")
    page = listed(people_reported(found, code, request.user), request.user, listing, clock.today())
    note_read(
        Kind.READ,
        by=request.user,
        authority_id=found.submission.authority_id,
        subjects=[each.pk for each in page.people],
    )
    rule = ruleset(month.ends_on).errors.get(code)
    lines = wrongs(page.people, found.submission.authority, month, code)
    place = rule.place if rule else "identity"
    shown = {
        "reply": found,
        "line": line,
        "month": month,
        "listing": page.listing,
        "lines": [(each, url_for(place, each.person.ref, each.activity_id)) for each in lines],
        "is_ours": rule is not None,
        "caption": f"The DfE\u2019s reply for {month.words}, {many(line.records, 'record,records')}",
        "hidden": line.records - page.listing.total,
    }
    return render(request, "returns/replies/reported.html", shown)


@needs(Permission.FILE_BUILD)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reply off that was noted by mistake; asks first."""
    found = _reply(request, pk)
    if request.method != "POST":
        reported = found.errors.values("number").distinct().count()
        shown = {
            "reply": found,
            "month": ReportingMonth(found.submission.period_end),
            "consequence": f"What the DfE said and the {many(reported, 'record,records')} it reported leave this month"
            " with its report. The records themselves stay as they are.",
        }
        return render(request, "returns/replies/discard.html", shown)
    file, slug = found.file, ReportingMonth(found.submission.period_end).slug
    discard_reply(reply=found, by=request.user)
    if file is not None:
        remove(file=file, by=request.user, why="error report taken off")
    messages.success(request, "The reply was taken off.")
    return redirect("month", slug=slug)


def _noted(request: HttpRequest, submission: Submission, form: ReplyForm) -> Reply | None:
    sent, file = form.cleaned_data["file"], None
    try:
        if sent is not None:
            file = store(
                source=sent,
                name=sent.name,
                purpose="error report",
                by=request.user,
                authority_id=submission.authority_id,
            )
        return note_reply(
            submission=submission, verdict=form.cleaned_data["verdict"], file=file, by=request.user
        )
    except (CannotStore, CannotTake) as reason:
        form.add_error("file", str(reason))
        if file is not None:
            remove(file=file, by=request.user, why="could not be read")
        return None


def _reply(request: HttpRequest, pk: int) -> Reply:
    found = reply_of(pk, request.scope.authority_ids)
    if found is None:
        raise Http404
    return found
