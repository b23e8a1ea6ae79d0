"""Worried about somebody: one page for one pupil."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from returns.concerns.actions import tell_of_pupil
from returns.concerns.forms import WorryForm
from returns.concerns.kinds import Kind
from returns.intake.layouts.potential_neet import POTENTIAL_NEET
from returns.intake.refusals import NotNow, NotReady
from returns.leavers.one_row import NotTaken
from returns.leavers.queries.own import own_pupils
from returns.leavers.views.choosing import choice_of
from tracking.reference.queries import ruleset
from tracking.register.refusals import NotPermitted

AGES = (14, 15)  # academic ages of Years 10 and 11, of whom the return is


@never_cache
@needs(Permission.RETURN_SUBMIT)
def worry(request: HttpRequest) -> HttpResponse:
    """Who it is, why, and what is planned. The names of those who may be chosen stand on the page alone."""
    today = clock.today()
    found = own_pupils(request.user, today, ages=AGES, kinds=POTENTIAL_NEET.places)
    choice = choice_of(request, found)
    form = WorryForm(request.POST if choice.is_sent else None, own=choice.own, rules=ruleset(today))
    if choice.is_sent and form.is_valid() and (answer := _told(request, form)):
        return answer
    note_read(
        Kind.OFFERED,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[each.person_id for each in choice.own],
    )
    return render(request, "returns/concerns/worry.html", {"form": form, **choice.shown()})


def _told(request: HttpRequest, form: WorryForm) -> HttpResponse | None:
    """The answer where it went well; None with the reason on the form."""
    try:
        sent = tell_of_pupil(worry=form.worry(), by=request.user)
    except NotPermitted:
        form.add_error(None, "Somebody who may send returns here has to say it.")
        return None
    except (NotTaken, NotNow, NotReady) as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(request, "Thank you. The council has it now.")
    return redirect("receipt", ref=sent.ref)
