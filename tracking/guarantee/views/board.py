"""The board of a September, and the young people behind each of its numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from neet import clock
from neet.accounts.access import needs
from neet.accounts.roles import Permission
from neet.audit.actions import note_read
from neet.files.downloads import download_of
from neet.files.models import StoredFile
from neet.files.writers import csv_chunks
from neet.ui.context import address
from neet.ui.forms import chosen
from neet.ui.listing import listing_of
from tracking.figures.queries.reach import Reach, reach_as_reader
from tracking.guarantee.forms import ADDRESS, BoardFilter, PeopleFilter
from tracking.guarantee.kinds import Kind
from tracking.guarantee.models import CohortFreeze
from tracking.guarantee.queries import board as boards
from tracking.guarantee.queries.cohort import Changes, changes, cohort_day, cohort_of, freezes
from tracking.guarantee.queries.leavers import Left, left_year_12
from tracking.guarantee.queries.people import HEADINGS, held_by, lines_for_file
from tracking.guarantee.queries.suggestions import suggestions
from tracking.guarantee.views.frame import SORTS, around, note_list, this_september
from tracking.published.queries import series
from tracking.reference.queries import ruleset
from tracking.register.models import YoungPerson
from tracking.register.queries.register import listed
from tracking.rules.guarantee import Stand, share

GUARANTEE, WRITE = "guarantee", "new_messages"
LEFT = "left_year_12"
UNSEEN = frozenset(name.capitalize() for name in ADDRESS)


@dataclass(frozen=True)
class Cell:
    """One number of the board with the list behind it."""

    number: int
    url: str
    words: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the board."""

    words: str
    cells: Sequence[Cell]
    total: Cell
    share: float | None


@needs(Permission.FIGURES_EXPLORE)
def board(request: HttpRequest) -> HttpResponse:
    """How the cohort stands today; without one, what there is to do first."""
    set_years = list(
        freezes(request.authority_id)
        .filter(approved_at__isnull=False)
        .values_list("year", flat=True)
        .order_by("-year")
    )
    years = sorted({this_september(), *set_years}, reverse=True)
    form = BoardFilter(request.GET, years=years, first=this_september())
    year, by = form.wanted()
    listing = listing_of(request.GET, sorts={"-": ()}, first="-", filters=form.fields)
    shown = {
        **around(request, "guarantee"),
        "form": form,
        "listing": listing,
        "chosen": [each for each in chosen(form, listing) if each.about == "September of"],
        "year": year,
        "caption": f"September {year}",
        "last_year": year - 1,
        "day": cohort_day(year),
        "may_look": request.scope.can(Permission.TRANSFER),
        "freeze": cohort_of(request.authority_id, year),
        "proposed": freezes(request.authority_id, year).filter(approved_at=None).first(),
    }
    if shown["freeze"]:
        shown |= _board(request, shown["freeze"], by)
    return render(request, "tracking/guarantee/board.html", shown)


def _board(request: HttpRequest, freeze: CohortFreeze, by: str) -> dict[str, Any]:
    today = clock.today()
    reach = reach_as_reader(request.user, request.authority_id)
    asked = boards.Asked(freeze, today, ruleset(today), by, reach=reach)
    found = boards.board(asked)
    suggested = suggestions(freeze, today)
    people = _changes(freeze, today, reach)
    together = replace(asked, by=boards.AGE)
    return {
        "stands": [each.words for each in Stand],
        "groups": [_row(freeze, boards.AGE, line, line.words) for line in found.groups],
        "everybody": _row(freeze, boards.AGE, boards.PartLine("", "Everybody", found.everybody), "Everybody"),
        "parts": [_row(freeze, by, line, line.words) for line in found.parts],
        "part_words": boards.PARTS[by][0],
        "part_lower": boards.PARTS[by][0].lower(),
        "statuses": [(line, _people_url(freeze, status=line.code or "-")) for line in found.statuses],
        "since": [
            _since(each) for each in boards.since(together, found.everybody) if each.points is not None
        ],
        "last": boards.last_september(together, cohort_of(request.authority_id, freeze.year - 1)),
        "tally": found.everybody,
        "not_asked": Cell(
            found.everybody.by_stand.get(Stand.NOT_ASKED, 0), _people_url(freeze, stand=Stand.NOT_ASKED)
        ),
        "changes": people,
        "of_frozen": share(found.everybody.offered, people.frozen),
        **_published(freeze),
        "left_year_12": len(_left(request)),
        "left_url": f"{reverse('guarantee_people')}?{urlencode({'year': freeze.year, 'of': LEFT})}",
        "suggested": sum(
            len(boards.reached(each, today, reach)) for each in (suggested.to_add, suggested.to_remove)
        ),
        "reaches_all": reach.is_whole,
        "write_url": _write_url(request),
    }


def _changes(freeze: CohortFreeze, on: date, reach: Reach) -> Changes:
    """Who was frozen, added and removed, of those a reach leaves."""
    if reach.is_whole:
        return changes(freeze, on)
    members = freeze.members.filter(person__isnull=False).values_list("person_id", flat=True)
    return changes(freeze, on, boards.reached(members, on, reach))


def _left(request: HttpRequest) -> dict[int, Left]:
    """Who left Year 12 and is owed a new offer, of those their reader reaches."""
    today = clock.today()
    found = left_year_12(request.authority_id, today)
    reach = reach_as_reader(request.user, request.authority_id)
    return {person: found[person] for person in boards.reached(found, today, reach)}


