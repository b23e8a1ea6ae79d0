"""Whose time is over: the list, its file, proposing, releasing, the certificate."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note, note_read
from neet.files.downloads import download, download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from neet.ui.words import many
from schools.models import Authority
from tracking.retention import queries
from tracking.retention.actions import lists
from tracking.retention.actions.erasing import erased_words
from tracking.retention.forms import ReleaseForm
from tracking.retention.kinds import Kind
from tracking.retention.models import ErasureLine, ErasureRun
from tracking.retention.views.frame import done, one_form
from tracking.rules.retention import CLASS_WORDS, RecordClass
from tracking.tabs import RIGHTS, tabs

P = Permission
SORTS = {"due": ("due_on", "pk"), "number": ("person__young_person_id", "pk")}
HEADINGS = ("CCIS number", "Date of birth", "Time over since", "Why", "Held back")


@needs(P.ERASE)
def retention(request: HttpRequest) -> HttpResponse:
    """What is over now, what was erased before, which rules hold and what stops erasing."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    today = clock.today()
    found = queries.runs_of(request.user).filter(authority=authority)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest")
    others = found.exclude(state=ErasureRun.State.LISTED)
    listing = listing.counted(others.count())
    standing = queries.open_list(authority.pk)
    shown = {
        "beside": tabs(request, "retention", RIGHTS),
        "run": standing,
        "summary": summary(standing) if standing else None,
        "listing": listing,
        "runs": [
            (run, run.counts.get("erased", {}).get("young_person"))
            for run in others[listing.start : listing.stop]
        ],
        "rules": queries.rules_on(authority, today),
        "class_words": CLASS_WORDS,
        "holds": list(queries.standing_holds(authority.pk, today).select_related("person")),
        "keeping": queries.keeping_of(authority.pk),
        "people": many,
    }
    return render(request, "tracking/retention/retention.html", shown)


@require_POST
@needs(P.ERASE)
def make_list(request: HttpRequest) -> HttpResponse:
    """Make the list anew as things stand now."""
    authority = get_object_or_404(Authority, pk=request.authority_id)
    done(
        request,
        lambda: lists.list_due(authority=authority, on=clock.today(), by=request.user),
        "The list stands as of today.",
    )
    return redirect("retention")


@needs(P.ERASE)
def erasure_run(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: who, why, since when, and what may be done with it. By numbers: no name is needed to see why."""
    run = _run(request, pk)
    listing = listing_of(request.GET, sorts=SORTS, first="due")
    lines = queries.lines_of(run)
    listing = listing.counted(lines.count())
    page = list(lines.order_by(*listing.order_by)[listing.start : listing.stop])
    note_read(
        Kind.LIST_READ,
        by=request.user,
        authority_id=run.authority_id,
        subjects=[line.person_id for line in page],
    )
    words = queries.rule_words(run)
    second = queries.needs_second(run.authority_id)
    shown = {
        "run": run,
        "summary": summary(run),
        "listing": listing,
        "lines": [(line, words.get(line.rule, line.rule)) for line in page],
        "work": _work(run),
        "erased": erased_words(run),
        "waits_for_other": second and run.proposed_by_id == request.user.pk,
        "total_words": many(listing.total, "young person,young people").capitalize(),
    }
    return render(request, "tracking/retention/run.html", shown)


@require_POST
@needs(P.ERASE)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """It was looked at and may be erased."""
    run = _run(request, pk)
    done(request, lambda: lists.propose(run=run, by=request.user), "Proposed. Now it waits for its release.")
    return redirect("erasure_run", pk=pk)


@needs(P.ERASE, fresh=True)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Have it erased, with a second factor given just now."""
    run = _run(request, pk)
    if run.state != ErasureRun.State.PROPOSED:
        return redirect("erasure_run", pk=pk)
    going = run.lines.filter(held=ErasureLine.Held.NO).count()
    alone = run.proposed_by_id == request.user.pk and not queries.needs_second(run.authority_id)
    form = ReleaseForm(request.POST or None, people=going, alone=alone)

    def act() -> str:
        ring(lists.release(run=run, why=form.cleaned_data.get("why", ""), by=request.user))
        return "Released. The records are being erased."

    shown = {
        "title": "Release for erasing",
        "caption": f"List of {run.as_of:%-d %B %Y}",
        "lead": f"{many(going, 'young person is,young people are').capitalize()} erased for good, with their history. "
        "Nobody can bring them back.",
        "button": "Erase",
    }
    return one_form(request, form, act, then=reverse("erasure_run", args=[pk]), shown=shown)


@require_POST
@needs(P.ERASE)
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not erased after all."""
    run = _run(request, pk)
    done(request, lambda: lists.call_off(run=run, by=request.user), "Called off. Nothing was erased.")
    return redirect("retention")


@needs(P.ERASE)
def export(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The list as a file, without names."""
    run = _run(request, pk)
    lines = queries.lines_of(run).order_by("due_on", "pk")
    if request.method == "GET":
        seen = list(lines.values_list("person_id", flat=True))
        note_read(Kind.LIST_EXPORTED, by=request.user, authority_id=run.authority_id, subjects=seen)
    name = f"to-erase-{run.as_of}.csv"
    return download_of(csv_chunks(HEADINGS, _rows(run, lines)), name=name, kind=StoredFile.Kind.CSV)


@needs(P.ERASE)
def certificate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was erased, as a document."""
    run = _run(request, pk)
    if run.certificate is None:
        raise Http404
    if request.method == "GET":
        note(Kind.CERTIFICATE_READ, by=request.user, authority_id=run.authority_id, counts={"run": run.pk})
    return download(run.certificate)


def summary(run: ErasureRun) -> dict[str, object]:
    """How many go by which rule, wait for which reason, and how much of each other class is over."""
    counted, words = queries.tally(run), queries.rule_words(run)
    due = run.counts.get("due", {})
    return {
        "going": sum(counted["going"].values()),
        "by_rule": sorted((words.get(code, code), people) for code, people in counted["going"].items()),
        "held": [(ErasureLine.Held(held).label, people) for held, people in sorted(counted["held"].items())],
        "classes": [
            (CLASS_WORDS[each], due[each])
            for each in RecordClass
            if each is not RecordClass.YOUNG_PERSON and due.get(each)
        ],
    }


def _rows(run: ErasureRun, lines: object) -> Iterator[tuple[object, ...]]:
    words = queries.rule_words(run)
    for line in lines.iterator(chunk_size=2000):  # type: ignore[attr-defined]  # a queryset of lines
        person = line.person
        held = line.get_held_display() if line.held else ""
        yield (
            person.young_person_id, person.date_of_birth, line.due_on, words.get(line.rule, line.rule), held,
        )  # fmt: skip


def _run(request: HttpRequest, pk: int) -> ErasureRun:
    """One of their council, or there is nothing here."""
    return get_object_or_404(queries.runs_of(request.user).select_related("certificate"), pk=pk)


def _work(run: ErasureRun) -> Progress | None:
    if run.state != ErasureRun.State.RELEASED or run.job_id is None:
        return None
    job = Job.objects.filter(pk=run.job_id).first()
    return progress_of(job, title="Erasing", unit="young people") if job else None
