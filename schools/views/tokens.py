"""Programs that read: their tokens, made and stopped by a system administrator."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.accounts.shown_once import keep_to_show, to_show
from schools import queries
from schools.actions.people import Refused
from schools.actions.tokens import make_token, revoke_token
from schools.forms.people import TokenForm
from schools.views.people import choices_for, page

P = Permission
MADE = "program_made"


@needs(P.SETTINGS_CHANGE)
def programs(request: HttpRequest) -> HttpResponse:
    """Every program that can read now, until when, and when it last did."""
    rows = [
        {
            "token": token,
            "name": token.membership.user.name,
            "role": queries.role_words(token.membership.role),
            "where": queries.place_words(token.membership),
        }
        for token in queries.system_tokens(clock.now())
    ]
    return render(request, "schools/programs.html", {"rows": rows})


@never_cache
@needs(P.SETTINGS_CHANGE, fresh=True)
def add_program(request: HttpRequest) -> HttpResponse:
    """Make a token; it is shown on the page that follows this form and never again."""
    if request.method == "GET" and (shown := to_show(request, MADE)):
        shown["until"] = datetime.fromisoformat(shown["until"])
        return render(request, "schools/program_made.html", shown)
    form = TokenForm(request.POST or None, **choices_for(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            made = make_token(name=typed["name"], place=form.place(), days=typed["days"], by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            until = made.token.expires_at.isoformat()
            keep_to_show(request, MADE, {"secret": made.secret, "until": until, "name": typed["name"]})
            return redirect("add_program")
    return page(request, form, "Let a program read", "Make the token", "programs")


@require_POST
@needs(P.SETTINGS_CHANGE, fresh=True)
def stop_program(request: HttpRequest, token_id: int) -> HttpResponse:
    """The program reads nothing more."""
    token = get_object_or_404(queries.system_tokens(clock.now()), pk=token_id)
    revoke_token(token=token, by=request.user)
    messages.success(request, f"{token.membership.user.name} reads nothing more.")
    return redirect("programs")
