"""The council's pages of its public figures: months put forward, signed off and taken back, and who may read them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission as P
from neet.files.actions import CannotStore
from neet.files.downloads import download
from schools.models import Authority
from tracking.public.actions import (
    CannotRelease,
    add_reader,
    end_reader,
    open_figures,
    propose,
    sign_off,
    withdraw,
)
from tracking.public.forms import OpenForm, ProposeForm, ReaderForm, SignForm, WithdrawReleaseForm
from tracking.public.models import PublicFigures, PublicRelease
from tracking.public.queries import (
    may_put_forward,
    may_sign,
    openness,
    readers_of,
    releases_of,
    to_put_forward,
)
from tracking.released.queries import month_of
from tracking.rules.months import ReportingMonth

FILES = ("pdf", "csv", "sheet")


@needs(P.FIGURES_READ)
@require_safe
def public_months(request: HttpRequest) -> HttpResponse:
    """What is public, what waits, what was taken back; to whom it is open."""
    council = Authority.objects.get(pk=request.authority_id)
    settings = openness(council.pk)
    may_release = request.scope.can(P.RELEASE)
    months = list(to_put_forward(council.pk)) if may_put_forward(request.user) else []
    listed = may_release and settings.open_to == PublicFigures.OpenTo.LISTED
    shown = {
        "releases": [(each, ReportingMonth(each.month).words) for each in releases_of(council.pk)],
        "form": ProposeForm(months=months) if months else None,
        "openness": settings,
        "may_release": may_release,
        "readers": list(readers_of(council.pk, clock.today())) if listed else [],
        "listed": listed,
        "address": request.build_absolute_uri(reverse("public_figures", args=[council.code])),
    }
    return render(request, "tracking/public/months.html", shown)


@needs(P.PUT_FORWARD)
@require_POST
def propose_month(request: HttpRequest) -> HttpResponse:
    """Put a month forward."""
    form = ProposeForm(
        request.POST, months=list(to_put_forward(request.authority_id).select_related("authority"))
    )
    if not form.is_valid():
        messages.warning(request, "Not put forward: choose a month of the list.")
        return redirect("public_months")
    try:
        made = propose(freeze=form.freeze(), by=request.user)
    except (CannotRelease, CannotStore) as refused:
        messages.error(request, str(refused))
        return redirect("public_months")
    messages.success(request, "Put forward. Somebody else looks at it and signs it off.")
    return redirect("public_month", pk=made.pk)


@needs(P.FIGURES_READ)
@require_safe
def public_month(request: HttpRequest, pk: int) -> HttpResponse:
    """One month as the public sees it or would, with what was done about it."""
    found = _release(request, pk)
    shown = {
        "release": found,
        "found": month_of(found.freeze),
        "may_sign": found.is_proposed and may_sign(found, openness(found.authority_id), request.user),
        "may_release": request.scope.can(P.RELEASE),
    }
    return render(request, "tracking/public/release.html", shown)


@needs(P.FIGURES_READ)
@require_safe
def public_month_file(request: HttpRequest, pk: int, which: str) -> HttpResponseBase:
    """The very file the public gets."""
    if which not in FILES:
        raise Http404
    return download(getattr(_release(request, pk), which))


@needs(P.RELEASE)
def sign_month(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a month off: from then on it is public."""
    found = _release(request, pk)
    if not (found.is_proposed and may_sign(found, openness(found.authority_id), request.user)):
        return redirect("public_month", pk=pk)
    form = SignForm(request.POST or None, own_work=found.proposed_by_id == request.user.pk)
    if request.method == "POST" and form.is_valid():
        try:
            sign_off(release=found, why=form.cleaned_data.get("why", ""), by=request.user)
        except CannotRelease as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Signed off. The month is public for those it is open to.")
            return redirect("public_month", pk=pk)
    return _one_form(request, form, found, "Sign the month off", "Sign off and make public")


@needs(P.RELEASE)
def withdraw_month(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a month back."""
    found = _release(request, pk)
    if found.withdrawn_at:
        return redirect("public_month", pk=pk)
    form = WithdrawReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw(release=found, why=form.cleaned_data["why"], by=request.user)
        messages.success(request, "Taken back. Nobody without an account finds it any more.")
        return redirect("public_month", pk=pk)
    return _one_form(request, form, found, "Take the month back", "Take it back")


@needs(P.RELEASE)
def open_to(request: HttpRequest) -> HttpResponse:
    """Say who sees what is public."""
    settings = openness(request.authority_id)
    first = {"open_to": settings.open_to, "needs_other": settings.needs_other}
    form = OpenForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        council = Authority.objects.get(pk=request.authority_id)
        open_figures(authority=council, by=request.user, **form.cleaned_data)
        messages.success(request, "Kept.")
        return redirect("public_months")
    return _page(request, form, "Who sees public figures", "Keep it", reverse("public_months"))


@needs(P.RELEASE)
def new_reader(request: HttpRequest) -> HttpResponse:
    """Put somebody on the list of readers."""
    form = ReaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        council = Authority.objects.get(pk=request.authority_id)
        add_reader(authority=council, by=request.user, **form.cleaned_data)
        messages.success(request, "Put on the list. Their link is on its way.")
        return redirect("public_months")
    return _page(request, form, "Put somebody on the list", "Put on the list", reverse("public_months"))


@needs(P.RELEASE)
@require_POST
def stop_reader(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    found = get_object_or_404(readers_of(request.authority_id, clock.today()), pk=pk)
    end_reader(reader=found, by=request.user)
    messages.success(request, "Taken off the list. Their link works no longer.")
    return redirect("public_months")


def _release(request: HttpRequest, pk: int) -> PublicRelease:
    return get_object_or_404(releases_of(request.authority_id), pk=pk)


def _one_form(
    request: HttpRequest, form: object, found: PublicRelease, title: str, button: str
) -> HttpResponse:
    back = reverse("public_month", args=[found.pk])
    return _page(request, form, title, button, back, caption=ReportingMonth(found.month).words)


def _page(
    request: HttpRequest, form: object, title: str, button: str, back_url: str, caption: str = ""
) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "back_url": back_url, "caption": caption}
    return render(request, "one_form.html", shown)
