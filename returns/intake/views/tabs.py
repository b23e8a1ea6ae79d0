"""The council's pages of returns beside each other."""

from django.urls import NoReverseMatch, reverse

from neet.ui.parts import Link

TABS = (
    ("Who has sent", "returns_board"),
    ("Who is who", "matches"),
    ("The year", "returns_year"),
    ("What we ask for", "collections"),
    ("How they tell us", "provider_figures"),
    ("Offers", "offers_waiting"),
    ("Other councils", "home_authorities"),
    ("Bring in a return", "bring_return"),
    ("Lists from elsewhere", "lists"),
    ("Files for schools", "exchange"),
    ("Surveys", "surveys"),
    ("Letters", "letters"),
    ("Agreements", "agreements"),
)


def tabs(here: str) -> list[Link]:
    """The pages beside each other; one whose address does not exist is left out."""
    found = ((words, name, address(name)) for words, name in TABS)
    return [Link(words, url, current=name == here) for words, name, url in found if url]


def address(name: str) -> str:
    """Where a page is; empty where there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
