"""One batch: how far its file is, taking it, noting that the letters went, giving it up."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from caseload.letters.actions.posting import hand_over
from caseload.letters.actions.sending import drop, mark_sent, take_file
from caseload.letters.forms import SentForm
from caseload.letters.kinds import SET_AS_FILE, Kind
from caseload.letters.models import LetterBatch
from caseload.letters.queries.batches import (
    batches_seen,
    counts_of,
    left_out_of,
    letter_lines,
    letters_in,
    words_of,
)
from caseload.letters.queries.due import ruled
from caseload.letters.queries.ways import becomes_a_file
from caseload.letters.views.due import ask_for_file, example_of
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers

P = Permission
PROGRESS = "components/progress.html"
BY_PLACE = {"place": ("number", "pk")}
MOST_LEFT_OUT = 50
PRINT = LetterBatch.Way.PRINT


@needs(P.CONTACT_MANY)
def batch(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The letters of a batch and what is to be done next; the same address answers htmx with the progress alone."""
    found = _batch(request, ref)
    work = _work(found)
    if request.htmx:
        over = work is None or work.pace.is_over
        return HttpResponseClientRefresh() if over else render(request, PROGRESS, {"progress": work})
    return _page(request, found, SentForm(initial={"sent_on": clock.today()}))


@needs(P.CONTACT_MANY, fresh=True)
def batch_file(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The file for the printer; that it was taken is written down before the first byte."""
    found = _batch(request, ref)
    try:
        file = take_file(batch=found, by=request.user)
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
        return redirect("letter_batch", ref=ref)
    except NotPermitted:
        raise Http404 from None
    return download(file)


@require_POST
@needs(P.CONTACT_MANY)
def again(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The file is made once more, with names and addresses as they are now."""
    found = _batch(request, ref)
    if found.state in (LetterBatch.State.SENT, LetterBatch.State.DROPPED):
        messages.error(request, "These letters were sent or given up already.")
    elif found.way == PRINT and not _jobs(found).filter(state__in=Job.OPEN).exists():
        ask_for_file(request, found)
    return redirect("letter_batch", ref=ref)


@require_POST
@needs(P.CONTACT_MANY)
def sent(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The letters went."""
    found = _batch(request, ref)
    form = SentForm(answers(request))
    if not form.is_valid():
        return _page(request, found, form)

    def act() -> str:
        mark_sent(batch=found, sent_on=form.cleaned_data["sent_on"], by=request.user)
        return "Noted: these letters were sent. Each stands on its record."

    return redirect("letter_batch", ref=ref) if _acted(request, act, form) else _page(request, found, form)


@require_POST
@needs(P.CONTACT_MANY)
def handed_over(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The letters leave one by one, from now on."""
    found = _batch(request, ref)

    def act() -> str:
        hand_over(batch=found, by=request.user)
        return "They are being sent now, one by one. Each stands on its record."

    _acted(request, act, SentForm())
    return redirect("letter_batch", ref=ref)


@require_POST
@needs(P.CONTACT_MANY)
def dropped(request: HttpRequest, ref: UUID) -> HttpResponse:
    """These letters will not be sent."""
    found = _batch(request, ref)

    def act() -> str:
        drop(batch=found, by=request.user)
        return "Given up. Everybody in it is due the letter as before."

    _acted(request, act, SentForm())
    return redirect("letter_batch", ref=ref)


def _acted(request: HttpRequest, act: Callable[[], str], form: SentForm) -> bool:
    try:
        messages.success(request, act())
    except NotRight as refused:
        if form.is_bound:
            form.take(refused)
        else:
            messages.error(request, " ".join(refused.words.values()))
        return False
    except NotPermitted:
        raise Http404 from None
    return True


def _batch(request: HttpRequest, ref: UUID) -> LetterBatch:
    seen = batches_seen(request.user).select_related("authority", "file", "made_by", "sent_by")
    return get_object_or_404(seen, ref=ref)


def _page(request: HttpRequest, found: LetterBatch, form: SentForm) -> HttpResponse:
    today = clock.today()
    letters = letters_in(found, request.user)
    listing = listing_of(request.GET, sorts=BY_PLACE, first="place").counted(letters.count())
    lines = letter_lines(letters[listing.start : listing.stop], today)
    out = letter_lines(left_out_of(found, request.user)[:MOST_LEFT_OUT], today)
    people = letters[listing.start : listing.stop].values_list("person", flat=True)
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=people)
    work = _work(found)
    shown = {
        "batch": found,
        "words": words_of(found.series, found.due_on),
        "listing": listing,
        "lines": lines,
        "left_out": out,
        "work": work,
        "is_waiting": found.state in ("draft", "printed") and not (work and not work.pace.is_over),
        "form": form,
        **(_handing_over(request, found) if found.way != PRINT else {}),
    }
    return render(request, "caseload/letters/batch.html", shown)


def _handing_over(request: HttpRequest, found: LetterBatch) -> dict:
    """What is shown of letters that leave without our printer: what they say, and what became of them."""
    series = ruled(found.series, found.due_on)
    language = found.wording.rpartition(" ")[2]
    return {
        "counts": counts_of(found),
        "goes_nowhere": becomes_a_file(found.way),
        "needs_other": found.authority.needs_second_person and found.made_by_id == request.user.pk,
        **(example_of(request, series, language) if series else {}),
    }


def _jobs(found: LetterBatch) -> QuerySet[Job]:
    return Job.objects.filter(kind=SET_AS_FILE, authority_id=found.authority_id, payload__batch=found.pk)


def _work(found: LetterBatch) -> Progress | None:
    """The progress to show: what goes on, or the last attempt where it failed."""
    newest = _jobs(found).select_related("owner").first()
    if newest is None or newest.state in (Job.State.DONE, Job.State.CANCELLED):
        return None
    return _progress(newest, found)


def _progress(job: Job, found: LetterBatch) -> Progress:
    here = reverse("letter_batch", args=[found.ref])
    shown = progress_of(job, title="Making the file for the printer", unit="letters", next_url=here)
    return replace(shown, url=here, cancel_url="")
