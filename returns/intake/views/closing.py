"""The end of a return: handed to a colleague, looked over and sent, its receipt, and taken back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from neet import clock
from neet.accounts.access import needs
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.documents.pdf import pdf_of
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.jobs.tasks import ring
from returns.intake.actions.applying import ask_to_confirm
from returns.intake.actions.handing import hand_over, record_notice
from returns.intake.actions.taking_back import ask_to_take_back
from returns.intake.forms.closing import HandOverForm, TakeBackForm
from returns.intake.forms.sending import NoticeForm
from returns.intake.models import Intake
from returns.intake.queries.colleagues import colleagues_of, submitters_of
from returns.intake.queries.pages import differences_of, sum_of
from returns.intake.queries.sending import needs_privacy_notice
from returns.intake.queries.standing import reference_of, words_of_state
from returns.intake.queries.versions import earlier_of
from returns.intake.refusals import NotAColleague, NotNow, NotReady
from returns.intake.views.frame import about, intake_of, layout_for, may
from returns.intake.views.opened import changed_words, rows_url, work_on
from schools.queries import council_contact
from tracking.register.refusals import NotPermitted

CONTRIBUTES = needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
INSTEAD = "instead"
TAKE_OVER = "Put it on the register"
ANSWERED = "return_notice_answered"
SUBMITS = needs(Permission.RETURN_READ, to_post=Permission.RETURN_SUBMIT)


@CONTRIBUTES
def hand_over_to(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A colleague is asked to go on with it."""
    intake = intake_of(request, ref)
    if not intake.is_open:
        return redirect("intake", ref=ref)
    colleagues = colleagues_of(intake, clock.today()).exclude(pk=request.user.pk)
    form = HandOverForm(request.POST or None, colleagues=list(colleagues.values_list("pk", "name")))
    if form.is_valid() and _handed_over(request, intake, form):
        return redirect("intake", ref=ref)
    shown = {**about(request, intake.expected, intake), "crumb": "Hand over", "form": form}
    return render(request, "returns/intake/hand_over.html", {**shown, "colleagues": colleagues})


def _handed_over(request: HttpRequest, intake: Intake, form: HandOverForm) -> bool:
    to = User.objects.get(pk=form.cleaned_data["to"])
    try:
        hand_over(intake=intake, to=to, note=form.cleaned_data["note"], by=request.user)
    except (NotNow, NotAColleague) as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, f"{to.name} was asked by e-mail. What you saved so far stays as it is.")
    return True


