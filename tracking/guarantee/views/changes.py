"""After the freeze: who came and who left by the register, what was added and removed, each with its reason."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import listing_of
from neet.ui.parts import Link
from neet.ui.words import many
from tracking.guarantee.actions import add, remove
from tracking.guarantee.forms import ReasonForm
from tracking.guarantee.models import CohortFreeze, CohortMember
from tracking.guarantee.queries.cohort import changes, cohort_of
from tracking.guarantee.queries.suggestions import Suggestions, suggestions, why_gone, why_new
from tracking.guarantee.views.frame import SORTS, around, note_list, this_september, ticked
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible
from tracking.register.queries.register import Line, listed
from tracking.register.refusals import NotPermitted, NotRight

NEW, GONE, MADE = "new", "gone", "made"
PAGES = ((NEW, "To add?"), (GONE, "To remove?"), (MADE, "Added and removed"))
ACTS = {NEW: (add, "added to the cohort"), GONE: (remove, "removed from the cohort")}
NOBODY = "Select at least one young person"
LAST_SHOWN = 200


@needs(Permission.TRANSFER)
def came_and_left(request: HttpRequest) -> HttpResponse:
    """One of the three lists; the other two as numbers."""
    freeze = cohort_of(request.authority_id, this_september())
    if freeze is None:
        return _nothing_set(request)
    asked = request.GET.get("of", NEW)
    return _page(request, freeze, asked if asked in dict(PAGES) else NEW, ReasonForm())


def _nothing_set(request: HttpRequest) -> HttpResponse:
    year = this_september()
    shown = {**around(request, "cohort_changes"), "year": year, "caption": f"September {year}"}
    return render(request, "tracking/guarantee/changes.html", shown)


@require_POST
@needs(Permission.COHORT_SET)
def change_members(request: HttpRequest) -> HttpResponse:
    """Add or remove the ticked, for a reason."""
    freeze = cohort_of(request.authority_id, this_september())
    if freeze is None:
        return _nothing_set(request)
    which = request.POST.get("of", NEW)
    which = which if which in ACTS else NEW
    people, form = ticked(request), ReasonForm(request.POST)
    if not people:
        form.add_error(None, NOBODY)
    if form.is_valid():
        act, words = ACTS[which]
        try:
            done = act(freeze=freeze, people=people, why=form.cleaned_data["why"], by=request.user)
        except NotRight as refused:
            form.add_error(None, "; ".join(refused.words.values()))
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, f"{many(done, 'young person,young people').capitalize()} {words}.")
            return redirect(f"{reverse('cohort_changes')}?of={which}")
    return _page(request, freeze, which, form, people)


def _page(
    request: HttpRequest,
    freeze: CohortFreeze,
    which: str,
    form: ReasonForm,
    people: Sequence[int] = (),
) -> HttpResponse:
    today = clock.today()
    found = suggestions(freeze, today)
    numbers = changes(freeze, today)
    counts = {NEW: len(found.to_add), GONE: len(found.to_remove), MADE: numbers.added + numbers.removed}
    shown = {
        **around(request, "cohort_changes"),
        "year": freeze.year,
        "caption": f"September {freeze.year}",
        "freeze": freeze,
        "changes": numbers,
        "which": which,
        "lists": [
            Link(words, f"{reverse('cohort_changes')}?of={key}", key == which, counts[key])
            for key, words in PAGES
        ],
        "may_change": request.scope.can(Permission.COHORT_SET),
        "form": form,
        "ticked": people,
        "tick_error": NOBODY if form.is_bound and not people else "",
    }
    shown |= _made(request, freeze) if which == MADE else _suggested(request, freeze, found, which)
    return render(request, "tracking/guarantee/changes.html", shown)


def _suggested(
    request: HttpRequest, freeze: CohortFreeze, found: Suggestions, which: str
) -> dict[str, object]:
    people = found.to_remove if which == GONE else found.to_add
    visible = YoungPerson.objects.visible_to(request.user).filter(pk__in=people)
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=["of"])
    page = listed(visible, request.user, listing, clock.today())
    note_list(request, [line.pk for line in page.people])
    return {
        "listing": page.listing,
        "lines": _with_reasons(page.people, freeze, which),
        "hidden": len(people) - page.listing.total,
    }


def _with_reasons(lines: Sequence[Line], freeze: CohortFreeze, which: str) -> list[tuple[Line, str]]:
    rules = ruleset(clock.today())
    people = YoungPerson.objects.in_bulk([line.pk for line in lines])
    return [
        (line, why_gone(people[line.pk], rules) if which == GONE else why_new(people[line.pk], freeze))
        for line in lines
    ]


def _made(request: HttpRequest, freeze: CohortFreeze) -> dict[str, object]:
    """The latest additions and removals of those this person may see."""
    visible = YoungPerson.objects.visible_to(request.user).values("pk")
    members = freeze.members.exclude(at_freeze=True, removed_on=None).filter(person__in=visible)
    members = members.select_related("person", "added_by", "removed_by").order_by("-pk")
    rows: list[CohortMember] = list(members[:LAST_SHOWN])
    note_list(request, [row.person_id for row in rows if row.person_id])
    return {"rows": rows, "most": LAST_SHOWN}
