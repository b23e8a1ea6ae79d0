"""Lists that keep their sort, filters and page in the address, and take nothing else from it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol
from urllib.parse import urlencode

PER_PAGE = 50
DEEPEST_PAGE = 10_000


class Asked(Protocol):
    """What a request's GET offers: every value that was sent under a name."""

    def getlist(self, key: str, /) -> list[str]: ...


@dataclass(frozen=True)
class PageLink:
    """A page number with its address; no number stands for a gap."""

    number: int | None
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Listing:
    """How one list is asked for: sort, page and filters, all from allow-lists; `total` comes with `counted`."""

    sorts: Mapping[str, tuple[str, ...]]
    sort: str
    descending: bool = False
    page: int = 1
    kept: tuple[tuple[str, str], ...] = ()
    per_page: int = PER_PAGE
    total: int = 0
    first: str = ""
    stays: frozenset[str] = frozenset()

    @property
    def order_by(self) -> tuple[str, ...]:
        """The model fields to order by, each turned round when descending."""
        fields = self.sorts[self.sort]
        return tuple(turned(field) for field in fields) if self.descending else fields

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def start(self) -> int:
        return (self.page - 1) * self.per_page

    @property
    def stop(self) -> int:
        return self.start + self.per_page

    @property
    def last_shown(self) -> int:
        return min(self.stop, self.total)

    def counted(self, total: int) -> "Listing":
        """The same list once its length is known; a page past the end becomes the last one."""
        known = replace(self, total=total)
        return replace(known, page=min(known.page, known.pages))

    def link(self, *, sort: str | None = None, descending: bool | None = None, page: int = 1) -> str:
        """The address of this list with another sort or page, its filters kept."""
        by = self.sort if sort is None else sort
        down = self.descending if descending is None else descending
        pairs = list(self.kept)
        if by != self.first or down:
            pairs.append(("sort", f"-{by}" if down else by))
        if page > 1:
            pairs.append(("page", str(page)))
        return "?" + urlencode(pairs)

    def sort_link(self, sort: str) -> str:
        """The address that sorts by this column, the other way round when it is sorted by it already."""
        return self.link(sort=sort, descending=sort == self.sort and not self.descending)

    def without(self, name: str, value: str) -> str:
        """The address of this list with one filter taken away."""
        fewer = tuple(pair for pair in self.kept if pair != (name, value))
        return replace(self, kept=fewer).link()

    def bare(self) -> str:
        """The address of this list without any filter, but for what says which list it is."""
        return replace(self, kept=tuple(pair for pair in self.kept if pair[0] in self.stays)).link()

    def page_links(self) -> list[PageLink]:
        """First, last and the neighbours of this page; a gap where pages are left out."""
        wanted = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        links: list[PageLink] = []
        for before, number in zip([0, *wanted], wanted, strict=False):
            if number - before > 1:
                links.append(PageLink(None))
            links.append(PageLink(number, self.link(page=number), number == self.page))
        return links


def turned(field: str) -> str:
    """An ordering field the other way round."""
    return field[1:] if field.startswith("-") else f"-{field}"


def listing_of(
    asked: Asked,
    *,
    sorts: Mapping[str, tuple[str, ...]],
    first: str,
    filters: Iterable[str] = (),
    per_page: int = PER_PAGE,
    stays: Iterable[str] = (),
) -> Listing:
    """Read `sort`, `page` and the named filters; whatever is not on the allow-lists is ignored. Filters in `stays` say
    which list it is, and stay where the others are cleared."""
    wanted = last(asked, "sort")
    name = wanted.removeprefix("-")
    known = name in sorts
    return Listing(
        sorts=sorts,
        sort=name if known else first,
        descending=known and wanted.startswith("-"),
        page=page_number(last(asked, "page")),
        kept=tuple((key, value) for key in filters for value in asked.getlist(key) if value),
        per_page=per_page,
        first=first,
        stays=frozenset(stays),
    )


def last(asked: Asked, key: str) -> str:
    """The last value sent under a name, empty for none."""
    return next(reversed(asked.getlist(key)), "")


def page_number(text: str) -> int:
    """A page number as typed; 1 for anything that is not one."""
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        return 1
    return min(max(1, int(text)), DEEPEST_PAGE)
