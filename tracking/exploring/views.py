"""A cut of one's own: its table, its picture, its files, and the way from each number to its people."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.forms import chosen
from neet.ui.listing import Listing, listing_of
from neet.ui.parts import Chosen
from schools.models import Authority
from tracking.exploring.actions import MOST_KEPT, TooMany, forget_cut, keep_cut
from tracking.exploring.forms import ExploreForm, KeepCutForm, SharesForm
from tracking.exploring.models import SavedCut
from tracking.exploring.pictures import figure, message
from tracking.exploring.queries import ALL, CUT_BY, Crossing, crossed, kept_cuts
from tracking.exploring.rules import MEASURES, Measure
from tracking.exploring.shares import shares
from tracking.exploring.telling import columns_of, flat, headings_of, rows_of, workbook
from tracking.figures.queries.reach import reach_of
from tracking.figures.queries.scorecard import NoSuchMonth, standing_freezes
from tracking.figures.queries.tallies import COLUMNS
from tracking.groups.queries import named_groups

LAYOUT = ("rows", "columns", "measure", "month")


@dataclass(frozen=True)
class Value:
    """One number of the table, in which column, and the list of people behind it."""

    said: str
    column: str
    url: str


@dataclass(frozen=True)
class Line:
    """One row of the table."""

    words: str
    is_whole: bool
    values: Sequence[Value]


@dataclass(frozen=True)
class Shown:
    """A cut as it was asked for."""

    form: ExploreForm
    listing: Listing
    found: Crossing
    measure: Measure

    @property
    def narrowed(self) -> list[Chosen]:
        """What it is narrowed to."""
        layout = {str(self.form[name].label) for name in LAYOUT}
        return [each for each in chosen(self.form, self.listing) if each.about not in layout]


@needs(Permission.FIGURES_READ)
def explore(request: HttpRequest) -> HttpResponse:
    """Two dimensions crossed, for those who may open the records; for others the way to what is open to them."""
    shown = _shown(request)
    if shown is None:
        return render(request, "tracking/exploring/not_open.html")
    found = shown.found
    context = {
        "form": shown.form,
        "listing": shown.listing,
        "found": found,
        "measure": shown.measure,
        "chosen": shown.narrowed,
        "message": message(found, shown.measure),
        "rows_are": CUT_BY[found.cut.rows],
        "columns": [words for _, words in columns_of(found)] if found.cut.columns else [shown.measure.words],
        "lines": _lines(shown),
        "picture": figure(found, shown.measure, ""),
        "csv_url": _url("figures_explore_csv", shown.listing),
        "workbook_url": _url("figures_explore_workbook", shown.listing),
        "keep_form": KeepCutForm(),
        "asked": _asked(request),
        "kept": _kept(request),
        "reaches_all": found.cut.chosen.reach.is_whole,
    }
    return render(request, "tracking/exploring/explore.html", context)


@needs(Permission.FIGURES_READ)
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """Every count of every cell as a CSV file."""
    shown = _shown(request)
    if shown is None:
        return redirect("figures_explore")  # where it is said why not
    name = f"figures_{shown.found.month.slug}_cut.csv"
    return download_of(
        csv_chunks(headings_of(shown.found), flat(shown.found)), name=name, kind=StoredFile.Kind.CSV
    )


@needs(Permission.FIGURES_READ)
def workbook_file(request: HttpRequest) -> HttpResponseBase:
    """The table and every count as an Excel file."""
    shown = _shown(request)
    if shown is None:
        return redirect("figures_explore")  # where it is said why not
    narrowed = [f"{each.about}: {each.words}" for each in shown.narrowed]
    made = workbook(shown.found, shown.measure, narrowed)
    name = f"figures_{shown.found.month.slug}_cut.xlsx"
    return download_of([made], name=name, kind=StoredFile.Kind.XLSX)


@needs(Permission.FIGURES_READ)
def district_shares(request: HttpRequest) -> HttpResponse:
    """What the next quintile and the target would take of each district."""
    reach = reach_of(request.user, request.authority_id)
    if reach is None:
        return render(request, "tracking/exploring/not_open.html")
    form = SharesForm(request.GET)
    found = shares(request.authority_id, form.wanted(), clock.today(), reach)
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    context = {
        "form": form,
        "listing": listing,
        "shares": found,
        "lines": [*found.lines, found.whole],
        "reaches_all": reach.is_whole,
    }
    return render(request, "tracking/exploring/districts.html", context)


@require_POST
@needs(Permission.FIGURES_READ)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what is asked under a name."""
    if reach_of(request.user, request.authority_id) is None:
        return redirect("figures_explore")
    form, asked = KeepCutForm(request.POST), _asked(request)
    if form.is_valid():
        council = Authority.objects.get(pk=request.authority_id)
        try:
            keep_cut(authority=council, asked=asked, by=request.user, **form.cleaned_data)
            messages.success(request, "Kept. It opens with the month in progress.")
        except TooMany:
            messages.warning(request, f"Not kept: {MOST_KEPT} cuts are kept already. Take one away first.")
    else:
        messages.warning(request, "Not kept: enter a name of up to 80 characters.")
    return redirect(f"{reverse('figures_explore')}?{urlencode(asked)}")


