"""Did they start? The autumn's list, an answer in a click, a referral in another, and the sums by service and place."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from caseload.transitions.actions import answer_start, refer_unstarted
from caseload.transitions.forms import START_STATES, ListFilter
from caseload.transitions.models import StartCheck
from caseload.transitions.queries import starts as queries
from caseload.transitions.queries.people import districts_of, places_near, services_of
from caseload.transitions.rules import asks_who_started
from caseload.transitions.views.frame import SORTS, around, note_list
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.refusals import NotPermitted, NotRight
from tracking.rules.academic_year import academic_year, year_words

P = Permission
START_SORTS = {**SORTS, "place": ("start__expected__name", *SORTS["name"])}
KEPT = ("state", "service", "school", "district", "page", "sort")


@needs(P.CASE_WORK)
def listed(request: HttpRequest) -> HttpResponse:
    """Who is still to be asked about; whom the register knows to have started is off the list by itself."""
    user, today = request.user, clock.today()
    form = ListFilter(
        request.GET,
        states=START_STATES,
        services=services_of(user),
        districts=districts_of(user),
        schools=places_near(request.authority.code),
    )
    wanted = form.starts_wanted()
    people = queries.narrowed(queries.checked(user, today), wanted, today)
    numbers = queries.counted(people)
    listing = listing_of(request.GET, sorts=START_SORTS, first="name", filters=form.fields)
    here = numbers.get(f"n_{wanted.state}")
    listing = listing.counted(sum(numbers.values()) if here is None else here)
    page = queries.of_state(people, wanted.state).order_by(*listing.order_by)
    lines = queries.lines_of(page[listing.start : listing.stop], user, today)
    note_list(request, [each.person.pk for each in lines])
    shown = {
        **around(request, "starts"),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "states": [(numbers[f"n_{state}"], words, state) for state, (words, _) in queries.STATES.items()],
        "total": sum(numbers.values()),
        "answers": StartCheck.Answer.choices,
        "kept": kept(request),
        "year": year_words(academic_year(today)),
        "is_time": asks_who_started(today, ruleset(today).limits),
    }
    return render(request, "caseload/transitions/starts.html", shown)


@needs(P.CASE_WORK)
def by_place(request: HttpRequest) -> HttpResponse:
    """How many started, by service and by the place where they were expected."""
    today = clock.today()
    people = queries.checked(request.user, today)
    shown = {
        **around(request, "starts"),
        "services": queries.by_service(people, today),
        "schools": queries.by_school(people),
        "states": [words for words, _ in queries.STATES.values()],
        "year": year_words(academic_year(today)),
    }
    return render(request, "caseload/transitions/starts_by_place.html", shown)


@require_POST
@needs(P.CASE_WORK)
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """The answer is kept; where the register has to hear more, its page is next."""
    check = _check(request, pk)
    try:
        said = answer_start(check=check, answer=request.POST.get("answer", ""), by=request.user)
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
    except NotPermitted:
        raise NotVisible from None
    else:
        name = check.person.full_name
        if said.is_to_record:
            messages.success(request, f"{name}: the answer is kept. Record what they do, and where.")
            return redirect("record_activity", ref=check.person.ref)
        messages.success(request, f"{name}: {said.check.get_answer_display().lower()}.")
    return redirect(_back(request))


@require_POST
@needs(P.CASE_WORK)
def referred(request: HttpRequest, pk: int) -> HttpResponse:
    """To the service the rules name for them."""
    check = _check(request, pk)
    today = clock.today()
    person = check.person
    target = queries.refer_to([person.pk], person.authority_id, request.user, today).get(person.pk)
    if target is None:
        return redirect("refer", ref=person.ref)
    try:
        made = refer_unstarted(check=check, to_service=target, by=request.user)
    except NotRight as refused:
        messages.error(request, " ".join(refused.words.values()))
    except NotPermitted:
        raise NotVisible from None
    else:
        messages.success(
            request,
            f"{person.full_name}: referred to {target}. They have until {made.due_on:%-d %B %Y} to answer.",
        )
    return redirect(_back(request))


def _check(request: HttpRequest, pk: int) -> StartCheck:
    """One of this autumn's list, about somebody this user sees, or there is nothing here."""
    people = YoungPerson.objects.visible_to(request.user).values("pk")
    found = StartCheck.objects.filter(person__in=people, year=academic_year(clock.today()))
    return get_object_or_404(found.select_related("person__authority", "expected"), pk=pk)


def kept(request: HttpRequest) -> str:
    """The filters of the list, so that an answer leads back to it."""
    pairs = [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]
    return f"?{urlencode(pairs)}" if pairs else ""


def _back(request: HttpRequest) -> str:
    """The same list; only what its own filters may hold."""
    pairs = [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]
    return f"{reverse('starts')}?{urlencode(pairs)}" if pairs else reverse("starts")
