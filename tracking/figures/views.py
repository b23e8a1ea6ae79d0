"""The scorecard, the file of it, and the list of young people behind each number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import Listing, listing_of
from tracking.figures import pictures
from tracking.figures.forms import FiguresFilter, RateForm, Wanted, WhatIfForm
from tracking.figures.kinds import Kind
from tracking.figures.models import MonthRecord
from tracking.figures.queries.ahead import ahead as outlook
from tracking.figures.queries.behind import NoSuchNumber, as_they_counted, behind
from tracking.figures.queries.reach import reach_of
from tracking.figures.queries.scorecard import (
    WORDS,
    NoSuchMonth,
    Part,
    Scorecard,
    scorecard,
    standing_freezes,
)
from tracking.figures.queries.targets import aims
from tracking.figures.queries.tried import record
from tracking.figures.reader import may_read_whole
from tracking.figures.telling import HEADINGS, WAY_HEADINGS, rows, way_rows
from tracking.groups.queries import named_groups
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.register import SORTS, listed
from tracking.register.queries.standing import SHORT, TONES, UNLISTED
from tracking.rules.codes import Status
from tracking.rules.forecast import Rates, WhatIf, done
from tracking.rules.rates import FROM, TO, Counts, Flow
from tracking.rules.released import Line

EVERYBODY, FLOWS = "cohort", "came-and-went"
LIST_SORTS = {name: SORTS[name] for name in ("name", "born", "place")}


@dataclass(frozen=True)
class Way:
    """One line of the joiners and leavers: how many, how, and the list of them."""

    number: int
    words: str
    url: str


@dataclass(frozen=True)
class PartLine:
    """One part with the address that narrows everything to it, and the lists behind its numbers."""

    part: Part
    url: str
    neet_url: str
    not_known_url: str
    together_url: str


@needs(Permission.FIGURES_READ)
def figures(request: HttpRequest) -> HttpResponse:
    """The month in progress, or a frozen one, cut as the address says; who sees no records has its fixed tables."""
    if reach_of(request.user, request.authority_id) is None:
        return redirect("released_tables")
    form, wanted = _asked(request)
    card = _card(request, wanted)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    shown = {
        "form": form,
        "card": card,
        "aims": aims(card),
        "reaches_all": wanted.chosen.reach.is_whole,
        "listing": listing,
        "chosen": [each for each in chosen(form, listing) if each.about not in ("Compare by", "Month")],
        "message": pictures.message(card),
        "picture": pictures.by_month(card, _url("figures_file", listing)),
        "file_url": _url("figures_file", listing),
        "flow_picture": pictures.came_and_went(card),
        "flow_url": _url("figures_file", listing, table=FLOWS),
        "people": {name: _people_url(listing, name) for name in ("neet", "not_known", "together", "lapsed",
                   "cohort", "participating", "custody", "without_offer", "owed")},
        "by": WORDS[wanted.by],
        "parts": [_part_line(part, wanted.by, listing) for part in card.parts[wanted.by]],
        "joined": _ways(card.flow, "joined", listing),
        "left": _ways(card.flow, "left", listing),
    }  # fmt: skip
    return render(request, "tracking/figures/scorecard.html", shown)


@needs(Permission.FIGURES_EXPLORE)
def file(request: HttpRequest) -> HttpResponse:
    """The same figures as a CSV file, or who came and who went alone."""
    _, wanted = _asked(request)
    card = _card(request, wanted)
    if request.GET.get("table") == FLOWS:
        name = f"came_and_went_{card.month.slug}.csv"
        return download_of(csv_chunks(WAY_HEADINGS, way_rows(card)), name=name, kind=StoredFile.Kind.CSV)
    return download_of(
        csv_chunks(HEADINGS, rows(card)), name=f"figures_{card.month.slug}.csv", kind=StoredFile.Kind.CSV
    )


@needs(Permission.FIGURES_EXPLORE)
def people(request: HttpRequest) -> HttpResponse:
    """The young people behind one number, as far as this person may see them."""
    form, wanted = _asked(request)
    number = request.GET.get("of") or EVERYBODY
    try:
        found = behind(request.authority_id, wanted.month, wanted.chosen, number)
    except (NoSuchMonth, NoSuchNumber):
        raise Http404 from None
    visible = YoungPerson.objects.visible_to(request.user).filter(pk__in=found.people)
    listing = listing_of(request.GET, sorts=LIST_SORTS, first="name", filters=[*form.fields, "of"])
    page = listed(visible, request.user, listing, clock.today())
    seen = [line.pk for line in page.people]
    note_read(Kind.PEOPLE_READ, by=request.user, authority_id=request.authority_id, subjects=seen)
    then = as_they_counted(found.freeze, seen) if found.freeze else {}
    shown = {
        "behind": found,
        "listing": page.listing,
        "lines": [(line, _then(then.get(line.pk), found.month.ends_on)) for line in page.people],
        "chosen": [each for each in chosen(form, page.listing) if each.about not in ("Compare by", "Month")],
        "total": len(found.people),
        "hidden": len(found.people) - page.listing.total,
        "back": _back(page.listing),
    }
    return render(request, "tracking/figures/people.html", shown)


@needs(Permission.FIGURES_READ)
def ahead(request: HttpRequest) -> HttpResponse:
    """What to expect of the yearly figures, what is still to be done for a target, and what some work would change."""
    form = WhatIfForm(request.GET or None)
    form.is_valid()
    found = outlook(request.authority_id, clock.today())
    counts = found.counts
    if found.last and not may_read_whole(request.scope, _line_of(counts)):
        return render(
            request, "tracking/figures/ahead.html", {"ahead": replace(found, last=None), "few": True}
        )
    now = Rates(counts.cohort, counts.neet, counts.not_known)
    then = _then_counted(now, form.what(), form)
    return render(
        request, "tracking/figures/ahead.html", {"ahead": found, "form": form, "now": now, "then": then}
    )


@needs(Permission.FIGURES_READ)
def tried(request: HttpRequest) -> HttpResponse:
    """How forecasts of months that are over would have done."""
    form = RateForm(request.GET)
    found = record(request.authority_id, form.wanted())
    is_few = found.last is not None and not may_read_whole(request.scope, _line_of(found.counts))
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    shown = {"form": form, "listing": listing, "record": found, "few": is_few}
    return render(request, "tracking/figures/tried.html", shown)


def _line_of(counts: Counts) -> Line:
    return Line("", "", int(counts.cohort), int(counts.neet), int(counts.not_known))


def _then_counted(now: Rates, what: WhatIf, form: WhatIfForm) -> Rates | None:
    """The counts after what would be done; None where nothing was typed, or more than there are."""
    if what == WhatIf() or form.errors:
        return None
    try:
        return done(now, what)
    except ValueError:
        form.add_error(None, "That is more young people than there are. Enter smaller numbers.")
        return None


def _asked(request: HttpRequest) -> tuple[FiguresFilter, Wanted]:
    reach = reach_of(request.user, request.authority_id)
    if reach is None:
        raise Http404
    freezes = standing_freezes(request.authority_id)
    groups = named_groups(request.user, request.authority_id)
    form = FiguresFilter(
        request.GET,
        authority_id=request.authority_id,
        freezes=freezes,
        on=clock.today(),
        groups=groups,
        reach=reach,
    )
    wanted = form.wanted()
    if form.is_beyond:
        raise Http404
    return form, wanted


def _card(request: HttpRequest, wanted: Wanted) -> Scorecard:
    try:
        return scorecard(request.authority_id, wanted.month, wanted.chosen)
    except NoSuchMonth:
        raise Http404 from None


def _url(name: str, listing: Listing, **more: str) -> str:
    """An address with what was asked for, and more."""
    kept = {**dict(listing.kept), **more}
    return f"{reverse(name)}?{urlencode(kept)}" if kept else reverse(name)


def _people_url(listing: Listing, number: str, **more: str) -> str:
    return _url("figures_people", listing, of=number, **more)


def _part_line(part: Part, by: str, listing: Listing) -> PartLine:
    here = {by: part.slug}
    lists = (_people_url(listing, number, **here) for number in ("neet", "not_known", "together"))
    return PartLine(part, _url("figures", listing, **here), *lists)


def _ways(flow: Flow | None, direction: str, listing: Listing) -> Sequence[Way]:
    """How they came or went, the most frequent first."""
    if flow is None:
        return ()
    counted, words = (flow.joined, FROM) if direction == "joined" else (flow.left, TO)
    ways = (
        Way(number, words[how], _people_url(listing, f"{direction}-{how}")) for how, number in counted.items()
    )
    return sorted(ways, key=lambda way: -way.number)


def _back(listing: Listing) -> str:
    kept = {name: value for name, value in listing.kept if name != "of"}
    return f"{reverse('figures')}?{urlencode(kept)}" if kept else reverse("figures")


def _then(row: MonthRecord | None, on: date) -> dict[str, str] | None:
    """What somebody counted as in a frozen month, in words."""
    if row is None:
        return None
    status = Status(row.status)
    known = ruleset(on).activities.get(row.code)
    doing = known.plain_words if known else UNLISTED if row.code else ""
    return {
        "status": SHORT[status],
        "tone": TONES.get(status, "plain"),
        "doing": doing,
        "code": row.code,
        "lapsed": "Was: " if row.has_lapsed else "",
    }
