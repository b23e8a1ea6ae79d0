"""My calls: the list, the card with its outcomes, the next one up."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from caseload.chase.actions.attempts import record_attempt
from caseload.chase.actions.holding import WithAColleague, hold, release
from caseload.chase.forms import STILL, CallForm, CallsFilter
from caseload.chase.kinds import Kind
from caseload.chase.models import Attempt
from caseload.chase.queries.around import around
from caseload.chase.queries.calling import call_list, next_call
from caseload.chase.queries.card import Card, card_of
from caseload.chase.queries.ladder import told
from caseload.chase.statements import Wanted
from caseload.tabs import CALLS, tabs
from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.clock import LONDON
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.words import many, school_year
from tracking.models import YoungPerson
from tracking.reference.queries import ruleset
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.refusals import NotPermitted, NotRight

P = Permission
PER_PAGE = 25
FILTERS, LATER, NO_KEYS = "calls_filters", "calls_later", "calls_without_keys"
KEYS = "1234567890"


@needs(P.CHASE)
def listed(request: HttpRequest) -> HttpResponse:
    """Whom to call today, in the order in which it is worth most."""
    form = CallsFilter(request.GET, authority_ids=request.scope.authority_ids)
    wanted = form.wanted()
    listing = listing_of(
        request.GET, sorts={"worth": ()}, first="worth", filters=form.fields, per_page=PER_PAGE
    )
    listing, lines = call_list(request.user, wanted, listing, clock.today(), _now())
    _begin(request, dict(listing.kept))
    note_read(
        Kind.LIST_READ,
        by=request.user,
        authority_id=request.authority_id,
        subjects=[each.person_id for each in lines],
    )
    shown = {
        "tabs": tabs(request, "calls", CALLS),
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines,
        "wanted": wanted,
        "total_words": many(listing.total, "young person,young people").capitalize(),
        "may_share": request.scope.can(P.REBALANCE),
    }
    return render(request, "caseload/chase/calls.html", shown)


def _begin(request: HttpRequest, filters: dict[str, str]) -> None:
    """The next ones come from the list as it is narrowed now, and nobody is left for later any more."""
    if request.session.get(FILTERS, {}) != filters:
        request.session[FILTERS] = filters
    request.session.pop(LATER, None)


@needs(P.CHASE)
def following(request: HttpRequest) -> HttpResponse:
    """The card of whoever is to be called next; back to the list when nobody is left. The first page asks for one's own
    calls, whatever the list was narrowed to before."""
    if "mine" in request.GET:
        _begin(request, {})
    later = request.session.get(LATER, [])
    line = next_call(request.user, _wanted(request), clock.today(), _now(), later)
    if line is None:
        messages.info(request, "Nobody else is to be called now.")
        return redirect(_list(request))
    return redirect("call", ref=line.ref)


@needs(P.CHASE)
def one(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One card: who, why now, which number, what came of it. Once that is said, the next one is up."""
    person = _person(request, ref)
    if request.method == "POST":
        return _said(request, person)
    card = card_of(person, request.user, clock.today(), _now())
    form = _form(card, None)
    if request.htmx:
        _note(request, person)
        return render(request, "caseload/chase/line_open.html", _shown(request, card, form))
    return _card(request, card, form)


def _card(request: HttpRequest, card: Card, form: CallForm) -> HttpResponse:
    """The whole page; whoever opens it keeps the line for a while."""
    colleague = ""
    try:
        hold(person=card.person, by=request.user)
    except WithAColleague as taken:
        colleague = taken.words
    except NotPermitted:
        raise NotVisible from None
    _note(request, card.person)
    shown = {
        **_shown(request, card, form),
        "caption": school_year(card.register.year) if card.register.year is not None else "A call",
        "colleague": colleague,
        "list_url": _list(request),
        "may_change": request.scope.can(P.PERSON_CHANGE),
    }
    return render(request, "caseload/chase/call.html", shown)


def _said(request: HttpRequest, person: YoungPerson) -> HttpResponse:
    """What came of it is written down; from the list the line itself answers, from the card the next one comes up."""
    card = card_of(person, request.user, clock.today(), _now())
    form = _form(card, request.POST)
    if form.is_valid():
        try:
            made = record_attempt(person=person, tried=form.tried(), by=request.user)
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            return _after(request, card, form, made)
    if request.htmx:
        return render(request, "caseload/chase/line_open.html", _shown(request, card, form))
    return _card(request, card, form)


