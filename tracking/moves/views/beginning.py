"""A move begins: proposed from a record, or asked for of the council somebody came from."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from schools.models import Authority
from tracking.moves.actions.proposing import ask_for, propose
from tracking.moves.forms import AskByNumberForm, AskForm, MovingForm
from tracking.moves.models import Move
from tracking.moves.views.frame import tried
from tracking.reference.queries import ruleset
from tracking.register.queries.people import visible_person
from tracking.register.views.editing import Page, answers, asked_and_done

P = Permission
STAYS = "They stay on your register, and in your figures, until the other council accepts."
ASKED = "The other council has been asked. It answers whether it has such a record."
OF_ITS_OWN = "What that council knows is not shown here: it hands the record over, or says why it does not."


@needs(P.TRANSFER)
def propose_move(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They moved to another council."""
    person = visible_person(request.user, ref)
    rules = ruleset(clock.today())
    first = {"la": request.GET.get("la", "")}
    form = MovingForm(answers(request), initial=first, rules=rules, own=person.authority.code)

    def act() -> str:
        made: Move = propose(person=person, moving=form.moving(), by=request.user)
        name = made.to_authority.name if made.to_authority else rules.areas[made.to_la].plain_words
        return f"Proposed to {name}. {STAYS}"

    return asked_and_done(
        request, person, form, act, Page("They moved to another council", "Propose the move", STAYS)
    )


@needs(P.TRANSFER)
def ask_for_record(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They came to us from another council, which is asked for their record."""
    person = visible_person(request.user, ref)
    first = {"number": person.previous_id}
    form = AskForm(answers(request), initial=first, rules=ruleset(clock.today()), own=person.authority.code)

    def act() -> str:
        ask_for(
            authority=person.authority,
            moving=form.moving(),
            named=form.named(),
            by=request.user,
            person=person,
        )
        return ASKED

    page = Page("They came from another council", "Ask for their record", OF_ITS_OWN)
    return asked_and_done(request, person, form, act, page)


@needs(P.TRANSFER)
def ask_by_number(request: HttpRequest) -> HttpResponse:
    """The same for somebody who is not on our register."""
    places = request.scope.where(P.TRANSFER)
    authority = Authority.objects.get(pk=places[0].authority_id)
    form = AskByNumberForm(answers(request), rules=ruleset(clock.today()), own=authority.code)
    if request.method == "POST" and form.is_valid():
        moving, named = form.moving(), form.named()
        if tried(
            request,
            lambda: ask_for(authority=authority, moving=moving, named=named, by=request.user),
            ASKED,
            form,
        ):
            return redirect("moves")
    shown = {
        "form": form,
        "title": "Ask another council for a record",
        "button": "Ask",
        "back_url": reverse("moves"),
        "lead": OF_ITS_OWN,
    }
    return render(request, "one_form.html", shown)
