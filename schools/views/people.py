"""Who works here: the list, one person, places given, changed and ended, accounts closed and opened."""

from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.models import User
from neet.accounts.roles import Permission
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from schools import queries
from schools.actions import invitations, people
from schools.actions.people import Refused
from schools.forms.people import (
    ColleagueFilter,
    EndPlaceForm,
    GivePlaceForm,
    InviteForm,
    KnownForm,
    ReasonForm,
    TermsForm,
)
from schools.rules.placing import TERMS, Terms, grantable_roles

P = Permission
SORTS = {"name": ("name", "pk"), "seen": ("last_login", "pk")}
ALL_FRESH = {"fresh": True}


@needs(P.MEMBERSHIP_CHANGE)
def colleagues(request: HttpRequest) -> HttpResponse:
    """Everybody who works for the councils one looks after, with their places."""
    form = ColleagueFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    wanted = queries.Wanted(role=asked.get("role", ""), state=asked.get("state") or "working")
    today = clock.today()
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields)
    found = queries.colleagues(request.scope, wanted, today)
    listing = listing.counted(found.count())
    page = found.order_by(*listing.order_by)[listing.start : listing.stop]
    return render(
        request,
        "schools/colleagues.html",
        {
            "form": form,
            "listing": listing,
            "chosen": chosen(form, listing),
            "people": [queries.colleague_of(user, today) for user in page],
            "invitations": [
                {
                    "invitation": each,
                    "role": queries.role_words(each.role),
                    "where": queries.place_words(each),
                }
                for each in queries.open_invitations(request.scope)[:50]
            ],
            "now": clock.now(),
            "manages_programs": request.scope.can(P.SETTINGS_CHANGE),
        },
    )