def _after(request: HttpRequest, card: Card, form: CallForm, made: Attempt) -> HttpResponse:
    """What was learned is recorded in the form of the record, which comes back here."""
    outcome = ruleset(clock.today()).contact_outcomes[made.outcome]
    if not outcome.bad_number:
        request.session[LATER] = [*request.session.get(LATER, []), card.person.pk]
    if made.learned:
        url = _record_url(card, still=form.says_still)
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    tried = told([made], ruleset(clock.today()))[0]
    if request.htmx:
        return render(request, "caseload/chase/line_done.html", {"card": card, "tried": tried})
    messages.success(request, f"{card.person.full_name}: {outcome.words[:1].lower()}{outcome.words[1:]}.")
    return redirect("next_call")


def _record_url(card: Card, *, still: bool) -> str:
    ref = card.person.ref
    if still and card.still_id:
        return f"{reverse('confirm_activity', args=[ref, card.still_id])}?from=calls"
    return f"{reverse('record_activity', args=[ref])}?from=calls"


@needs(P.CHASE)
def others(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Who else may know: put into the card by itself, or a page of its own without scripts."""
    person = _person(request, ref)
    found = around(person, request.user, clock.today())
    subjects = [person.pk, *(each.pk for each in found.same_address)]
    note_read(Kind.LIST_READ, by=request.user, authority_id=person.authority_id, subjects=subjects)
    page = "around" if request.htmx else "others"
    return render(request, f"caseload/chase/{page}.html", {"around": found, "person": person})


@require_POST
@needs(P.CHASE)
def later(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Not now: somebody else comes up, and this one again when the list is opened anew."""
    person = visible_person(request.user, ref)
    request.session[LATER] = [*request.session.get(LATER, []), person.pk]
    release(by=request.user)
    return redirect("next_call")


@require_POST
@needs(P.CHASE)
def keys(request: HttpRequest) -> HttpResponse:
    """Single keys act as buttons, or not, as somebody who speaks to the machine needs it."""
    request.session[NO_KEYS] = not request.session.get(NO_KEYS, False)
    return redirect("next_call")


def _form(card: Card, given: Any) -> CallForm:
    first = {"who": card.first_choice}
    return CallForm(given, initial=first, numbers=card.numbers, rungs=card.rungs)


def _shown(request: HttpRequest, card: Card, form: CallForm) -> dict[str, Any]:
    return {
        "card": card,
        "form": form,
        "outcomes": _outcomes(card),
        "keys": not request.session.get(NO_KEYS, False),
        "caller": request.user.name,
    }


def _outcomes(card: Card) -> list[tuple[str, str, str]]:
    """A button for each outcome with the key that presses it: what one learns first."""
    found = []
    for each in sorted(
        ruleset(clock.today()).contact_outcomes.values(), key=lambda row: (row.order, row.code)
    ):
        if each.learned and card.still:
            found.append((f"{each.code} {STILL}", f"Still the same: {card.still}"))
        found.append((each.code, "They do something else now" if each.learned and card.still else each.words))
    pressed = [*KEYS, *([""] * len(found))]
    return [(value, words, key) for (value, words), key in zip(found, pressed, strict=False)]


def _wanted(request: HttpRequest) -> Wanted:
    kept = request.session.get(FILTERS, {})
    return CallsFilter(kept, authority_ids=request.scope.authority_ids).wanted()


def _list(request: HttpRequest) -> str:
    kept = request.session.get(FILTERS, {})
    return f"{reverse('calls')}?{urlencode(kept)}" if kept else reverse("calls")


def _person(request: HttpRequest, ref: UUID) -> YoungPerson:
    person = visible_person(request.user, ref)
    if person.authority_id == request.authority_id:
        request.authority = person.authority  # read with the person: the head of the page need not ask again
    return person


def _note(request: HttpRequest, person: YoungPerson) -> None:
    note_read(Kind.LIST_READ, by=request.user, authority_id=person.authority_id, subjects=[person.pk])


def _now() -> Any:
    """The moment as it is read off a clock here: the hours of a day decide."""
    return clock.now().astimezone(LONDON)
