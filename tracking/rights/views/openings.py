"""What information governance looks into: emergencies, and who opened records out of the ordinary."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note, note_read
from neet.files.downloads import download_of
from neet.files.writers import csv_chunks
from neet.ui.listing import listing_of
from tracking.register.forms.editing import RecordForm
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers
from tracking.rights.actions.openings import look_into
from tracking.rights.actions.reading import look_into_reading
from tracking.rights.forms import LookIntoForm, LookIntoReadingForm
from tracking.rights.kinds import Kind
from tracking.rights.processing import HEADINGS, record_of_processing
from tracking.rights.queries import openings as queries
from tracking.tabs import RIGHTS, tabs

P = Permission
SORTS = {"newest": ("-granted_at", "-pk")}
SHOWN = 100


@needs(P.AUDIT_READ)
def listed(request: HttpRequest) -> HttpResponse:
    """Hidden records opened in an emergency, and who opened far more than colleagues, or at night."""
    found = queries.emergencies(request.user)
    listing = listing_of(request.GET, sorts=SORTS, first="newest").counted(found.count())
    grants = list(found[listing.start : listing.stop])
    note_read(
        Kind.READING_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=queries.people_of(grants),
    )
    shown = {
        "beside": tabs(request, "openings", RIGHTS),
        "listing": listing,
        "grants": grants,
        "readings": [
            (each, queries.work_of(each.role)) for each in queries.unusual_seen_by(request.user)[:SHOWN]
        ],
        "bounds": queries.bounds_at(clock.now()),
    }
    return render(request, "tracking/rights/openings.html", shown)


@needs(P.AUDIT_READ)
def looked_into(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found of an emergency."""
    grant = queries.emergencies(request.user).filter(pk=pk, looked_into=None).first()
    if grant is None:
        raise NotVisible
    form = LookIntoForm(answers(request))
    if _written_down(request, form, partial(look_into, grant=grant), "the record"):
        return redirect("openings")
    shown = {"form": form, "grant": grant, "cancel": reverse("openings")}
    return render(request, "tracking/rights/look_into.html", shown)


@needs(P.AUDIT_READ)
def reading_looked_into(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of it that somebody opened records out of the ordinary."""
    reading = queries.unusual_seen_by(request.user).filter(pk=pk, looked_at=None).first()
    if reading is None:
        raise NotVisible
    form = LookIntoReadingForm(answers(request))
    if _written_down(request, form, partial(look_into_reading, reading=reading), "the records"):
        return redirect("openings")
    shown = {
        "form": form,
        "reading": reading,
        "work": queries.work_of(reading.role),
        "cancel": reverse("openings"),
    }
    return render(request, "tracking/rights/look_into_reading.html", shown)


def _written_down(request: HttpRequest, form: RecordForm, act: Callable[..., object], opened: str) -> bool:
    """What was found is kept and said so; else the form says what stands against it, or was not sent yet."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        act(by=request.user, **form.cleaned_data)
    except NotRight as refused:
        form.take(refused)
        return False
    except NotPermitted:
        form.add_error(None, f"Somebody else looks into this: you opened {opened} yourself")
        return False
    messages.success(request, "Written down.")
    return True


@needs(P.COPY_GIVE)
def processing(request: HttpRequest) -> HttpResponse:
    """The record of processing, as a file."""
    note(Kind.PROCESSING_READ, by=request.user, authority_id=request.authority_id)
    rows = record_of_processing(clock.today())
    return download_of(csv_chunks(HEADINGS, rows), name="record-of-processing.csv", kind="csv")
