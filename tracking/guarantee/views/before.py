"""The list before the freeze: how many of each group, who they are, and the page that mends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.ui.listing import listing_of
from tracking.guarantee.actions import check_residency
from tracking.guarantee.forms import BeforeFilter, ResidencyForm
from tracking.guarantee.models import ResidencyCheck
from tracking.guarantee.queries.before import GROUPS, About, Worklist, worklist
from tracking.guarantee.queries.cohort import cohort_day, freezes
from tracking.guarantee.statements import Awaited, Group
from tracking.guarantee.views.frame import SORTS, around, council_of, note_list, september_of
from tracking.register.mending import url_for
from tracking.register.models import YoungPerson
from tracking.register.queries.people import NotVisible, visible_person
from tracking.register.queries.register import Line, listed
from tracking.register.refusals import NotPermitted, NotRight

RESIDENCY = "residency"
LEADS_ON = (ResidencyCheck.Outcome.MOVED, ResidencyCheck.Outcome.ABROAD)


@dataclass(frozen=True)
class GroupLine:
    """One group of the list with its number and address."""

    about: About
    number: int
    url: str
    awaited: Sequence[Awaited]


@needs(Permission.TRANSFER)
def before(request: HttpRequest) -> HttpResponse:
    """All groups with their numbers, and the people of the one asked for."""
    council, year, today = council_of(request), september_of(request), clock.today()
    form = BeforeFilter(request.GET)
    found = worklist(council, year, today)
    shown = {
        **around(request, "guarantee_before"),
        "year": year,
        "caption": f"September {year}",
        "day": cohort_day(year),
        "set": freezes(council.pk, year).first(),
        "groups": [_group(found, group) for group in Group],
        "total": found.total,
    }
    if group := form.wanted():
        shown |= _people(request, found, group, form)
    return render(request, "tracking/guarantee/before.html", shown)


def _group(found: Worklist, group: Group) -> GroupLine:
    awaited = [each for each in found.awaited if each.group is group and each.number]
    return GroupLine(GROUPS[group], found.number(group), f"?group={group}", awaited)


def _people(request: HttpRequest, found: Worklist, group: Group, form: BeforeFilter) -> dict[str, object]:
    doubts = found.doubts[group]
    visible = YoungPerson.objects.visible_to(request.user).filter(pk__in=list(doubts))
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields)
    page = listed(visible, request.user, listing, clock.today())
    note_list(request, [line.pk for line in page.people])
    return {
        "group": group,
        "about": GROUPS[group],
        "awaited": [each for each in found.awaited if each.group is group and each.number],
        "listing": page.listing,
        "lines": [(line, doubts[line.pk], _mend_url(line, GROUPS[group].mend)) for line in page.people],
        "hidden": len(doubts) - page.listing.total,
    }


def _mend_url(line: Line, mend: str) -> str:
    if mend == RESIDENCY:
        return reverse("check_residency", args=[line.ref])
    return url_for(mend, line.ref)


@needs(Permission.TRANSFER)
def residency(request: HttpRequest, ref: UUID) -> HttpResponse:
    """What was found of somebody taught at home; who left is then moved on their record."""
    person = visible_person(request.user, ref)
    form = ResidencyForm(request.POST if request.method == "POST" else None)
    back = f"{reverse('guarantee_before')}?group={Group.AT_HOME}"
    if request.method == "POST" and form.is_valid():
        try:
            check = check_residency(
                person=person, year=september_of(request), by=request.user, **form.cleaned_data
            )
        except NotRight as refused:
            form.take(refused)
        except NotPermitted:
            raise NotVisible from None
        else:
            messages.success(request, f"Written down: {check.get_outcome_display().lower()}.")
            return redirect(
                reverse("change_cohort", args=[person.ref]) if check.outcome in LEADS_ON else back
            )
    shown = {
        "form": form,
        "title": "Do they still live here?",
        "caption": person.full_name,
        "lead": "",
        "button": "Save",
        "back_url": back,
    }
    return render(request, "one_form.html", shown)
