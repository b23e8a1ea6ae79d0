"""An officer writes down on a record that somebody takes back what they agreed to."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from returns.surveys.many.actions.consenting import withdraw_consent
from tracking.register.queries.people import visible_person
from tracking.register.refusals import NotPermitted


@require_POST
@needs(Permission.PERSON_CHANGE)
def withdraw(request: HttpRequest, ref: UUID) -> HttpResponse:
    """From today on their school is told nothing of them by name."""
    person = visible_person(request.user, ref)
    try:
        withdraw_consent(person=person, by=request.user)
    except NotPermitted:
        raise Http404 from None
    messages.success(request, "Their school is told nothing of them by name from now on.")
    return redirect("person", ref=ref)
