"""The copy of a record: gathering it, reading it through, the second look, and giving it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download
from neet.jobs.models import Job
from neet.jobs.queries import progress_of
from neet.jobs.tasks import ring
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.parts import Progress
from tracking.register.queries.people import NotVisible
from tracking.register.views.editing import answers
from tracking.rights.actions import copies as actions
from tracking.rights.forms import AS_IT_IS, OTHER_WORDS, BackForm, GivenForm, PartFilter, TreatForm
from tracking.rights.kinds import Kind
from tracking.rights.models import Copy, Entry, RightsRequest
from tracking.rights.papers import json_of, when_of
from tracking.rights.queries import copies as queries
from tracking.rights.queries.gathering import withheld
from tracking.rights.views.steps import Step, asked_and_done, copy_at, done, read, request_of

P = Permission
SORTS = {"story": ("number",)}
TITLES = {Kind.GATHERING_ASKED: "Gathering everything we hold", Kind.SETTING_ASKED: "Making the copy ready"}


def shown_job(asked: RightsRequest, job: Job | None) -> Progress | None:
    """The work on a copy as the request's page shows it."""
    if job is None:
        return None
    url = reverse("rights_request", args=[asked.pk])
    return progress_of(job, title=TITLES[Kind(job.kind)], next_url=url, unit="parts")


@require_POST
@needs(P.COPY_GIVE)
def gathered(request: HttpRequest, pk: int) -> HttpResponse:
    """Have everything gathered."""
    asked = request_of(request, pk)

    def act() -> str:
        ring(actions.ask_to_gather(request=asked, by=request.user))
        return "Everything we hold is being gathered."

    done(request, act)
    return redirect("rights_request", pk=pk)


@needs(P.COPY_GIVE)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts of the copy, to be read through."""
    held = copy_at(request, pk)
    read(request, held.request, Kind.COPY_READ)
    form = PartFilter(request.GET)
    found = queries.entries_of(held, form.wanted())
    listing = listing_of(request.GET, sorts=SORTS, first="story", filters=form.fields).counted(found.count())
    parts = [(each, when_of(each)) for each in found[listing.start : listing.stop]]
    shown = {
        "asked": held.request,
        "copy": held,
        "sums": queries.sums_of(held),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "parts": parts,
        "withheld": withheld(),
        "to_read": held.state == Copy.State.GATHERED,
        "to_look": held.state == Copy.State.READ,
        "is_ready": held.state in (Copy.State.SET, Copy.State.GIVEN) and held.paper_id is not None,
        "needs_other": queries.needs_other(held, request.user),
    }
    return render(request, "tracking/rights/copy.html", shown)


@needs(P.COPY_GIVE)
def part(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One part: it goes out, other words go out, or it is held back."""
    held = copy_at(request, pk)
    entry = held.entries.filter(number=number).select_related("service", "copy").first()
    if entry is None:
        raise NotVisible
    entry.copy = held
    form = TreatForm(answers(request), initial=_as_it_stands(entry))

    def act() -> str:
        actions.treat(entry=entry, treatment=form.treated(), by=request.user)
        return f"Part {entry.number} is settled."

    step = Step(f"Part {entry.number}: {entry.title}", "Save", then="rights_copy", intro=entry.text)
    return asked_and_done(request, held.request, form, act, step)


@require_POST
@needs(P.COPY_GIVE)
def read_through(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it was read."""
    held = copy_at(request, pk)

    def act() -> str:
        actions.read_through(copy=held, by=request.user)
        return "Read through. It waits for a second look."

    done(request, act)
    return redirect("rights_copy", pk=pk)


@require_POST
@needs(P.COPY_GIVE, fresh=True)
def agreed(request: HttpRequest, pk: int) -> HttpResponse:
    """The second look: it may go out."""
    held = copy_at(request, pk)

    def act() -> str:
        ring(actions.agree(copy=held, by=request.user))
        return "Agreed. The copy is being made ready."

    done(request, act)
    return redirect("rights_request", pk=pk)


@needs(P.COPY_GIVE)
def sent_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The second look: something is to be changed."""
    held = copy_at(request, pk)
    form = BackForm(answers(request))

    def act() -> str:
        actions.send_back(copy=held, why=form.cleaned_data["why"], by=request.user)
        return "Sent back to be read through again."

    step = Step("Send the copy back", "Send it back", then="rights_copy")
    return asked_and_done(request, held.request, form, act, step)


@needs(P.COPY_GIVE, fresh=True)
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The copy, to be given: the document, the spreadsheet, or the same for another system."""
    held = copy_at(request, pk)
    stored = {"pdf": held.paper, "xlsx": held.data, "json": held.data}.get(kind)
    if stored is None:
        raise Http404
    actions.note_taken(copy=held, file=stored, by=request.user)
    return _as_json(held) if kind == "json" else download(stored)


def _as_json(copy: Copy) -> HttpResponse:
    response = HttpResponse(json_of(copy.entries.order_by("number")), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="copy-of-record.json"'
    response["Cache-Control"] = "no-store"
    return response


@needs(P.COPY_GIVE, fresh=True)
def given(request: HttpRequest, pk: int) -> HttpResponse:
    """It reached whoever asked."""
    held = copy_at(request, pk)
    form = GivenForm(answers(request))

    def act() -> str:
        actions.hand_over(copy=held, how=form.cleaned_data["how"], by=request.user)
        return "Given. The request is answered. The files lie here for 30 days more."

    return asked_and_done(request, held.request, form, act, Step("The copy was given", "Save"))


def _as_it_stands(entry: Entry) -> dict[str, str]:
    now = OTHER_WORDS if entry.is_replaced else entry.held or AS_IT_IS
    return {"treatment": now, "replaced": entry.replaced if entry.is_replaced else entry.text}
