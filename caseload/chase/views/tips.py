"""A hub looks through a list of names and says whom it knows; nothing else is shown there (R71)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from caseload.chase.actions.tips import say_known
from caseload.chase.forms import KnownForm, NamesFilter
from caseload.chase.kinds import Kind
from caseload.chase.queries import tips
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many
from tracking.register.queries.index import index_lines
from tracking.register.queries.people import NotVisible
from tracking.register.queries.register import BY_NAME
from tracking.register.refusals import NotPermitted, NotRight
from tracking.register.views.editing import answers

P = Permission


@needs(P.KNOWN_CLAIM)
def names(request: HttpRequest) -> HttpResponse:
    """Names, year groups and statuses, by name."""
    today = clock.today()
    form = NamesFilter(request.GET.dict())
    wanted = form.wanted()
    people = tips.names_for(request.user, wanted, today)
    listing = listing_of(request.GET, sorts={"name": ()}, first="name", filters=form.fields)
    listing = listing.counted(people.count())
    page = people.order_by(*BY_NAME, "pk")[listing.start : listing.stop]
    lines = tips.lines_for(page, request.user, today)
    seen = [each.person.pk for each in lines]
    note_read(Kind.KNOWN_LIST_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    shown = {
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "title": dict(form.fields["names"].choices)[wanted],
        "total_words": many(listing.total, "young person,young people").capitalize(),
    }
    return render(request, "caseload/chase/names.html", shown)


@needs(P.KNOWN_CLAIM)
def known(request: HttpRequest, ref: UUID) -> HttpResponse:
    """I know this young person: doing what, where."""
    person = tips.person_to_know(request.user, ref)
    form = KnownForm(answers(request), initial={"on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            say_known(person=person, known=form.known(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(
                request, f"Thank you. The tracking team looks into what you said of {person.full_name}."
            )
            return redirect("names_to_know")
    line = index_lines(tips.may_know(request.user).filter(pk=person.pk), clock.today())[0]
    note_read(Kind.KNOWN_LIST_READ, by=request.user, authority_id=person.authority_id, subjects=[person.pk])
    return render(request, "caseload/chase/known.html", {"form": form, "person": line})
