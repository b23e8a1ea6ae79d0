"""What an offer is worth for the September Guarantee: stages, days at their edges, and whose word stands (R25, R26)."""

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as some

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


# What is known of somebody's places, from what weighs most to what weighs least, and how the guarantee stands then.
WEIGHS = (
    ("Offer accepted", "Has been offered a place"),
    ("Guaranteed offer", "Has been offered a place"),
    ("Offer on conditions", "Has been offered a place"),
    ("Accepted but plans to leave", "Has been offered a place"),
    ("Applied, no answer yet", "Has applied, waiting to hear"),
    ("Did not come to the interview", "Has applied, waiting to hear"),
    ("Offer that begins after the January term has begun", "No suitable place found"),
    ("Refused by the place", "No suitable place found"),
    ("Offer turned down", "Not yet recorded"),
    ("Did not come to enrol", "Not yet recorded"),
    ("Application taken back", "Not yet recorded"),
    ("Has not applied", "Has not applied"),
)
STATUSES = RuleSet.from_csv(SPRING).guarantee_statuses
CODES = {stage.words: code for code, stage in RULES.stages.items()}
BEGINNINGS = (None, date(2026, 9, 1), date(2027, 1, 10), date(2027, 1, 11), date(2027, 5, 31))
TOLD = [words for words, _ in WEIGHS if CODES[words] not in NO_STAGES_OF_AN_OFFER]
HEARD = some.lists(some.sampled_from(list(product(TOLD, BEGINNINGS))), min_size=1, max_size=6)


@given(heard=HEARD)
def test_whatever_was_heard_the_first_line_of_the_table_decides(heard) -> None:
    late, offers = date(2027, 1, 10), {words for words, status in WEIGHS[:4]}
    known = {
        WEIGHS[6][0] if words in offers and starts_on and starts_on > late else words
        for words, starts_on in heard
    }
    expected = next(status for words, status in WEIGHS if words in known)

    places = [Place(CODES[words], SPRING, starts_on) for words, starts_on in heard]
    for told in (places, places[::-1], [*places, places[0]]):
        assert STATUSES[RULES.follows(told, 2026, "", "")].plain_words == expected


def test_the_table_an_officer_reads_is_the_whole_table_of_the_rules() -> None:
    assert [words for words, _ in WEIGHS] == [
        stage.words for stage in sorted(RULES.stages.values(), key=lambda stage: stage.order)
    ]


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
