"""What a young person seeks, as somebody who spoke with them writes it down."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from tracking.reference.queries import ruleset
from tracking.register.actions.seeking import record_seeking
from tracking.register.columns import asker
from tracking.register.forms.seeking import SeekingForm, first_answers
from tracking.register.models import Seeking
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.views.editing import Page, answers, asked_and_done


@needs(Permission.PERSON_CHANGE)
def change(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What they look for, where, from when, what keeps them from it, and what was agreed."""
    person = visible_person(request.user, ref)
    today = clock.today()
    if not asker(request.user, today).reads("seeking.sector"):
        raise NotVisible
    held = Seeking.objects.filter(person=person).select_related("district").first()
    first = first_answers(held)
    form = SeekingForm(
        answers(request), initial=first, rules=ruleset(today), authority_id=person.authority_id
    )

    def act() -> str:
        seen = form.cleaned_data["version"] or 0
        record_seeking(person=person, said=form.told(), seen=seen, by=request.user)
        return "What they are looking for is saved."

    def stands() -> str:
        return str(Seeking.objects.values_list("version", flat=True).get(person=person))

    return asked_and_done(request, person, form, act, Page("What are they looking for?"), stands)
