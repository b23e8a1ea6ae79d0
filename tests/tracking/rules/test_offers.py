"""What an offer is worth for the September Guarantee: stages, days at their edges, and whose word stands (R25, R26)."""

from datetime import date

import pytest

from tracking.register.models import Offer
from tracking.rules.guarantee import guarantee_group
from tracking.rules.offers import BY_OFFERS, NO_STAGES_OF_AN_OFFER, Place, offer_stage
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 5, 1)).offers
SPRING = date(2026, 4, 30)
OURS = f"{BY_OFFERS}Guaranteed offer: Hill College"


@pytest.mark.parametrize(
    ("said_on", "september"),
    [
        (date(2025, 9, 30), 2025),
        (date(2025, 10, 1), 2026),
        (date(2026, 3, 31), 2026),
        (date(2026, 9, 30), 2026),
        (date(2026, 10, 1), 2027),
    ],
)
def test_an_offer_is_for_the_september_that_is_running_until_it_is_over(
    said_on: date, september: int
) -> None:
    assert RULES.september_for(Place("guaranteed", said_on)) == september


@pytest.mark.parametrize(
    ("starts_on", "september", "counts"),
    [
        (date(2026, 5, 31), 2025, False),
        (date(2026, 6, 1), 2026, True),
        (date(2026, 9, 1), 2026, True),
        (date(2027, 1, 10), 2026, True),
        (date(2027, 1, 11), 2026, False),
        (date(2027, 5, 31), 2026, False),
        (date(2027, 9, 1), 2027, False),
    ],
)
def test_a_place_counts_that_begins_by_the_january_term(
    starts_on: date, september: int, counts: bool
) -> None:
    place = Place("guaranteed", SPRING, starts_on)

    assert (RULES.september_for(place), RULES.counts(place, 2026)) == (september, counts)


def test_every_stage_a_place_may_tell_has_its_rule() -> None:
    assert set(RULES.stages) - NO_STAGES_OF_AN_OFFER == set(Offer.Stage.values)


@pytest.mark.parametrize("stage", ["conditional", "guaranteed", "accepted", "plans_to_leave"])
def test_offers_on_conditions_and_without_count(stage: str) -> None:
    assert RULES.follows([Place(stage, SPRING)], 2026, "", "") == "110"


# what is known of places, what stood, why, what follows
FOLLOWS = [
    ((), "", "", ""),
    ((), "110", "Told by telephone", "110"),
    ((), "110", OURS, "159"),
    ((), "151", f"{BY_OFFERS}has not applied", "151"),
    (("applied",), "", "", "140"),
    (("applied",), "159", "", "140"),
    (("applied",), "151", "", "151"),
    (("applied",), "154", "Moved", "154"),
    (("refused",), "140", f"{BY_OFFERS}Applied", "150"),
    (("refused", "applied"), "", "", "140"),
    (("refused", "conditional"), "", "", "110"),
    (("conditional",), "151", "", "110"),
    (("conditional",), "154", "Moved", "110"),
    (("conditional",), "122", "Is a carer", "122"),
    (("declined",), "110", OURS, "159"),
    (("no_show",), "110", OURS, "159"),
    (("declined",), "110", "Began learning at Hill School by 30 September", "110"),
    (("declined", "guaranteed"), "110", OURS, "110"),
    (("missed_interview",), "", "", "140"),
]


@pytest.mark.parametrize(("stages", "held", "reason", "status"), FOLLOWS)
def test_the_status_follows_from_the_place_that_weighs_most(
    stages: tuple[str, ...], held: str, reason: str, status: str
) -> None:
    assert RULES.follows([Place(stage, SPRING) for stage in stages], 2026, held, reason) == status


def test_an_offer_that_begins_too_late_is_none() -> None:
    assert RULES.follows([Place("guaranteed", SPRING, date(2027, 2, 1))], 2026, "", "") == "150"


def test_an_offer_for_another_year_says_nothing() -> None:
    assert RULES.follows([Place("accepted", date(2025, 4, 1))], 2026, "", "") == ""


@pytest.mark.parametrize(
    ("born_on", "group"),
    [
        (date(2008, 8, 31), None),
        (date(2008, 9, 1), 12),
        (date(2009, 8, 31), 12),
        (date(2009, 9, 1), 11),
        (date(2010, 8, 31), 11),
        (date(2010, 9, 1), None),
        (None, None),
    ],
)
def test_the_guarantee_is_for_those_who_finish_year_11_or_12(born_on: date | None, group: int | None) -> None:
    assert guarantee_group(born_on, 2026) == group


def test_a_row_without_a_status_cannot_be_used() -> None:
    row = {"code": "x", "plain_words": "X", "order": "1", "counts": "Y", "guarantee_status": "", "to_do": ""}

    with pytest.raises(ValueError, match="status"):
        offer_stage(row)
