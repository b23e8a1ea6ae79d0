"""Who works at one's own school or college: invited, let prepare or send, and ended, by its own people."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from schools import own
from schools.actions import invitations, people
from schools.actions.people import Refused
from schools.attesting import attested_at, own_contacts
from schools.forms.own import PREPARES, SENDS, InviteOwnForm, MayForm
from schools.models import Membership
from schools.rules.placing import Terms
from schools.views.people import done, found_or_404

OWN = Permission.OWN_COLLEAGUES
MOST_INVITATIONS = 50


@dataclass(frozen=True)
class Line:
    """One colleague and whether it is the reader."""

    held: Membership
    is_self: bool


@needs(OWN)
def own_colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody with the same role at the same school or college, and who is invited."""
    held = own.own_colleagues(request.scope, clock.today())
    attested = attested_at(request.scope, clock.today())
    shown = {
        "attested": attested,
        "to_attest": any(each.said is None for each in attested),
        "contacts": own_contacts(request.scope),
        "lines": [Line(each, each.user_id == request.user.pk) for each in held],
        "invitations": own.own_invitations(request.scope)[:MOST_INVITATIONS],
        "several": len(own.own_places(request.scope)) > 1,
        "now": clock.now(),
    }
    return render(request, "schools/own_colleagues.html", shown)


@needs(OWN, fresh=True)
def invite_own(request: HttpRequest) -> HttpResponse:
    """Offer a colleague an account at one's own school or college."""
    form = InviteOwnForm(request.POST or None, places=own.own_places(request.scope))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        if done(
            form,
            lambda: invitations.invite(
                name=typed["name"], email=typed["email"], place=form.place(), by=request.user
            ),
        ):
            messages.success(
                request, f"{typed['name']} is invited. The link in the message works for 7 days."
            )
            return redirect("own_colleagues")
    return _page(request, form, "Invite a colleague", "Send the invitation")


@needs(OWN, fresh=True)
def change_own(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Whether a colleague prepares returns or also sends them."""
    held = _held(request, membership_id)
    form = MayForm(request.POST or None, initial={"may": SENDS if held.can_submit else PREPARES})
    if request.method == "POST" and form.is_valid():
        terms = Terms(held.starts_on, held.ends_on, form.can_submit)
        if done(form, lambda: people.change_place(membership=held, terms=terms, by=request.user)):
            messages.success(request, f"What {held.user.name} may do is changed.")
            return redirect("own_colleagues")
    return _page(request, form, held.user.name, "Save")


@needs(OWN, fresh=True)
def end_own(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A colleague's access ends at once; asked first."""
    held = _held(request, membership_id)
    if request.method == "POST":
        try:
            people.end_place(membership=held, on=clock.today() - timedelta(days=1), by=request.user)
            messages.success(request, f"{held.user.name} has no access here any more.")
        except Refused as why:
            messages.error(request, str(why))
        return redirect("own_colleagues")
    return render(request, "schools/end_own.html", {"held": held})


@require_POST
@needs(OWN, fresh=True)
def withdraw_own(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    found = found_or_404(lambda: own.own_invitation(request.scope, invitation_id))
    invitations.withdraw(invitation=found, by=request.user)
    messages.success(request, f"The invitation to {found.name} is taken back.")
    return redirect("own_colleagues")


@require_POST
@needs(OWN, fresh=True)
def invite_own_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send the message once more."""
    found = found_or_404(lambda: own.own_invitation(request.scope, invitation_id))
    try:
        invitations.send_again(invitation=found, by=request.user)
        messages.success(request, f"{found.name} is sent a new link, which works for 7 days.")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("own_colleagues")


def _held(request: HttpRequest, membership_id: int) -> Membership:
    return found_or_404(lambda: own.own_colleague(request.scope, membership_id, clock.today()))


def _page(request: HttpRequest, form: Any, title: str, button: str) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "back_url": reverse("own_colleagues")}
    return render(request, "schools/own_form.html", shown)
