"""A file that is another return than it was sent for goes where it belongs, by one click."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from returns.intake.actions.routing import route
from returns.intake.layouts import LAYOUTS
from returns.intake.refusals import NotNow
from returns.intake.views.frame import intake_of
from returns.intake.views.sending import check_beside


@require_POST
@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def move_return(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Move a file to the return its columns are those of."""
    found = intake_of(request, ref)
    if not found.seems:
        return redirect("intake", ref=ref)
    try:
        made = route(intake=found, to=found.seems, by=request.user)
    except NotNow as problem:
        messages.warning(request, str(problem))
        return redirect("intake", ref=ref)
    messages.success(request, f"Moved: it is now your return “{LAYOUTS[made.type].title}”.")
    return check_beside(request, made)
