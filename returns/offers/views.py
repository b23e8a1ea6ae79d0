"""Who waits for an offer, whose offer hangs on results, and offers to young people of other councils."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note, note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import Sheet, xlsx_bytes
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from neet.ui.parts import Link, Tile
from returns.intake.layouts.offers import stages
from returns.intake.views.tabs import tabs
from returns.offers.forms import LISTS, OffersFilter
from returns.offers.kinds import Kind
from returns.offers.queries import (
    Stranger,
    Strangers,
    Wanted,
    days_to_ask,
    lines,
    listed,
    numbers,
    owed,
    schools_of,
    september_began,
    strangers,
)
from tracking.reference.queries import ruleset
from tracking.register.queries.people import NotVisible
from tracking.rules.ruleset import RuleSet

NOBODY_TELLS = "none"
SORTS = {
    "name": ("family_name", "given_name", "pk"),
    "school": ("situation__activity__establishment_name", "family_name", "given_name", "pk"),
}
HEADINGS = (
    "Last name", "First name", "Date of birth", "Postcode", "School they are at", "Place", "Course", "How it stands",
    "Begins on", "Told by", "As on",
)  # fmt: skip
ABOUT = {
    "conditional": "Look at them again on results day: who did not get the grades needs another place.",
    "no_offer": "Everybody who finishes Year 11 or 12 is owed an offer by the end of September.",
    "no_application": "No application and no offer of theirs was known by that day.",
}


@needs(Permission.RETURN_RECEIVE)
def waiting(request: HttpRequest) -> HttpResponse:
    """The list that is asked for, with how many stand on each."""
    today, rules = clock.today(), ruleset(clock.today())
    year = rules.offers.september_of(today)
    everybody = owed(request.user, Wanted("", None, today, today, year, rules))
    form = OffersFilter(request.GET, schools=schools_of(everybody), days=days_to_ask(year, today))
    asked = form.cleaned_data if form.is_valid() else {}
    show, by = asked.get("show") or LISTS[0][0], asked.get("by") or today
    wanted = Wanted(show, asked.get("school"), by, today, year, rules)
    people = owed(request.user, wanted)
    counted = numbers(people, request.user, wanted)
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=form.fields).counted(counted[show])
    found = list(
        listed(people, request.user, wanted).order_by(*listing.order_by)[listing.start : listing.stop]
    )
    ids = [each.pk for each in found]
    note_read(Kind.LIST_READ, by=request.user, authority_id=request.authority_id, subjects=ids)
    shown = {
        "tabs": tabs("offers_waiting"),
        "september": year,
        "title_words": f"Offers for September {year}",
        "everybody": counted["everybody"],
        "tiles": [Tile(counted[name], words, f"?show={name}") for name, words in LISTS],
        "title": dict(LISTS)[show],
        "about": ABOUT[show],
        "form": form,
        "listing": listing,
        "chosen": chosen(form, listing),
        "lines": lines(found, request.user, wanted),
    }
    return render(request, "returns/offers/waiting.html", shown)


@needs(Permission.RETURN_RECEIVE)
def others(request: HttpRequest) -> HttpResponse:
    """Offers to young people who are not on our register, by the council they probably live in."""
    rules = ruleset(clock.today())
    found = _strangers(request, rules)
    code = request.GET.get("home", "")
    homes = [
        (Link(words, f"?home={each or NOBODY_TELLS}", code == (each or NOBODY_TELLS)), count, _file(each))
        for each, words, count in found.homes
    ]
    here = found.of("" if code == NOBODY_TELLS else code) if code else found.everybody
    listing = listing_of(request.GET, sorts={"name": ()}, first="name").counted(len(here))
    note(Kind.OTHERS_READ, by=request.user, authority_id=request.authority_id, counts={"rows": len(here)})
    shown = {
        "tabs": tabs("offers_waiting"),
        "homes": homes,
        "chosen_home": next((link.words for link, _, _ in homes if link.current), ""),
        "listing": listing,
        "lines": here[listing.start : listing.stop],
        "stages": stages(rules),
    }
    return render(request, "returns/offers/others.html", shown)


@needs(Permission.RETURN_RECEIVE)
def others_file(request: HttpRequest, home: str) -> StreamingHttpResponse:
    """What one council's young people were offered, as a file for that council."""
    rules = ruleset(clock.today())
    if home != NOBODY_TELLS and home not in rules.authorities:
        raise NotVisible
    here = _strangers(request, rules).of("" if home == NOBODY_TELLS else home)
    counts = {"rows": len(here)}
    note(
        Kind.OTHERS_TAKEN,
        by=request.user,
        authority_id=request.authority_id,
        counts=counts,
        why=f"Council {home}",
    )
    content = xlsx_bytes(Sheet("Offers", HEADINGS, _rows(here, stages(rules))))
    return download_of([content], name=f"offers-{home}.xlsx", kind=StoredFile.Kind.XLSX)


def _strangers(request: HttpRequest, rules: RuleSet) -> Strangers:
    return strangers(request.user, rules, september_began(rules.offers.september_of(clock.today())))


def _file(code: str) -> str:
    return reverse("offers_to_others_file", args=[code or NOBODY_TELLS])


def _rows(here: Iterable[Stranger], words: Any) -> Iterable[list[Any]]:
    for each in here:
        cells = each.cells
        yield [
            cells["family_name"], cells["given_name"], cells["date_of_birth"], cells["postcode"], cells["school_now"],
            cells["place"] or each.told_by, cells["course"], words.get(cells["stage"], ""), cells["offered_from"],
            each.told_by, each.on,
        ]  # fmt: skip
