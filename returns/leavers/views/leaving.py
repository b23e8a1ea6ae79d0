"""Somebody left: one page, filled in within a minute, on a telephone too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from returns.leavers.actions import tell_of_leaver
from returns.leavers.forms import LeaverForm
from returns.leavers.kinds import Kind
from returns.leavers.queries.own import own_pupils
from returns.leavers.views.choosing import choice_of, told
from tracking.reference.queries import ruleset

THANKS = "Thank you. The council's trackers have it now."


@never_cache
@needs(Permission.RETURN_SUBMIT)
def leaver(request: HttpRequest) -> HttpResponse:
    """Who left, since when, why, what next. The names of those who may be chosen stand on the page alone."""
    today = clock.today()
    choice = choice_of(request, own_pupils(request.user, today))
    form = LeaverForm(request.POST if choice.is_sent else None, own=choice.own, rules=ruleset(today))
    if choice.is_sent and form.is_valid():
        answer = told(request, form, lambda: tell_of_leaver(leaving=form.leaving(), by=request.user), THANKS)
        if answer:
            return answer
    note_read(
        Kind.OFFERED,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[each.person_id for each in choice.own],
    )
    return render(request, "returns/leavers/leaver.html", {"form": form, **choice.shown()})