@SUBMITS
@never_cache
def confirm_return(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Look it over and send it. Who only prepares returns is told who can send it. What is wrong with an answer is
    shown after a way round, and nothing is kept: who comes back here once it was sent is led to its receipt.
    """
    intake = intake_of(request, ref)
    if intake.state != Intake.State.CHECKED or work_on(intake):
        return redirect("intake", ref=ref)
    form = _notice_form(request, intake)
    if request.method == "POST":
        if form is not None and not form.is_valid():
            request.session[ANSWERED] = {"of": str(ref), "typed": _typed(request)}
            return redirect("confirm_return", ref=ref)
        if _sent(request, intake, form):
            return redirect("intake", ref=ref)
    return render(request, "returns/intake/send.html", _send_page(request, intake, form))


def _notice_form(request: HttpRequest, intake: Intake) -> NoticeForm | None:
    """The question about the privacy notice, where something on the return may only be passed on after it."""
    if not needs_privacy_notice(intake):
        return None
    told = {"told": "yes", "issued_on": intake.notice_issued_on} if intake.notice_issued_on else {}
    before = request.session.pop(ANSWERED, {})
    typed = before.get("typed") if before.get("of") == str(intake.ref) else None
    return NoticeForm(request.POST if request.method == "POST" else typed, initial=told)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: str(value) for name, value in request.POST.items() if name != "csrfmiddlewaretoken"}


def _send_page(request: HttpRequest, intake: Intake, form: NoticeForm | None) -> dict[str, Any]:
    total = sum_of(intake)
    differences = [(each, rows_url(intake, each.outcome)) for each in differences_of(intake)]
    return {
        **about(request, intake.expected, intake),
        "crumb": "Check and send",
        "form": form,
        "sum": total,
        "earlier": None if layout_for(intake).is_roll else earlier_of(intake),
        "sent_rows": total.rows - total.out - total.to_change,
        "differences": differences,
        "changed": changed_words(intake),
        "send_words": f"Send to {intake.authority.name}" if intake.establishment else TAKE_OVER,
        "submitters": submitters_of(intake, clock.today()),
    }


def _sent(request: HttpRequest, intake: Intake, form: NoticeForm | None) -> bool:
    try:
        if form is not None:
            record_notice(intake=intake, issued_on=form.cleaned_data["issued_on"], by=request.user)
        instead = not layout_for(intake).is_roll and request.POST.get("how") == INSTEAD
        job = ask_to_confirm(intake=intake, by=request.user, instead=instead)
    except NotReady as problem:
        if form is None:
            messages.warning(request, str(problem))
            return True
        form.add_error(None, str(problem))
        return False
    except NotNow as problem:
        messages.warning(request, str(problem))
        return True
    except NotPermitted:
        messages.warning(request, "Somebody who may send returns here has to send it.")
        return True
    if job is not None:
        ring(job)
    return True


@needs(Permission.RETURN_READ)
def receipt(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What was sent, when and by whom, what became of it, and what happens next. Good as a bookmark."""
    intake = intake_of(request, ref)
    if intake.event_id is None:
        return redirect("intake", ref=ref)
    may_take_back = _may_take_back(request, intake)
    shown = {**_receipt(request, intake), "crumb": "Receipt", "may_take_back": may_take_back}
    return render(request, "returns/intake/receipt.html", shown)


@needs(Permission.RETURN_READ)
def receipt_pdf(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """The receipt to keep: counts, and nobody's name but the sender's."""
    intake = intake_of(request, ref)
    if intake.event_id is None:
        return redirect("intake", ref=ref)
    shown = _receipt(request, intake)
    shown |= {"council": intake.authority.name, "council_contact": council_contact(intake.authority)}
    content = pdf_of("returns/intake/receipt_print.html", shown)
    return download_of([content], name=f"Receipt {reference_of(intake)}.pdf", kind=StoredFile.Kind.PDF)


def _receipt(request: HttpRequest, intake: Intake) -> dict[str, Any]:
    state, tone = words_of_state(intake)
    return {
        **about(request, intake.expected, intake),
        "reference": reference_of(intake),
        "state": state,
        "tone": tone,
        "sum": sum_of(intake),
        "differences": [(each, rows_url(intake, each.outcome)) for each in differences_of(intake)],
        "today": clock.today(),
    }


def _may_take_back(request: HttpRequest, intake: Intake) -> bool:
    """The school until the council accepted it, the council at any time."""
    if intake.is_applied and may(request, intake.expected, Permission.RETURN_RECEIVE):
        return True
    sent = intake.state == Intake.State.CONFIRMED
    return sent and may(request, intake.expected, Permission.RETURN_SUBMIT)


@SUBMITS
def take_back(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Take a sent return back: asked once, then done beside the pages."""
    intake = intake_of(request, ref)
    if not _may_take_back(request, intake):
        return redirect("intake", ref=ref)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        _asked_back(request, intake, form.cleaned_data["why"])
        return redirect("intake", ref=ref)
    shown = {**about(request, intake.expected, intake), "crumb": "Take it back", "form": form}
    return render(request, "returns/intake/take_back.html", shown)


def _asked_back(request: HttpRequest, intake: Intake, why: str) -> None:
    try:
        job = ask_to_take_back(intake=intake, how=Intake.State.WITHDRAWN, why=why, by=request.user)
        if job is not None:
            ring(job)
    except (NotNow, NotReady) as problem:
        messages.warning(request, str(problem))
    except NotPermitted:
        messages.warning(request, "Somebody who may send returns here has to take it back.")
