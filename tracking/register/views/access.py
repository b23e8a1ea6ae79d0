"""Hiding a record, naming who may open it, and opening one in an emergency."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import refused
from tracking.register.actions.access import (
    lift_restriction,
    name_no_more,
    name_user_for_restricted,
    open_in_emergency,
    restrict_record,
)
from tracking.register.forms.facts import RestrictForm
from tracking.register.forms.work import EmergencyForm, NameUserForm
from tracking.register.queries.changing import colleagues, named_colleagues, openable_in_emergency
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted
from tracking.register.views.editing import Page, answers, asked_and_done


@needs(Permission.RESTRICTION_CHANGE)
def restrict(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Hide the record from all but those named for it, or show it again."""
    person = visible_person(request.user, ref)
    form = RestrictForm(answers(request))
    hidden = person.restricted_on is not None

    def act() -> str:
        change = lift_restriction if hidden else restrict_record
        change(person=person, why=form.cleaned_data["why"], by=request.user)
        return (
            "The record is open to its usual roles again."
            if hidden
            else "Only people named for it see the record now."
        )

    page = (
        Page("Show this record again", "Show it", intro="Everybody whose role shows it will see it again.")
        if hidden
        else Page(
            "Restrict this record",
            "Restrict it",
            warning="Nobody sees it any more but the people you name for it.",
        )
    )
    return asked_and_done(request, person, form, act, page)


@needs(Permission.RESTRICTION_CHANGE)
def name_user(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One more colleague may open the restricted record."""
    person = visible_person(request.user, ref)
    form = NameUserForm(answers(request), colleagues=colleagues(person.authority_id, clock.today()))

    def act() -> str:
        name_user_for_restricted(person=person, by=request.user, **form.cleaned_data)
        return f"{form.cleaned_data['user']} may open this record now."

    shown = {"named": named_colleagues(person)}
    page = Page(
        "Who may open this record", "Add", template="tracking/edit/named.html", then="name_user", shown=shown
    )
    return asked_and_done(request, person, form, act, page)


@needs(Permission.RESTRICTION_CHANGE)
def unname_user(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """One colleague fewer."""
    person = visible_person(request.user, ref)
    grant = named_colleagues(person).filter(pk=pk).first()
    if grant is None:
        raise NotVisible
    form = RestrictForm(answers(request))

    def act() -> str:
        name_no_more(grant=grant, why=form.cleaned_data["why"], by=request.user)
        return f"{grant.user} may no longer open this record."

    page = Page(f"Stop {grant.user} opening this record", "Stop them", then="name_user")
    return asked_and_done(request, person, form, act, page)


@needs(Permission.BREAK_GLASS, fresh=True)
def emergency(request: HttpRequest) -> HttpResponse:
    """Open a hidden record that cannot wait: the number and date of birth must both be right, whatever is hidden."""
    form = EmergencyForm(answers(request))
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        person = openable_in_emergency(request.user, asked["young_person_id"], asked["date_of_birth"])
        try:
            if person is not None:
                open_in_emergency(person=person, why=asked["why"], by=request.user)
                messages.success(
                    request, "Open to you until the end of today. Information governance has been told."
                )
                return redirect("person", ref=person.ref)
        except NotPermitted:
            pass
        refused(by=request.user, why="emergency: nothing matched")
        form.add_error("young_person_id", "No record has this number and this date of birth")
    return render(request, "tracking/edit/emergency.html", {"form": form})
