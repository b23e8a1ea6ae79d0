"""The pages around a sign-off: what a new freeze changed, signing the file off, taking that back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from returns.nccis.actions import sign_off, take_back_sign_off
from returns.nccis.board import changed
from returns.nccis.forms import SignForm, TakeBackForm
from returns.nccis.kinds import Kind
from returns.nccis.models import Submission
from returns.nccis.signing import CannotSign, is_own_work, may_sign
from tracking.figures.queries.scorecard import standing_freeze
from tracking.reference.queries import ruleset
from tracking.rules.months import ReportingMonth
from tracking.rules.rates import Counts


@needs(Permission.ERRORS_READ)
def difference(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom the freeze that stands counts otherwise than the one before it."""
    try:
        month = ReportingMonth.read(slug)
    except ValueError:
        raise Http404 from None
    freeze = standing_freeze(request.authority_id, month.ends_on)
    found = changed(request.user, freeze) if freeze else ()
    subjects = [each.person.pk for each in found]
    note_read(Kind.ERRORS_READ, by=request.user, authority_id=request.authority_id, subjects=subjects)
    total = freeze.changes.count() if freeze else 0
    shown = {
        "month": month,
        "freeze": freeze,
        "before": freeze.replaces if freeze else None,
        "changed": found,
        "total": total,
        "hidden": total - len(found),
    }
    return render(request, "returns/nccis/difference.html", shown)


@needs(Permission.ERRORS_READ)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a file off: the figures once more, then a second yes."""
    submission = _submission(request, pk)
    form = SignForm(_sent(request), own_work=is_own_work(submission, request.user))
    if request.method == "POST" and form.is_valid():
        try:
            sign_off(submission=submission, by=request.user, why=form.cleaned_data.get("why", ""))
        except CannotSign as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Signed off. The month stands; download the file and send it.")
            return redirect("month", slug=ReportingMonth(submission.period_end).slug)
    return render(request, "returns/nccis/sign_off.html", {**_shown(request, submission), "form": form})


@needs(Permission.ERRORS_READ)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sign-off back, so that the month can be frozen anew."""
    submission = _submission(request, pk)
    form = TakeBackForm(_sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            take_back_sign_off(submission=submission, by=request.user, why=form.cleaned_data["why"])
        except CannotSign as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The sign-off is taken back. Freeze the month again when it is mended.")
            return redirect("month", slug=ReportingMonth(submission.period_end).slug)
    return render(request, "returns/nccis/take_back.html", {**_shown(request, submission), "form": form})


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _shown(request: HttpRequest, submission: Submission) -> dict[str, object]:
    rules = ruleset(submission.period_end).errors
    return {
        "file": submission,
        "month": ReportingMonth(submission.period_end),
        "counts": Counts(**submission.freeze.counts) if submission.freeze else None,
        "errors": [(rules[code], count) for code, count in submission.errors.items() if code in rules],
        "may": may_sign(submission, request.user),
    }


def _submission(request: HttpRequest, pk: int) -> Submission:
    found = Submission.objects.select_related("authority", "freeze", "built_by").defer("content")
    return get_object_or_404(found, pk=pk, authority__in=request.scope.authority_ids)
