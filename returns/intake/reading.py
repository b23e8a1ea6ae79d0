"""A file becomes lines: which heading holds which column, and what stands in each row."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter

from neet.files.reader import Table, Unreadable
from neet.files.rules.days import Order
from neet.files.rules.headings import folded
from returns.intake.files.returned import ADDED
from returns.intake.layouts import LAYOUTS, Layout
from returns.intake.models import Intake, KnownColumns
from returns.intake.opening import open_return
from returns.intake.rules.days import still_fitting
from returns.intake.rules.guessing import guess
from returns.intake.rules.naming import read_title

SAMPLE = 60
SCHOOL = "school"  # what the file itself says about the school of a row, kept beside the columns
SCHOOL_HEADINGS = (
    "urn",
    "laestab",
    "estab",
    "dfenumber",
    "dfeno",
    "establishmentnumber",
    "schoolurn",
    "ukprn",
)
GONE = "The file is no longer here. Send it again."
TELL_EVERY = 1000

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a return as its sender sees it: what stood in the columns we know, by column name, and what somebody
    put instead."""

    number: int
    sent: Mapping[str, str]
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, str]:
        """What counts."""
        return {**self.sent, **self.fixed} if self.fixed else self.sent


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `lines` is None where a person has to say first which heading holds which column; `title` is
    the first line of our own template, where it is one; `orders` say which number of a date is the day, as somebody
    said it of such a file before, `sample` are the first rows as they stand."""

    headings: tuple[str, ...]
    heading_row: int
    remarks: tuple[str, ...]
    columns: Mapping[str, str]
    lines: list[Line] | None
    title: str = ""
    orders: Mapping[str, str] = field(default_factory=dict)
    sample: Sequence[Mapping[str, str]] = ()


def read_sheet(intake: Intake, tell: Tell, meanwhile: Callable[[], None] | None = None) -> Sheet:
    """The lines of a return's file, `meanwhile` being done while it is opened. Raises Unreadable with words for its
    sender."""
    if intake.file is None or not intake.file.path.exists():
        raise Unreadable(GONE)
    layout = LAYOUTS[intake.type]
    with open_return(intake.file.path, _known_headings(layout, intake), meanwhile) as table:
        first = list(islice(table.rows, SAMPLE))
        known = _known_columns(intake, table.headings)
        columns, is_sure = _columns_of(intake, layout, table, first, known)
        wanted = {**columns, **school_heading(table.headings, columns)}
        lines = list(_lines(chain(first, table.rows), wanted, tell)) if is_sure else None
        return Sheet(
            table.headings,
            table.heading_row,
            table.problems,
            columns,
            lines,
            title=next((line for line in table.above if read_title(line, LAYOUTS.values())), ""),
            orders=_orders_as_before(layout, known, lines or ()),
            sample=[cells for _, cells in first],
        )


def shape_of(headings: Iterable[str]) -> str:
    """A fingerprint of headings, whatever their order and capitals."""
    return hashlib.sha256(
        "\n".join(sorted(each.casefold() for each in headings if each not in ADDED)).encode()
    ).hexdigest()


def what_is_missing(layout: Layout, columns: Mapping[str, str], headings: Sequence[str]) -> tuple[str, ...]:
    """Why these columns will not do: one that every row needs has no heading, a heading is not in the file, or two
    columns share one. Nothing where they will do."""
    problems = [
        f"Choose the heading that holds “{column.words}”."
        for column in layout.columns
        if column.required and column.name not in columns and not _is_covered(column.name, columns)
    ]
    problems += [f"The file has no heading “{each}”." for each in columns.values() if each not in headings]
    chosen = list(columns.values())
    twice = sorted({each for each in chosen if chosen.count(each) > 1})
    problems += [f"“{each}” is chosen for two columns. Choose it once." for each in twice]
    return tuple(problems)


def _is_covered(name: str, columns: Mapping[str, str]) -> bool:
    return name in {"family_name", "given_name"} and "whole_name" in columns


def _known_headings(layout: Layout, intake: Intake) -> set[str]:
    own = {heading for column in layout.columns for heading in (column.words, *column.also)}
    return own | set(intake.columns.values())


def _known_columns(intake: Intake, headings: Iterable[str]) -> KnownColumns | None:
    return KnownColumns.objects.filter(
        establishment=intake.establishment_id, type=intake.type, shape=shape_of(headings)
    ).first()


def _orders_as_before(layout: Layout, known: KnownColumns | None, lines: Sequence[Line]) -> Mapping[str, str]:
    """The orders of day and month once said of such a file, where nothing in this one speaks against them."""
    if known is None or not known.orders:
        return {}
    orders = {name: Order(order) for name, order in known.orders.items() if name in layout.by_name}
    return {name: str(order) for name, order in still_fitting(orders, [line.sent for line in lines]).items()}


def _columns_of(
    intake: Intake,
    layout: Layout,
    table: Table,
    first: Sequence[tuple[int, Mapping[str, str]]],
    known: KnownColumns | None,
) -> tuple[Mapping[str, str], bool]:
    """Which heading holds which column and whether that is sure: as a person said, as it was once confirmed for
    headings like these, or as it is guessed from the headings and what stands under them. What only stands below tells
    is asked once, used or not."""
    if intake.columns_confirmed and not what_is_missing(layout, intake.columns, table.headings):
        return intake.columns, True
    remembered = _as_headed(known.columns, table.headings) if known else {}
    if remembered and not what_is_missing(layout, remembered, table.headings):
        return remembered, True
    guesses = guess(layout, table.headings, [cells for _, cells in first], remembered, intake.as_at)
    columns = {each.column: each.heading for each in guesses if each.column}
    is_sure = all(each.sure for each in guesses)
    return columns, is_sure and not what_is_missing(layout, columns, table.headings)


def _as_headed(columns: Mapping[str, str], headings: Iterable[str]) -> dict[str, str]:
    """Columns as they were confirmed once, with the capitals of this file's headings."""
    here = {heading.casefold(): heading for heading in headings}
    return {column: here.get(heading.casefold(), heading) for column, heading in columns.items()}


def school_heading(headings: Iterable[str], columns: Mapping[str, str]) -> dict[str, str]:
    """The heading under which the file numbers the school of each row, where it does."""
    free = {folded(heading): heading for heading in headings if heading not in columns.values()}
    return next(({SCHOOL: free[each]} for each in SCHOOL_HEADINGS if each in free), {})


def _lines(
    rows: Iterable[tuple[int, Mapping[str, str]]], columns: Mapping[str, str], tell: Tell
) -> Iterator[Line]:
    names, text_of = list(columns), _Texts().__getitem__
    cells_under = _picked(list(columns.values()))
    for count, (number, cells) in enumerate(rows, start=1):
        sent = {
            name: text for name, text in zip(names, map(text_of, cells_under(cells)), strict=True) if text
        }
        if len(sent) > (SCHOOL in sent):
            yield Line(number, sent)
        if count % TELL_EVERY == 0:
            tell(count, 0)


def _picked(headings: Sequence[str]) -> Callable[[Mapping[str, str]], Sequence[str]]:
    """The cells under these headings, in this order."""
    if len(headings) == 1:
        return lambda cells: (cells[headings[0]],)
    return itemgetter(*headings)


class _Texts(dict[str, str]):
    """Cells as the database can hold them; each different one is looked at once."""

    def __missing__(self, cell: str) -> str:
        self[cell] = text = cell.replace("\x00", "").strip()
        return text
