"""The yearly letter to each head or principal: what is asked of them that year, merged from the calendar (R140)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from neet.accounts.models import User
from neet.audit.actions import recorded
from neet.documents.pdf import pdf_of
from neet.ui.words import day
from neet.working_days import is_working_day, on_or_before
from returns.calendar.kinds import Kind
from returns.calendar.models import Collection, ExpectedReturn
from returns.intake.layouts import LAYOUTS
from schools.models import Authority, Contact, Establishment
from tracking.rules.academic_year import year_words

# A page is set in about a third of a second; more than this would let somebody wait too long.
PER_FILE = 40


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
    alone. Three statements."""
    expected = ExpectedReturn.objects.filter(
        collection__authority=authority, collection__academic_year=year, waived_on=None
    )
    if only is not None:
        expected = expected.filter(establishment=only)
    found: dict[Establishment, list[ExpectedReturn]] = defaultdict(list)
    rows = expected.select_related("collection", "establishment")
    for each in rows.order_by("establishment__name", "establishment_id", "collection__due_on", "pk"):
        found[each.establishment].append(each)
    heads = _heads(authority, [each.pk for each in found])
    return [
        Letter(place, heads.get(place.pk, ""), tuple(_asked(each, authority) for each in asked))
        for place, asked in found.items()
    ]


def _heads(authority: Authority, places: Sequence[int]) -> dict[int, str]:
    contacts = Contact.objects.filter(
        authority=authority, establishment__in=places, purpose=Contact.Purpose.HEAD
    )
    return dict(contacts.order_by("-pk").values_list("establishment_id", "name"))


def _asked(expected: ExpectedReturn, authority: Authority) -> Asked:
    collection = expected.collection
    due_on = expected.extended_to or collection.due_on
    return Asked(
        title=collection.title,
        kind=LAYOUTS[collection.type].title,
        about=LAYOUTS[collection.type].about,
        as_at=collection.as_at,
        due_on=due_on,
        advised_on=None if is_working_day(due_on) else on_or_before(due_on),
        file_name=file_name(collection, expected.establishment, authority),
    )


def file_name(collection: Collection, place: Establishment, authority: Authority) -> str:
    """What the council would like the file to be called; any other name is as welcome."""
    of_school, of_college = LAYOUTS[collection.type].file_names
    return (of_college if place.is_college else of_school).format(
        la=authority.code,
        number=place.number[3:] or place.short_code,
        short=place.short_code or place.number[3:],
        year=year_words(collection.academic_year),
    )


@dataclass(frozen=True)
class Which:
    """Which letters of a year: one establishment's, or one part of them all in the order of their names."""

    year: int
    only: int | None = None
    part: int = 1


def make_letters(*, authority: Authority, which: Which, on: date, by: User) -> bytes:
    """The letters as one tagged PDF, each beginning on a page of its own; b"" where nothing is asked of anybody."""
    first = (which.part - 1) * PER_FILE
    letters = letters_of(authority, which.year, which.only)[first : first + PER_FILE]
    if not letters:
        return b""
    year = which.year
    with recorded(Kind.LETTERS_MADE, by=by, authority_id=authority.pk) as event:
        event.counts = {"letters": len(letters), "year": year}
        words = year_words(year)
        shown = {
            "letters": letters,
            "authority": authority,
            "year": words,
            "on": on,
            "council": authority.name,
        }
        return pdf_of("returns/board/letters.html", {**shown, "today": day(on)})
