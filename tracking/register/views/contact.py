"""Changing where a young person lives and how they are reached."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from tracking.reference.queries import ruleset
from tracking.register.actions.contact import (
    correct_address,
    end_contact_point,
    move_address,
    record_contact_point,
    stop_using,
)
from tracking.register.columns import asker, contact_points
from tracking.register.forms.contact import AddressForm, ContactForm
from tracking.register.forms.editing import RecordForm
from tracking.register.models import ContactPoint, Residence, YoungPerson
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.views.editing import Page, answers, asked_and_done


def present(person: YoungPerson) -> Residence | None:
    return person.residences.filter(ends_on__isnull=True).first()


@needs(Permission.PERSON_CHANGE)
def address(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They moved, or the address was written down wrongly."""
    person = visible_person(request.user, ref)
    form = AddressForm(answers(request), authority_id=person.authority_id, present=present(person))

    def act() -> str:
        asked = {"person": person, "address": form.address(), "seen_id": form.cleaned_data["seen_id"]}
        if form.is_move:
            move_address(**asked, by=request.user)
        else:
            correct_address(**asked, by=request.user)
        for words in form.warnings(ruleset(clock.today())):
            messages.warning(request, f"Saved as it is. {words}")
        return "Address saved."

    def stands() -> str:
        now = present(person)
        return str(now.pk) if now else ""

    page = Page("Change the address" if present(person) else "Add an address", then="person_contact")
    return asked_and_done(request, person, form, act, page, stands)


@needs(Permission.PERSON_CHANGE)
def add(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A number or an e-mail address."""
    person = visible_person(request.user, ref)
    form = ContactForm(answers(request))

    def act() -> str:
        record_contact_point(person=person, reach=form.reach(), by=request.user)
        return "Contact saved."

    return asked_and_done(request, person, form, act, Page("Add a way to reach them", then="person_contact"))


@needs(Permission.PERSON_CHANGE)
def end(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """It no longer reaches them."""
    person = visible_person(request.user, ref)
    point = point_of(request, person, pk)

    def act() -> str:
        end_contact_point(point=point, by=request.user)
        return "Ended. It stays in the history."

    page = Page("Does this no longer reach them?", "Yes, end it", intro=shown(point), then="person_contact")
    return asked_and_done(request, person, RecordForm(answers(request)), act, page)


@needs(Permission.PERSON_CHANGE)
def stop(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """It is not to be used."""
    person = visible_person(request.user, ref)
    point = point_of(request, person, pk)

    def act() -> str:
        stop_using(point=point, by=request.user)
        return "Marked: not to be used."

    page = Page(
        "Should nobody use this any more?", "Yes, do not use it", intro=shown(point), then="person_contact"
    )
    return asked_and_done(request, person, RecordForm(answers(request)), act, page)


def point_of(request: HttpRequest, person: YoungPerson, pk: int) -> ContactPoint:
    """One of this person's contacts that the user may be shown."""
    readable = contact_points(asker(request.user, clock.today()))
    found = person.contact_points.filter(readable, pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def shown(point: ContactPoint) -> str:
    return f"{point.get_kind_display()}: {point.value} ({point.get_whose_display().lower()})"
