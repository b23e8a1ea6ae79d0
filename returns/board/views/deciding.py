"""What the council decides about a return that was sent: accepted, or sent back with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.jobs.tasks import ring
from returns.board.forms import WhyForm
from returns.calendar.queries.expected import received_by
from returns.intake.actions.applying import accept
from returns.intake.actions.taking_back import ask_to_take_back
from returns.intake.models import Intake
from returns.intake.refusals import NotNow, NotReady
from tracking.register.refusals import NotPermitted

P = Permission


def intake_here(request: HttpRequest, ref: UUID) -> Intake:
    """One return of those this person receives, or there is nothing here."""
    found = Intake.objects.filter(expected__in=received_by(request.user).values("pk"))
    return get_object_or_404(found.select_related("expected__collection", "establishment"), ref=ref)


@require_POST
@needs(P.RETURN_RECEIVE)
def accept_return(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The return is good as it is."""
    found = intake_here(request, ref)
    try:
        accept(intake=found, by=request.user)
        messages.success(request, f"The return of {found.establishment} is accepted.")
    except (NotNow, NotPermitted) as why:
        messages.warning(request, str(why))
    return redirect("expected_return", ref=found.expected.ref)


@needs(P.RETURN_RECEIVE)
def send_back(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The return goes back to its sender, who reads why; the register is as before."""
    found = intake_here(request, ref)
    back = redirect("expected_return", ref=found.expected.ref)
    if not found.is_applied:
        return back
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _asked(request, found, form):
        return back
    shown = {
        "form": form,
        "title": "Send the return back",
        "button": "Send it back",
        "caption": f"{found.expected.collection}, {found.establishment}",
        "lead": "What it put on the register goes back to what stood there before, unless somebody changed it since. "
        "Its sender reads your reason and is asked again.",
        "back_url": reverse("expected_return", args=[found.expected.ref]),
    }
    return render(request, "one_form.html", shown)


def _asked(request: HttpRequest, found: Intake, form: WhyForm) -> bool:
    why = form.cleaned_data["why"]
    try:
        job = ask_to_take_back(intake=found, how=Intake.State.REJECTED, why=why, by=request.user)
    except (NotNow, NotReady, NotPermitted) as problem:
        form.add_error(None, str(problem))
        return False
    if job is not None:
        ring(job)
    messages.success(
        request, f"The return goes back to {found.establishment}. This may take a minute if it is long."
    )
    return True
