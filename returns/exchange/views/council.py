"""What the council puts out: the list, a file of its own, files to fill in, and who collected."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.actions import CannotStore, remove, store
from neet.jobs.tasks import ring
from neet.ui.listing import listing_of
from neet.ui.words import many
from returns.calendar.queries.expected import collections_of
from returns.exchange import queries
from returns.exchange.actions.parcels import ask_to_make, ask_to_tell_schools, put_out, tell_again, withdraw
from returns.exchange.forms import FeedbackForm, MakeForm, PutOutForm, WithdrawForm
from returns.exchange.making import PURPOSE
from returns.exchange.models import Parcel
from returns.exchange.rules import ANSWERED, refused
from returns.exchange.statements import ForOne, Told
from returns.intake.views.tabs import tabs
from schools.models import Authority, Establishment

P = Permission
WHOSE = {
    Parcel.Kind.FEEDBACK: "What their last Year 11 does now",
    Parcel.Kind.LEAVERS: "What the leavers they told us of this school year do now",
}
NAMED = "school or college,schools and colleges"


@needs(P.RETURN_RECEIVE)
def exchange(request: HttpRequest) -> HttpResponse:
    """Everything that was put out, and how many collected it."""
    found = queries.parcels_of(request.user)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(found.count())
    shown = {"parcels": found[listing.start : listing.stop], "listing": listing, "today": clock.today()}
    return render(request, "returns/exchange/exchange.html", _about("exchange", **shown))


@needs(P.RETURN_RECEIVE)
def put_out_file(request: HttpRequest) -> HttpResponse:
    """A file of our own for one, many or all."""
    authority = Authority.objects.get(pk=request.authority_id)
    ours = Establishment.objects.filter(la_code=authority.code, closed_on=None).order_by("name", "pk")
    form = PutOutForm(request.POST or None, request.FILES or None, ours=ours)
    if request.method == "POST" and form.is_valid():
        parcel = _put_out(request, form, authority)
        if parcel is not None:
            return redirect("parcel", ref=parcel.ref)
    return render(request, "returns/exchange/put_out.html", _about("exchange", form=form))


def _put_out(request: HttpRequest, form: PutOutForm, authority: Authority) -> Parcel | None:
    typed = form.cleaned_data
    sent = typed["file"]
    try:
        kept = store(source=sent, name=sent.name, purpose=PURPOSE, by=request.user, authority_id=authority.pk)
    except CannotStore as problem:
        form.add_error("file", str(problem))
        return None
    told = Told(Parcel.Kind.PAPER, typed["title"], typed["about"], typed["ends_on"])
    files = [ForOne(each.pk, kept) for each in form.chosen()]
    why = refused(kept.path, kept.kind) or ("" if files else "There is no open one of this kind in our area")
    if why:
        remove(file=kept, by=request.user, why="not put out")
        form.add_error("file" if files else "kinds", why)
        return None
    parcel = put_out(authority=authority, told=told, files=files, by=request.user)
    messages.success(request, f"It lies there for {many(len(files), NAMED)}.")
    return parcel


@needs(P.RETURN_RECEIVE)
def put_out_templates(request: HttpRequest) -> HttpResponse:
    """Files to fill in, one for each establishment with its own young people in it (R4)."""
    running = collections_of(request.user).filter(published_at__isnull=False, closed_on=None)
    form = MakeForm(request.POST or None, running=running)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        job = ask_to_make(collection=typed["collection"], ends_on=typed["ends_on"], by=request.user)
        ring(job)
        return redirect("job", ref=job.ref)
    if not running:
        messages.info(request, "Nothing is asked for at the moment, so there are no files to make.")
        return redirect("exchange")
    shown = {
        "form": form,
        "title": "Files to fill in",
        "lead": "Each school and college that has not answered gets a file of its own, with its own young people.",
        "button": "Make the files",
        "back_url": reverse("exchange"),
    }
    return render(request, "one_form.html", shown)


@needs(P.RETURN_RECEIVE)
def put_out_feedback(request: HttpRequest) -> HttpResponse:
    """What each school and college is told of those who left it (R18, R21)."""
    form = FeedbackForm(request.POST or None, kinds=WHOSE)
    if request.method == "POST" and form.is_valid():
        authority = Authority.objects.get(pk=request.authority_id)
        job = ask_to_tell_schools(authority=authority, by=request.user, **form.cleaned_data)
        ring(job)
        return redirect("job", ref=job.ref)
    shown = {
        "form": form,
        "title": "Tell schools what became of theirs",
        "lead": (
            "Each gets a file of its own. It names only those who agreed to it and have not objected; the others are "
            "counted. Whoever no longer agrees is not in what is collected from then on."
        ),
        "button": "Put the files out",
        "back_url": reverse("exchange"),
    }
    return render(request, "one_form.html", shown)


@needs(P.RETURN_RECEIVE)
def parcel(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One thing that was put out: who collected it, when, and what became of our messages."""
    found = _parcel(request, ref)
    files = found.files.select_related("establishment", "collected_by", "answered_by", "file")
    sorts = {"name": ("establishment__name", "pk"), "collected": ("collected_at", "pk")}
    listing = listing_of(request.GET, sorts=sorts, first="name").counted(found.asked)
    shown = {
        "parcel": found,
        "lines": queries.lines_of(files.order_by(*listing.order_by)[listing.start : listing.stop]),
        "listing": listing,
        "is_there": found.withdrawn_at is None and found.ends_on >= clock.today(),
        "left": found.asked - found.collected,
        "takes_answers": found.kind in ANSWERED,
    }
    return render(request, "returns/exchange/parcel.html", _about("", **shown))


@require_POST
@needs(P.RETURN_RECEIVE)
def tell_parcel(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Write once more to everybody who has not collected, or to one of them."""
    found = _parcel(request, ref)
    files = found.files.filter(collected_at=None)
    one = request.POST.get("file", "")
    if one.isdecimal():
        files = files.filter(pk=one)
    number = tell_again(parcel=found, files=files, by=request.user)
    if number:
        messages.success(request, f"{many(number, 'message is,messages are').capitalize()} on the way.")
    else:
        messages.info(request, "There is nobody to write to.")
    return redirect("parcel", ref=ref)


@needs(P.RETURN_RECEIVE)
def withdraw_parcel(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take it away again."""
    found = _parcel(request, ref)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(parcel=found, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "Taken away. Nobody can collect it any more.")
        return redirect("parcel", ref=ref)
    shown = {
        "form": form,
        "title": "Take it away",
        "caption": found.title,
        "lead": f"{many(found.collected, NAMED).capitalize()} collected it already. Ring them if they must delete it.",
        "button": "Take it away",
        "back_url": reverse("parcel", args=[ref]),
    }
    return render(request, "one_form.html", shown)


def _parcel(request: HttpRequest, ref: UUID) -> Any:
    try:
        return queries.parcel_of(request.user, ref)
    except queries.NotThere:
        raise Http404 from None


def _about(here: str, **more: Any) -> dict[str, Any]:
    return {"tabs": tabs(here), **more}
