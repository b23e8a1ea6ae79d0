"""Worried about somebody: one page for one pupil."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from returns.concerns.actions import tell_of_pupil
from returns.concerns.forms import WorryForm
from returns.concerns.kinds import Kind
from returns.intake.layouts.potential_neet import POTENTIAL_NEET
from returns.leavers.queries.own import own_pupils
from returns.leavers.views.choosing import choice_of, told
from tracking.reference.queries import ruleset
from tracking.rules.academic_year import AGE_ABOVE_YEAR_GROUP

# The first and last academic age of whom the return is.
AGES = (
    min(POTENTIAL_NEET.year_groups) + AGE_ABOVE_YEAR_GROUP,
    max(POTENTIAL_NEET.year_groups) + AGE_ABOVE_YEAR_GROUP,
)
THANKS = "Thank you. The council has it now."


@never_cache
@needs(Permission.RETURN_SUBMIT)
def worry(request: HttpRequest) -> HttpResponse:
    """Who it is, why, and what is planned. The names of those who may be chosen stand on the page alone."""
    today = clock.today()
    found = own_pupils(request.user, today, ages=AGES, kinds=POTENTIAL_NEET.places)
    choice = choice_of(request, found)
    form = WorryForm(request.POST if choice.is_sent else None, own=choice.own, rules=ruleset(today))
    if choice.is_sent and form.is_valid():
        answer = told(request, form, lambda: tell_of_pupil(worry=form.worry(), by=request.user), THANKS)
        if answer:
            return answer
    note_read(
        Kind.OFFERED,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[each.person_id for each in choice.own],
    )
    return render(request, "returns/concerns/worry.html", {"form": form, **choice.shown()})
