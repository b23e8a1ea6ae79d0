"""The copy as it leaves the house: a document people can read and the same for programs."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from neet import clock
from neet.documents.pdf import pdf_of_each
from neet.files.writers import Sheet, xlsx_bytes
from neet.ui.words import day, moment
from tracking.rights.models import Entry, RightsRequest
from tracking.rights.queries.gathering import withheld

SHEET = "neet/print.css"
NOT_DATED = "Not dated"


@dataclass(frozen=True)
class Told:
    """One part as it goes out."""

    when: str
    title: str
    text: str
    came_from: str
    held: str


@dataclass(frozen=True)
class Year:
    """The parts of one year, or of no day."""

    words: str
    parts: tuple[Told, ...]


def pdf_of_copy(request: RightsRequest, entries: Sequence[Entry]) -> tuple[bytes, int]:
    """The copy as PDF/UA-1, and how many pages it has."""
    html = render_to_string("tracking/rights/copy_on_paper.html", document_of(request, entries))
    return pdf_of_each([html], sheet=SHEET, tell=lambda number: None)


def document_of(request: RightsRequest, entries: Sequence[Entry]) -> dict[str, object]:
    """What the document shows: the parts year by year, what is held back, and what no copy tells."""
    held = sum(bool(each.held) for each in entries)
    return {
        "council": request.authority.name,
        "authority": request.authority,
        "person": request.person,
        "asked_on": request.asked_on,
        "made_on": clock.today(),
        "years": years_of(entries),
        "parts": len(entries),
        "held": held,
        "withheld": withheld(),
    }


def years_of(entries: Iterable[Entry]) -> tuple[Year, ...]:
    """The parts in their order, a chapter for each year."""
    chapters: dict[str, list[Told]] = {}
    for each in entries:
        words = str(localtime(each.at).year) if each.at else NOT_DATED
        chapters.setdefault(words, []).append(goes_out(each))
    return tuple(Year(words, tuple(parts)) for words, parts in chapters.items())


def goes_out(entry: Entry) -> Told:
    """A part as it goes out: as it stands, with the words that replace it, or the reason why it is held back."""
    if entry.held:
        return Told(when_of(entry), "Part of your record", "", "", entry.get_held_display())
    text = entry.replaced if entry.is_replaced else entry.text
    title = "Part of your record, some words taken out" if entry.is_replaced else entry.title
    return Told(when_of(entry), title, text, "" if entry.is_replaced else entry.came_from, "")


def when_of(entry: Entry) -> str:
    if entry.at is None:
        return ""
    return moment(entry.at) if entry.has_time else day(_day(entry))


HEADINGS = ("Number", "Day", "What", "What it says", "Where it came from", "Held back", "Kept in table")


def data_of(entries: Iterable[Entry]) -> bytes:
    """The same as an Excel file: nothing in it computes, nothing is hidden; held back, a part is its reason alone."""
    return xlsx_bytes(Sheet("What we hold", HEADINGS, [_row(each) for each in entries]))


def json_of(entries: Iterable[Entry]) -> bytes:
    """The same for another system to read in (UK GDPR article 20 asks for a machine-readable form)."""
    parts = [dict(zip(map(str.lower, HEADINGS), _row(each), strict=True)) for each in entries]
    said = {"what we hold": parts}
    return json.dumps(said, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def _row(entry: Entry) -> tuple[int, date | None, str, str, str, str, str]:
    told = goes_out(entry)
    about = "" if entry.held else entry.about
    return entry.number, _day(entry), told.title, told.text, told.came_from, told.held, about


def _day(entry: Entry) -> date | None:
    return localtime(entry.at).date() if entry.at else None
