"""Writing a note."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from neet.accounts.access import needs
from neet.accounts.roles import Permission
from tracking.register.actions.notes import write_note
from tracking.register.forms.work import NoteForm
from tracking.register.queries.changing import services_of
from tracking.register.queries.people import visible_person
from tracking.register.views.editing import Page, answers, asked_and_done


@needs(Permission.NOTE_WRITE)
def add(request: HttpRequest, ref: UUID) -> HttpResponse:
    """For everyone who works with the young person, or for one service."""
    person = visible_person(request.user, ref)
    form = NoteForm(answers(request), services=services_of(request.user, person.authority_id))

    def act() -> str:
        asked = form.cleaned_data
        write_note(person=person, text=asked["text"], service=asked.get("service"), by=request.user)
        return "Note saved."

    return asked_and_done(request, person, form, act, Page("Write a note", then="person_notes"))
