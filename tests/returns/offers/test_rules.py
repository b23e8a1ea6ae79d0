"""Which council somebody of a line probably lives in."""

import pytest

from returns.offers.rules import Home, by_name_and_number, home_of, place_of

COUNCILS = by_name_and_number([("901", "Nextshire County Council"), ("902", "London Borough of Farham")])
SCHOOLS = {"far school": "902", "9024001": "902"}
SAYS, BY_SCHOOL = "The line names the council.", "By the school they are at."


@pytest.mark.parametrize(
    ("line", "home"),
    [
        ({"home_authority": "901"}, Home("901", SAYS)),
        ({"home_authority": " nextshire "}, Home("901", SAYS)),
        ({"home_authority": "Royal Borough of Farham Council"}, Home("902", SAYS)),
        ({"home_authority": "Elsewhere", "school_now": "Far School"}, Home("902", BY_SCHOOL)),
        ({"home_authority": "999", "school_now": "902/4001"}, Home("902", BY_SCHOOL)),
        ({"school_now": "A school abroad"}, Home()),
        ({"home_authority": "Council"}, Home()),
        ({}, Home()),
    ],
)
def test_the_council_is_the_one_named_else_that_of_the_school(line: dict[str, str], home: Home) -> None:
    assert home_of(line, COUNCILS, SCHOOLS) == home


def test_what_councils_are_called_is_no_part_of_their_place() -> None:
    assert place_of("The City of Nextshire Council") == place_of("NEXTSHIRE (LA)") == "nextshire"
