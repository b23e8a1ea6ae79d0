"""The council's pages of returns beside each other."""

from collections.abc import Sequence

from django.urls import NoReverseMatch, reverse

from neet.ui.parts import Link

# Each set of pages under its words; the first of a set is opened first.
TABS: Sequence[tuple[str, Sequence[tuple[str, str]]]] = (
    ("Who has sent", (("Who has sent", "returns_board"), ("How they tell us", "provider_figures"))),
    ("Who is who", (("Who is who", "matches"), ("How well", "how_well"))),
    ("Bring in", (("A return", "bring_return"), ("Lists from elsewhere", "lists"))),
    ("Offers", (("Offers", "offers_waiting"),)),
    ("Surveys", (("Surveys", "surveys"),)),
    ("Other councils", (("Other councils", "home_authorities"),)),
    (
        "The year",
        (
            ("The year", "returns_year"),
            ("What we ask for", "collections"),
            ("Letters", "letters"),
            ("Agreements", "agreements"),
        ),
    ),
    ("Files for schools", (("Files for schools", "exchange"),)),
)


def tabs(here: str) -> list[Link]:
    """The pages beside each other, those of one's own set below; one whose address does not exist is left out."""
    return [link for words, pages in TABS if (link := _set(words, pages, here))]


def _set(words: str, pages: Sequence[tuple[str, str]], here: str) -> Link | None:
    found = [Link(each, url, current=name == here) for each, name in pages if (url := address(name))]
    if not found:
        return None
    stands_here = any(each.current for each in found)
    return Link(words, found[0].url, stands_here, below=found if stands_here and len(found) > 1 else ())


def address(name: str) -> str:
    """Where a page is; empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