def _since(each: boards.Since) -> str:
    """How many points more or fewer have an offer than some days ago, in words."""
    points = each.points or 0.0
    if not points:
        return f"The same share as {each.words}."
    return f"{abs(points):.1f} points {'more' if points > 0 else 'fewer'} than {each.words}."


def _published(freeze: CohortFreeze) -> dict[str, Any]:
    """What was published last of this council's guarantee; a scorecard shows the September of the year before it."""
    found = series(freeze.authority.code).get(GUARANTEE, [])
    last = next((each for each in reversed(found) if each.value is not None), None)
    return {"published": last, "published_year": last.year - 1 if last else None}


def _write_url(request: HttpRequest) -> str:
    """The page on which those not yet asked are written to; empty for whom there is none."""
    page = address(WRITE) if request.scope.can(Permission.CONTACT_MANY) else ""
    return f"{page}?audience=guarantee_not_asked" if page else ""


def _row(freeze: CohortFreeze, by: str, line: boards.PartLine, words: str) -> Row:
    key = {"group": line.key} if by == boards.AGE else {"by": by, "part": line.key}
    key = key if line.key else {}
    cells = [
        Cell(number, _people_url(freeze, stand=stand, **key), stand.words)
        for stand, number in line.tally.cells
    ]
    return Row(words, cells, Cell(line.tally.total, _people_url(freeze, **key)), line.tally.share)


def _people_url(freeze: CohortFreeze, **asked: str) -> str:
    return f"{reverse('guarantee_people')}?{urlencode({'year': freeze.year, **asked})}"


@dataclass(frozen=True)
class Behind:
    """A list of the board: its words, whose numbers, how it was asked for."""

    words: str
    freeze: CohortFreeze | None
    people: Sequence[int]
    form: PeopleFilter
    left: Mapping[int, Any]


@needs(Permission.FIGURES_EXPLORE)
def people(request: HttpRequest) -> HttpResponse:
    """The young people behind one number, as far as this person may see them."""
    found = _behind(request)
    visible = YoungPerson.objects.visible_to(request.user).filter(pk__in=found.people)
    listing = listing_of(request.GET, sorts=SORTS, first="name", filters=found.form.fields, stays=ADDRESS)
    page = listed(visible, request.user, listing, clock.today())
    seen = [line.pk for line in page.people]
    note_list(request, seen)
    held = held_by(found.freeze, seen, request.user, clock.today()) if found.freeze else {}
    shown = {
        "behind": found,
        "form": found.form,
        "listing": page.listing,
        "chosen": [each for each in chosen(found.form, page.listing) if each.about not in UNSEEN],
        "lines": [(line, held.get(line.pk), found.left.get(line.pk)) for line in page.people],
        "total": len(found.people),
        "hidden": len(found.people) - page.listing.total,
        "back": f"{reverse('guarantee')}?{urlencode(_kept(request, ('year', 'by')))}",
        "file_url": f"{reverse('guarantee_file')}?{urlencode(list(page.listing.kept))}",
        "may_export": request.scope.can(Permission.EXPORT),
    }
    return render(request, "tracking/guarantee/people.html", shown)


@needs(Permission.EXPORT)
def file(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as a CSV file, for who may take lists away."""
    found = _behind(request)
    visible = YoungPerson.objects.visible_to(request.user).filter(pk__in=found.people)
    ids = list(visible.order_by("family_name", "given_name", "pk").values_list("pk", flat=True))
    note_read(Kind.LIST_TAKEN, by=request.user, authority_id=request.authority_id, subjects=ids)
    rows = lines_for_file(found.freeze, ids, request.user, clock.today())
    return download_of(csv_chunks(HEADINGS, rows), name="guarantee.csv", kind=StoredFile.Kind.CSV)


def _kept(request: HttpRequest, names: Sequence[str]) -> dict[str, str]:
    return {name: request.GET[name] for name in names if request.GET.get(name)}


def _behind(request: HttpRequest) -> Behind:
    """What the address asks for; of a September without a cohort, nobody."""
    today = clock.today()
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and len(said) == 4 else this_september()
    freeze = cohort_of(request.authority_id, year)
    if request.GET.get("of") == LEFT:
        left = _left(request)
        form = PeopleFilter(request.GET, parts={}, part_words="", statuses={})
        return Behind("Left Year 12, owed a new offer", freeze, list(left), form, left)
    if freeze is None:
        form = PeopleFilter(request.GET, parts={}, part_words="", statuses={})
        return Behind(f"September Guarantee {year}", None, [], form, {})
    by = request.GET.get("by", "")
    by = by if by in boards.PARTS else boards.AGE
    reach = reach_as_reader(request.user, request.authority_id)
    asked = boards.Asked(freeze, today, ruleset(today), by, reach=reach)
    form = _form(request, asked)
    found = boards.people_where(asked, **form.wanted())
    return Behind(f"September Guarantee {freeze.year}", freeze, found, form, {})


def _form(request: HttpRequest, asked: boards.Asked) -> PeopleFilter:
    counted = boards.board(asked)
    return PeopleFilter(
        request.GET,
        parts={line.key: line.words for line in counted.parts},
        part_words=boards.PARTS[asked.by][0],
        statuses={line.code or "-": line.words for line in counted.statuses},
    )
