"""The yearly letter to each head or principal: what is asked of them that year, merged from the calendar (R140)."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.loader import render_to_string

from neet import clock
from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.documents.pdf import pdf_of, pdf_of_each
from neet.files.actions import store
from neet.files.models import StoredFile
from neet.ui.words import day
from neet.working_days import is_working_day, on_or_before
from returns.calendar.kinds import Kind
from returns.calendar.models import ExpectedReturn
from returns.calendar.queries.year import lines_at
from returns.calendar.rules.year import code_of
from returns.intake.layouts import LAYOUTS
from returns.intake.papers import file_name_of
from schools.models import Authority, Contact, Establishment
from tracking.rules.academic_year import year_words

TEMPLATE = "returns/board/letters.html"


@dataclass(frozen=True)
class Asked:
    """One return of a letter's table."""

    title: str
    kind: str
    about: str
    as_at: date
    due_on: date
    advised_on: date | None
    file_name: str


@dataclass(frozen=True)
class Letter:
    """One establishment's letter."""

    establishment: Establishment
    head: str
    returns: tuple[Asked, ...]

    @property
    def abouts(self) -> tuple[str, ...]:
        """What each kind of return is, once."""
        return tuple(dict.fromkeys(f"{asked.kind}: {asked.about}" for asked in self.returns))


def letters_of(authority: Authority, year: int, only: int | None = None) -> list[Letter]:
    """The letters of an academic year, one for every establishment that is asked for something in it, or for one
    alone. Four statements."""
    expected = ExpectedReturn.objects.filter(
        collection__authority=authority,
        collection__academic_year=year,
        waived_on=None,
        establishment__isnull=False,
    )
    if only is not None:
        expected = expected.filter(establishment=only)
    found: dict[Establishment, list[ExpectedReturn]] = defaultdict(list)
    own = {each.code: each.file_name for each in lines_at(authority, clock.today())}
    rows = expected.select_related("collection__authority", "establishment")
    for each in rows.order_by("establishment__name", "establishment_id", "collection__due_on", "pk"):
        if each.establishment:
            found[each.establishment].append(each)
    heads = _heads(authority, [each.pk for each in found])
    return [
        Letter(place, heads.get(place.pk, ""), tuple(_asked(each, own) for each in asked))
        for place, asked in found.items()
    ]


def _heads(authority: Authority, places: Sequence[int]) -> dict[int, str]:
    contacts = Contact.objects.filter(
        authority=authority, establishment__in=places, purpose=Contact.Purpose.HEAD
    )
    return dict(contacts.order_by("-pk").values_list("establishment_id", "name"))


def _asked(expected: ExpectedReturn, own: Mapping[str, str]) -> Asked:
    collection = expected.collection
    due_on = expected.extended_to or collection.due_on
    return Asked(
        title=collection.title,
        kind=LAYOUTS[collection.type].title,
        about=LAYOUTS[collection.type].about,
        as_at=collection.as_at,
        due_on=due_on,
        advised_on=None if is_working_day(due_on) else on_or_before(due_on),
        file_name=file_name_of(expected, own.get(code_of(collection.pattern), "")),
    )


SHEET = "neet/print.css"
PURPOSE = "letters to heads"


def make_letter(*, authority: Authority, year: int, only: int, on: date, by: User) -> bytes:
    """One establishment's letter of a year as a tagged PDF; b"" where nothing is asked of it."""
    letters = letters_of(authority, year, only)
    if not letters:
        return b""
    with recorded(Kind.LETTERS_MADE, by=by, authority_id=authority.pk) as event:
        event.counts = {"letters": len(letters), "year": year}
        return pdf_of(TEMPLATE, _shown(authority, year, on, letters))


def set_letters(
    *,
    authority: Authority,
    year: int,
    by: User | None,
    tell: Callable[[int, int], None],
    still_mine: Callable[[], None],
) -> tuple[StoredFile | None, int]:
    """All letters of a year as one tagged PDF, each beginning on a page of its own, and how many they are; no file
    where nothing is asked of anybody. Raises NoLongerMine (nothing is written then)."""
    letters, on = letters_of(authority, year), clock.today()
    if not letters:
        return None, 0
    total = len(letters)
    pages = (
        render_to_string(TEMPLATE, {**_shown(authority, year, on, [each]), "is_part": True})
        for each in letters
    )
    content, _ = pdf_of_each(pages, sheet=SHEET, tell=lambda done: tell(done, total))
    with recorded(Kind.LETTERS_MADE, by=by, authority_id=authority.pk) as event:
        still_mine()
        name = f"letters-{year_words(year)}.pdf"
        file = store(source=[content], name=name, purpose=PURPOSE, by=by, authority_id=authority.pk)
        event.counts = {"letters": total, "year": year}
    return file, total


def _shown(authority: Authority, year: int, on: date, letters: Sequence[Letter]) -> dict[str, Any]:
    return {
        "letters": letters,
        "authority": authority,
        "year": year_words(year),
        "on": on,
        "council": authority.name,
        "today": day(on),
    }
