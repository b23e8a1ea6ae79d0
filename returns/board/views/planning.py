"""What the council asks for: planned, checked, asked of schools and colleges, and closed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import listing_of
from neet.ui.words import many
from neet.working_days import is_working_day, on_or_before
from returns.board import queries
from returns.board.forms import KINDS, AudienceForm, PlanForm
from returns.board.views.frame import about, authority_of, collection_of
from returns.calendar.actions import planning
from returns.calendar.actions.planning import Refused, publish
from returns.calendar.models import Collection, ExpectedReturn
from returns.calendar.queries.expected import audience, collections_of
from returns.calendar.queries.recipients import recipients_of
from returns.calendar.queries.year import school_days_of
from returns.calendar.rules.deadlines import Deadline, in_words
from returns.calendar.rules.noticing import list_days, reminder_days
from returns.intake.layouts import LAYOUTS
from schools.models import Establishment

P = Permission
PLACES = "school or college,schools and colleges"


@needs(P.RETURN_RECEIVE)
def collections(request: HttpRequest) -> HttpResponse:
    """Everything the council asks for, newest first, with how many have answered."""
    found = collections_of(request.user)
    listing = listing_of(request.GET, sorts={"due": ()}, first="due").counted(found.count())
    lines = queries.collection_lines(list(found[listing.start : listing.stop]), clock.today())
    return render(
        request, "returns/board/collections.html", about(request, "collections", lines=lines, listing=listing)
    )


@needs(P.RETURN_RECEIVE)
def plan(request: HttpRequest) -> HttpResponse:
    """Plan a collection; nobody is asked yet."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _tried(
            form, lambda: planning.plan(authority=authority_of(request), what=form.plan(), by=request.user)
        )
        if made:
            return redirect("ask_for", pk=made.pk)
    return _plan_page(request, form, "Plan a return", reverse("collections"))


@needs(P.RETURN_RECEIVE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is planned or asked for."""
    found = collection_of(request, pk)
    initial = {name: getattr(found, name) for name in planning.Plan.__dataclass_fields__}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if _tried(form, lambda: planning.change(collection=found, what=form.plan(), by=request.user)):
            messages.success(request, "The return is changed.")
            return redirect("collection", pk=pk)
        found.refresh_from_db()
    return _plan_page(request, form, f"Change {found}", reverse("collection", args=[pk]))


@needs(P.RETURN_RECEIVE)
def collection(request: HttpRequest, pk: int) -> HttpResponse:
    """One collection: its days, how many have answered, and what may be done."""
    found = collection_of(request, pk)
    (line,) = queries.collection_lines([found], clock.today())
    shown = {
        "collection": found,
        "line": line,
        "calendar": _calendar(found),
        "type": LAYOUTS[found.type].title,
        "collection_key": str(pk),
    }
    return render(request, "returns/board/collection.html", about(request, "collections", **shown))


@needs(P.RETURN_RECEIVE)
def ask_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose whom to ask, check what will happen, then ask."""
    found = collection_of(request, pk)
    kinds = request.POST.getlist("kinds") if request.method == "POST" else None
    form = AudienceForm({"kinds": kinds} if kinds is not None else None)
    if kinds is None or not form.is_valid():
        return render(request, "returns/board/ask.html", about(request, "", form=form, collection=found))
    places = list(audience(found, form.cleaned_data["kinds"]))
    if request.POST.get("act") == "ask" and places:
        return _asked(request, found, places)
    shown = {"collection": found, "kinds": form.cleaned_data["kinds"], **_preview(found, places)}
    shown["sections"] = _check_sections(found, form.cleaned_data["kinds"])
    return render(request, "returns/board/ask_check.html", about(request, "", **shown))


def _asked(request: HttpRequest, found: Collection, places: list[Establishment]) -> HttpResponse:
    try:
        number = publish(collection=found, establishments=places, by=request.user)
        messages.success(request, f"{many(number, PLACES).capitalize()} asked.")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("collection", pk=found.pk)


def _preview(found: Collection, places: list[Establishment]) -> dict[str, Any]:
    """How many are asked, how many messages that makes, and who cannot be written to."""
    asked = set(found.expected.values_list("establishment_id", flat=True))
    new = [ExpectedReturn(collection=found, establishment=each) for each in places if each.pk not in asked]
    people = recipients_of(new, clock.today())
    unreachable = [
        each.establishment for each in new if (found.authority_id, each.establishment_id) not in people
    ]
    return {
        "asked_now": len(new),
        "asked_before": len(places) - len(new),
        "messages_now": sum(len(each) for each in people.values()),
        "unreachable": unreachable,
        "unreachable_words": many(len(unreachable), "place,places"),
    }


def _check_sections(found: Collection, kinds: list[str]) -> list[dict[str, Any]]:
    change_url, ask_url = reverse("change_collection", args=[found.pk]), reverse("ask_for", args=[found.pk])
    words = dict(KINDS)
    rows = [
        ("Return", LAYOUTS[found.type].title, change_url),
        ("Called", found.title, change_url),
        ("As things stand on", in_words(found.as_at), change_url),
        ("Open from", in_words(found.opens_on), change_url),
        ("Due on", _due(found.due_on), change_url),
        ("Reminders on", _days(found) or "none", change_url),
        ("Asked of", ", ".join(words[each] for each in kinds), ask_url),
    ]
    answers = [{"key": key, "value": value, "change_url": url} for key, value, url in rows]
    return [{"title": "What is asked for", "answers": answers}]


def _due(due_on: date) -> str:
    if is_working_day(due_on):
        return in_words(due_on)
    return (
        f"{in_words(due_on)}, not a working day. The last one before it is {in_words(on_or_before(due_on))}"
    )


def _reminders(found: Collection) -> frozenset[date]:
    """The days on which reminders go, none of them in the school holidays."""
    school = school_days_of([found.authority_id])[found.authority_id]
    return reminder_days(Deadline(found.due_on), found.remind_days, school)


def _days(found: Collection) -> str:
    days = _reminders(found)
    return ", ".join(in_words(day) for day in sorted(days))


def _calendar(found: Collection) -> list[tuple[date, str]]:
    """The days of a collection in order, as they will happen."""
    due = Deadline(found.due_on)
    days = [(found.as_at, "The day it describes"), (found.opens_on, "Opens"), (found.due_on, "Due")]
    days += [(day, "Reminder to whoever has not answered") for day in _reminders(found)]
    days += [(day, "List of who has not answered, to us") for day in list_days(due)]
    return sorted(days)


@require_POST
@needs(P.RETURN_RECEIVE)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take nothing more after today, or take answers again."""
    found = collection_of(request, pk)
    if found.closed_on:
        planning.reopen(collection=found, by=request.user)
        messages.success(request, f"{found} is open again.")
    else:
        planning.close(collection=found, by=request.user)
        messages.success(request, f"{found} is closed. Nobody is reminded, and nothing more is taken for it.")
    return redirect("collection", pk=pk)


def _tried(form: PlanForm, act: Any) -> Any:
    try:
        return act()
    except Refused as why:
        form.add_error(None, str(why))
        return None


def _plan_page(request: HttpRequest, form: PlanForm, title: str, back_url: str) -> HttpResponse:
    shown = {"form": form, "title": title, "button": "Save and continue", "back_url": back_url}
    return render(request, "one_form.html", shown)