@needs(P.MEMBERSHIP_CHANGE)
def colleague(request: HttpRequest, user_id: int) -> HttpResponse:
    """One person: their places now and before."""
    found = found_colleague(request, user_id)
    return render(
        request, "schools/colleague.html", {"person": found, "is_self": found.id == request.user.pk}
    )


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Offer somebody an account for one place."""
    form = InviteForm(request.POST or None, **choices_for(request))
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            invitations.invite(name=typed["name"], email=typed["email"], place=form.place(), by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request, f"{typed['name']} is invited. The link in the message works for 7 days."
            )
            return redirect("colleagues")
    return page(request, form, "Invite a colleague", "Send the invitation", "colleagues")


@require_POST
@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    invitation = found_or_404(lambda: queries.invitation_to_manage(request.scope, invitation_id))
    invitations.withdraw(invitation=invitation, by=request.user)
    messages.success(request, f"The invitation to {invitation.name} is taken back.")
    return redirect("colleagues")


@require_POST
@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def invite_again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send the message once more to somebody who lost it or came too late."""
    invitation = found_or_404(lambda: queries.invitation_to_manage(request.scope, invitation_id))
    try:
        invitations.send_again(invitation=invitation, by=request.user)
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, f"{invitation.name} is sent a new link, which works for 7 days.")
    return redirect("colleagues")


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def give_place(request: HttpRequest, user_id: int) -> HttpResponse:
    """Give somebody a further place."""
    person = found_colleague(request, user_id)
    initial = {"starts_on": clock.today(), "can_submit": True}
    form = GivePlaceForm(request.POST or None, initial=initial, **choices_for(request))
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=person.id)
        if done(
            form,
            lambda: people.give_place(user=user, place=form.place(), terms=form.terms(), by=request.user),
        ):
            messages.success(request, f"{person.name} has a further place.")
            return redirect("colleague", user_id=user_id)
    return page(request, form, f"Give {person.name} a further place", "Give this place", "colleague", user_id)


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def change_place(request: HttpRequest, membership_id: int) -> HttpResponse:
    """From when to when somebody holds a place."""
    held = found_membership(request, membership_id)
    initial = {name: getattr(held, name) for name in TERMS}
    form = TermsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        terms: Terms = form.terms()
        if done(form, lambda: people.change_place(membership=held, terms=terms, by=request.user)):
            messages.success(request, f"The place of {held.user.name} is changed.")
            return redirect("colleague", user_id=held.user_id)
    title = f"{queries.role_words(held.role)}: {held.user.name}"
    return page(request, form, title, "Save", "colleague", held.user_id, caption=queries.place_words(held))


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def end_place(request: HttpRequest, membership_id: int) -> HttpResponse:
    """The last day somebody holds a place."""
    held = found_membership(request, membership_id)
    form = EndPlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["ends_on"]
        if done(form, lambda: people.end_place(membership=held, on=on, by=request.user)):
            messages.success(request, f"{held.user.name} works there until the end of that day.")
            return redirect("colleague", user_id=held.user_id)
    title = f"End a place: {held.user.name}"
    where = f"{queries.role_words(held.role)}, {queries.place_words(held)}"
    return page(request, form, title, "End this place", "colleague", held.user_id, caption=where)


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def close_account(request: HttpRequest, user_id: int) -> HttpResponse:
    """Close somebody's account at once."""
    return _turn(
        request, user_id, people.close_account, "Close the account of", "Close the account",
        "They are signed out at once, and nothing they asked for is handed out. What they did stays on record.",
    )  # fmt: skip


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def reopen_account(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody back in who came back."""
    return _turn(
        request, user_id, people.reopen_account, "Open the account again of", "Open the account",
        "They sign in with the password and the second step they had. Their places are as they were.",
    )  # fmt: skip


@needs(P.MEMBERSHIP_CHANGE, fresh=True)
def take_second_step_away(request: HttpRequest, user_id: int) -> HttpResponse:
    """Let somebody who lost app and printed codes begin with a new second step."""
    return _turn(
        request, user_id, people.take_second_step_away, "Take the second step away from", "Take it away",
        "Their app, passkeys and printed codes are worth nothing from now on, and they are signed out. They sign in"
        " with their password and a code from their mailbox, and add a new app or passkey. A message tells them.",
        KnownForm,
    )  # fmt: skip


def _turn(
    request: HttpRequest, user_id: int, act: Any, title: str, button: str, consequence: str,
    asks: type[ReasonForm] = ReasonForm,
) -> HttpResponse:  # fmt: skip
    person = found_colleague(request, user_id)
    form = asks(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = User.objects.get(pk=person.id)
        if done(form, lambda: act(user=user, why=form.cleaned_data["why"], by=request.user)):
            messages.success(request, f"Done: {title.lower()} {person.name}.")
            return redirect("colleague", user_id=user_id)
    return page(request, form, f"{title} {person.name}", button, "colleague", user_id, lead=consequence)


# --- what these pages share -------------------------------------------------------------------------
def page(
    request: HttpRequest, form: Any, title: str, button: str, back: str, *back_to: int, **said: str
) -> HttpResponse:
    """A page of one form; `caption` and `lead` may say more about it."""
    shown = {"form": form, "title": title, "button": button, "back_url": reverse(back, args=back_to), **said}
    return render(request, "schools/form.html", shown)


def done(form: Any, act: Any) -> bool:
    """Do it; what is refused is said on the form."""
    try:
        act()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def choices_for(request: HttpRequest) -> dict[str, Any]:
    reach = people.reach_of(request.user)
    return {
        "roles": grantable_roles(reach),
        "authorities": queries.authorities_of(request.scope, P.MEMBERSHIP_CHANGE),
    }


def found_colleague(request: HttpRequest, user_id: int) -> queries.Colleague:
    return found_or_404(lambda: queries.colleague(request.scope, user_id, clock.today()))


def found_membership(request: HttpRequest, membership_id: int) -> Any:
    return found_or_404(lambda: queries.membership_to_manage(request.scope, membership_id))


def found_or_404(find: Any) -> Any:
    """What is not yours answers as what is not there."""
    try:
        found: Model = find()
    except queries.NotYours:
        raise Http404 from None
    return found
