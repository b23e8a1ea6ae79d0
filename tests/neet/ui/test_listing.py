import pytest
from django.http import QueryDict

from neet.ui.listing import Listing, listing_of, page_number

SORTS = {"name": ("surname", "forename"), "lapses": ("-lapses_on", "surname")}


def read(address: str, **options: object) -> Listing:
    return listing_of(QueryDict(address), sorts=SORTS, first="name", filters=("school", "status"), **options)  # type: ignore[arg-type]


def test_listing_without_anything_in_the_address_is_the_first_page_in_the_first_order() -> None:
    listing = read("")

    assert (listing.order_by, listing.page, listing.start, listing.stop) == (
        ("surname", "forename"),
        1,
        0,
        50,
    )


@pytest.mark.parametrize(
    "wanted", ["password", "surname", "-user__password", "name__class", "--name", "", "_connector"]
)
def test_sort_that_is_not_on_the_list_is_ignored(wanted: str) -> None:
    listing = read(f"sort={wanted}")

    assert listing.order_by == ("surname", "forename")
    assert "password" not in listing.link()


def test_descending_turns_every_field_round() -> None:
    assert read("sort=-lapses").order_by == ("lapses_on", "-surname")


def test_filter_that_is_not_on_the_list_is_not_kept() -> None:
    listing = read("status=due&surname=Other&school=1&school=2")

    assert listing.kept == (("school", "1"), ("school", "2"), ("status", "due"))
    assert "Other" not in listing.link(page=2)


def test_links_keep_filters_and_drop_the_page() -> None:
    listing = read("status=due&page=7").counted(1000)

    assert listing.sort_link("lapses") == "?status=due&sort=lapses"
    assert listing.link(page=3) == "?status=due&page=3"
    assert listing.bare() == "?"


def test_sorting_again_turns_the_order_round() -> None:
    assert read("sort=lapses").sort_link("lapses") == "?sort=-lapses"
    assert read("sort=-lapses").sort_link("lapses") == "?sort=lapses"
    assert read("").sort_link("name") == "?sort=-name"


def test_without_takes_one_value_and_leaves_its_neighbour() -> None:
    assert read("school=1&school=2").without("school", "1") == "?school=2"


@pytest.mark.parametrize(
    ("typed", "page"),
    [("1", 1), ("7", 7), ("0", 1), ("-3", 1), ("x", 1), ("", 1), ("٣", 1), ("9" * 30, 1), ("99999", 10_000)],
)
def test_page_number_reads_only_numbers(typed: str, page: int) -> None:
    assert page_number(typed) == page


@pytest.mark.parametrize(
    ("total", "pages", "page"), [(0, 1, 1), (1, 1, 1), (50, 1, 1), (51, 2, 2), (400, 8, 8), (401, 9, 9)]
)
def test_page_past_the_end_becomes_the_last(total: int, pages: int, page: int) -> None:
    listing = read("page=9").counted(total)

    assert (listing.pages, listing.page) == (pages, page)


def test_last_shown_stops_at_the_total() -> None:
    assert read("page=2").counted(73).last_shown == 73


@pytest.mark.parametrize(
    ("page", "shown"),
    [(1, [1, 2, 3, None, 20]), (10, [1, None, 8, 9, 10, 11, 12, None, 20]), (20, [1, None, 18, 19, 20])],
)
def test_page_links_show_the_ends_and_the_neighbours(page: int, shown: list[int | None]) -> None:
    links = read(f"page={page}").counted(1000).page_links()

    assert [link.number for link in links] == shown
    assert [link.number for link in links if link.current] == [page]


def test_clearing_filters_keeps_what_says_which_list_it_is() -> None:
    asked = QueryDict("year=2025&group=11&page=3")

    listing = listing_of(
        asked, sorts={"name": ("pk",)}, first="name", filters=["year", "group"], stays=["year"]
    )

    assert listing.bare() == "?year=2025"
    assert listing_of(asked, sorts={"name": ("pk",)}, first="name", filters=["year"]).bare() == "?"
