"""What is due from a school or college: the list, one return before it is begun, and nothing to return."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import listing_of
from returns.calendar.actions.answering import declare_nil, take_nil_back
from returns.calendar.actions.planning import Refused
from returns.calendar.models import ExpectedReturn
from returns.intake.forms.sending import FileForm
from returns.intake.layouts import LAYOUTS
from returns.intake.models import Intake
from returns.intake.panels import at_schools, due_lines, nil_url, several
from returns.intake.queries.expected import ExpectedPupil, Whose, expected_pupils
from returns.intake.queries.standing import (
    answered_here,
    due_now,
    standing,
    standings,
    that_counts,
    words_of_state,
)
from returns.intake.views.frame import about, expected_of, layout_of, school_of

ON_PAGE_UP_TO = 60


@needs(Permission.RETURN_READ)
def due(request: HttpRequest) -> HttpResponse:
    """What is due, and the returns of before. The council's own people have their board of all of them."""
    if not at_schools(request.scope):
        return redirect("returns_board")
    today = clock.today()
    answered = answered_here(request.user, today)
    listing = listing_of(request.GET, sorts={"newest": ()}, first="newest").counted(answered.count())
    shown = {
        "layout": layout_of(request),
        "school": school_of(request),
        "due": due_lines(due_now(request.user, today)),
        "earlier": due_lines(standings(answered[listing.start : listing.stop], today)),
        "several": several(request.scope),
        "listing": listing,
    }
    return render(request, "returns/intake/due.html", shown)


@needs(Permission.RETURN_READ)
def due_return(request: HttpRequest, ref: UUID) -> HttpResponse:
    """One return: what it is, by when, how things stood on which day, and the ways to send it."""
    return start_page(request, expected_of(request, ref), FileForm())


def start_page(request: HttpRequest, expected: ExpectedReturn, form: FileForm) -> HttpResponse:
    """The page on which a return begins; what was wrong with a file stands on its form."""
    versions = list(expected.intakes.select_related("begun_by", "handed_to").order_by("-version"))
    newest = that_counts(versions)
    stands = standing(expected, newest, clock.today())
    people, is_roll = expected_by(expected), LAYOUTS[expected.collection.type].is_roll
    shown = {
        **about(request, expected),
        "form": form,
        "standing": stands,
        "newest": newest,
        "what_it_is": LAYOUTS[expected.collection.type].about,
        "expecting": len(people) if is_roll else None,
        "expected_then": expected_when_sent(versions) if is_roll else None,
        "listed": sum(not (is_roll and each.is_leaver) for each in people),
        "on_page": is_roll and len(people) <= ON_PAGE_UP_TO,
        "nil_url": nil_url(stands),
        "versions": [(each, *words_of_state(each)) for each in versions],
    }
    return render(request, "returns/intake/start.html", shown)


def expected_when_sent(versions: Sequence[Intake]) -> int | None:
    """How many were expected when the first version that counts was sent, before it put anybody new on the register;
    None where nothing was sent."""
    sent = [each for each in versions if each.is_applied]
    first = min(sent, key=lambda each: each.version, default=None)
    return first.counts.get("expected") if first else None


def expected_by(expected: ExpectedReturn) -> list[ExpectedPupil]:
    """The young people the return is expected to speak of."""
    return expected_pupils(Whose.asked_of(expected))


@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def nil_return(request: HttpRequest, ref: UUID) -> HttpResponse:
    """There is nothing to return: asked once, said once."""
    expected = expected_of(request, ref)
    if request.method == "POST":
        return _said_nil(request, expected)
    if expected.is_answered:
        return redirect("due_return", ref=ref)
    shown: dict[str, Any] = {**about(request, expected), "expecting": len(expected_by(expected))}
    return render(request, "returns/intake/nil.html", shown)


def _said_nil(request: HttpRequest, expected: ExpectedReturn) -> HttpResponse:
    try:
        declare_nil(expected=expected, by=request.user)
        messages.success(request, "Thank you. You have nothing to return, and we will not remind you.")
    except Refused as problem:
        messages.warning(request, str(problem))
    return redirect("due_return", ref=expected.ref)


@require_POST
@needs(Permission.RETURN_READ, to_post=Permission.RETURN_CONTRIBUTE)
def not_nil(request: HttpRequest, ref: UUID) -> HttpResponse:
    """There is something to return after all."""
    expected = expected_of(request, ref)
    take_nil_back(expected=expected, by=request.user)
    messages.success(request, "The return is open again.")
    return redirect("due_return", ref=ref)