@require_POST
@needs(Permission.FIGURES_READ)
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own kept cut away."""
    own = SavedCut.objects.filter(owner=request.user.pk, authority=request.authority_id)
    forget_cut(cut=get_object_or_404(own, pk=pk), by=request.user)
    messages.success(request, "Taken away.")
    return redirect("figures_explore")


def _asked(request: HttpRequest) -> dict[str, str]:
    """What a cut is asked by, without its month."""
    said = request.POST if request.method == "POST" else request.GET
    return {name: said[name] for name in ExploreForm.base_fields if name != "month" and said.get(name)}


def _kept(request: HttpRequest) -> list[tuple[SavedCut, str, bool]]:
    """The cuts this person keeps or finds: each with its address, and whether it is their own."""
    address = reverse("figures_explore")
    return [
        (each, f"{address}?{urlencode(each.asked)}", each.owner_id == request.user.pk)
        for each in kept_cuts(request.user, request.authority_id)
    ]


def _shown(request: HttpRequest) -> Shown | None:
    """What was asked for; None where this person may not cut freely."""
    authority_id = request.authority_id
    reach = reach_of(request.user, authority_id)
    if reach is None:
        return None
    freezes = standing_freezes(authority_id)
    groups = named_groups(request.user, authority_id)
    form = ExploreForm(
        request.GET, authority_id=authority_id, freezes=freezes, on=clock.today(), groups=groups, reach=reach
    )
    cut = form.cut()
    if form.is_beyond:
        raise Http404
    try:
        found = crossed(authority_id, cut)
    except NoSuchMonth:
        raise Http404 from None
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    return Shown(form, listing, found, MEASURES[form.counted()])


def _lines(shown: Shown) -> list[Line]:
    found = shown.found
    return [
        Line(words, row == ALL, [_value(shown, row, column, across) for column, across in columns_of(found)])
        for row, words in rows_of(found)
    ]


def _value(shown: Shown, row: str, column: str, across: str) -> Value:
    value = shown.found.value(shown.measure, row, column)
    return Value(shown.measure.said(value), across, _people_url(shown, row, column) if value else "")


def _people_url(shown: Shown, row: str, column: str) -> str:
    """The list of people behind a number; of a part of somebody's council there is none for the whole."""
    found = shown.found
    asked = {name: value for name, value in shown.listing.kept if name in (*COLUMNS, "group", "month")}
    if row != ALL:
        asked[found.cut.rows] = row
    if found.is_by_month:
        asked["month"] = "" if found.freeze is None and column == found.month.slug else column
    elif column != ALL:
        asked[found.cut.columns] = column
    return f"{reverse('figures_people')}?{urlencode({**asked, 'of': shown.measure.behind})}"


def _url(name: str, listing: Listing) -> str:
    return f"{reverse(name)}?{urlencode(listing.kept)}" if listing.kept else reverse(name)
