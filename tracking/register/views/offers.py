"""Places somebody applied for or was offered, as an officer heard of them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from tracking.reference.queries import ruleset
from tracking.register.actions.offers import change_place, record_place
from tracking.register.columns import asker
from tracking.register.forms.offers import PlaceForm
from tracking.register.models import Offer, YoungPerson
from tracking.register.queries.offers import places_shown
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.views.editing import Page, answers, asked_and_done

ASKED = ("place", "course", "stage", "starts_on", "conditions", "preference", "source", "version")
SAVED = "Saved. The September Guarantee follows."


@needs(Permission.PERSON_CHANGE)
def add(request: HttpRequest, ref: UUID) -> HttpResponse:
    """A place they applied for or were offered."""
    person = visible_person(request.user, ref)
    form = PlaceForm(answers(request), initial={"said_on": clock.today()}, rules=ruleset(clock.today()))

    def act() -> str:
        record_place(person=person, said=form.place_said(), by=request.user)
        return SAVED

    return asked_and_done(request, person, form, act, Page("Add an application or offer"))


@needs(Permission.PERSON_CHANGE)
def change(request: HttpRequest, ref: UUID, pk: int) -> HttpResponse:
    """What is said of a place now."""
    person = visible_person(request.user, ref)
    held = _held(request, person, pk)
    first = {name: getattr(held, name) for name in ASKED} | {"said_on": clock.today()}
    form = PlaceForm(answers(request), initial=first, rules=ruleset(clock.today()))

    def act() -> str:
        seen = form.cleaned_data["version"] or 0
        change_place(offer=held, said=form.place_said(), seen=seen, by=request.user)
        return SAVED

    def stands() -> str:
        return str(Offer.objects.values_list("version", flat=True).get(pk=held.pk))

    return asked_and_done(request, person, form, act, Page(f"Change: {held.place}"), stands)


def _held(request: HttpRequest, person: YoungPerson, pk: int) -> Offer:
    """One of this person's places that the user may be shown."""
    shown = places_shown(asker(request.user, clock.today()))
    found = person.offers.filter(shown, pk=pk).first()
    if found is None:
        raise NotVisible
    return found
