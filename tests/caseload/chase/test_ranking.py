"""What a call is worth, when somebody may be tried, and why a line stands where it stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caseload.chase.rules.floor import LONG_AGO, Placed, placed, with_floor
from caseload.chase.rules.hours import House, band_of
from caseload.chase.rules.ranking import Candidate, Kind, Moment, Number, answers, best_band, ranked, valued
from caseload.chase.rules.reasons import best_time, reasons
from neet.clock import LONDON
from tracking.rules.ruleset import RuleSet

NOW = datetime(2026, 11, 23, 10, tzinfo=LONDON)
RULES = RuleSet.from_csv(NOW.date())


NOTHING_MET_WITH = House()


def at(now=NOW, house=NOTHING_MET_WITH):
    rules = RuleSet.from_csv(now.date())
    return Moment.of(rules.weights, rules.source_ladder, house, now)


AT = at()
OWN = Number(1, "young_person")
SOMEBODY = Candidate(7, Kind.NOT_KNOWN, "", is_measured=True, since=date(2026, 9, 1), numbers=(OWN,))


def rung(number=OWN, band=0, tried=0, answered=0):
    """The number after calls in some of the hours."""
    return replace(
        number,
        tried=[tried if each == band else 0 for each in range(4)],
        answered=[answered if each == band else 0 for each in range(4)],
    )


def worth(who, moment=AT):
    return valued(who, moment).score


@pytest.mark.parametrize(
    ("hour", "band"), [(8, 0), (11, 0), (12, 1), (14, 1), (15, 2), (16, 2), (17, 3), (20, 3)]
)
def test_hours_of_a_day(hour, band):
    assert band_of(NOW.replace(hour=hour)) == band


def test_a_number_never_rung_has_the_chance_that_is_usual():
    assert answers(OWN, 0, AT) == pytest.approx(0.30 * 0.85)


def test_calls_in_vain_lower_the_chance_and_answers_raise_it():
    chances = [answers(rung(tried=tried), 0, AT) for tried in range(5)]

    assert chances == sorted(chances, reverse=True)
    assert answers(rung(tried=2, answered=2), 0, AT) > chances[0]


def test_what_was_met_with_at_other_hours_says_half_as_much():
    usual = 0.30 * 0.85
    same, other = answers(rung(tried=2), 0, AT), answers(rung(band=3, tried=2), 0, AT)

    assert same == pytest.approx(usual * 3 / 5)
    assert other == pytest.approx(usual * 3 / 4)


def test_the_council_s_own_calls_move_what_is_usual():
    house = House({("young_person", 0): (50, 50)})

    assert answers(OWN, 0, at(house=house)) == pytest.approx((0.30 * 0.85 * 50 + 50) / 100)


def test_the_best_time_is_when_it_was_answered():
    who = replace(SOMEBODY, numbers=(rung(band=1, tried=2, answered=2),))

    assert best_band(who.numbers[0], AT) == 1
    assert best_time(valued(who, AT), AT) == "around midday"
    assert best_time(valued(replace(SOMEBODY, numbers=()), AT), AT) == ""


def test_the_number_to_ring_is_the_likeliest_not_rung_today():
    mother = Number(2, "parent")
    tired = rung(tried=3)

    assert valued(replace(SOMEBODY, numbers=(tired, mother)), AT).number == mother
    today = replace(mother, tried_on=NOW.date())
    assert valued(replace(SOMEBODY, numbers=(tired, today)), AT).number == tired


def test_a_number_of_an_owner_the_table_does_not_know_is_passed_over():
    assert valued(replace(SOMEBODY, numbers=(Number(3, "neighbour"), OWN)), AT).number == OWN
    assert valued(replace(SOMEBODY, numbers=(Number(3, "neighbour"),)), AT).number is None


@pytest.mark.parametrize(
    ("change", "factor"),
    [
        ({"vulnerable": True}, 1.1),
        ({"need": "1"}, 1.2),
        ({"need": "3"}, 1.0),
        ({"code": "830"}, 0.3),
        ({"is_measured": False}, 1 / 1.5),
        ({"kind": Kind.LAPSING}, 0.6),
        ({"due_on": date(2026, 11, 22)}, 1.4),
        ({"due_on": date(2026, 11, 23)}, 1.0),
        ({"promised_at": NOW}, 10.0),
    ],
)
def test_what_a_call_is_worth(change, factor):
    assert worth(replace(SOMEBODY, **change)) == pytest.approx(worth(SOMEBODY) * factor)


def test_a_call_in_the_winter_is_worth_more_than_in_the_summer():
    winter, summer = at(NOW.replace(year=2027, month=1)), at(NOW.replace(year=2027, month=6))

    assert worth(SOMEBODY, winter) == pytest.approx(3 * worth(SOMEBODY, summer))


@pytest.mark.parametrize(
    "change",
    [
        {"again_at": NOW + timedelta(minutes=1)},
        {"promised_at": NOW + timedelta(hours=2), "again_at": NOW - timedelta(days=1)},
        {"numbers": (replace(OWN, tried_on=NOW.date()),)},
    ],
)
def test_who_is_to_be_tried_later_is_not_on_the_list(change):
    assert ranked([replace(SOMEBODY, **change)], AT) == []


@pytest.mark.parametrize(
    "change",
    [
        {"again_at": NOW},
        {"promised_at": NOW, "again_at": NOW + timedelta(days=5)},
        {"numbers": ()},
        {"numbers": (replace(OWN, tried_on=NOW.date() - timedelta(days=1)),)},
    ],
)
def test_who_may_be_tried_now_is(change):
    assert len(ranked([replace(SOMEBODY, **change)], AT)) == 1


def test_equals_keep_one_order():
    twins = [replace(SOMEBODY, person_id=pk) for pk in (9, 3, 5)]

    assert [each.who.person_id for each in ranked(twins, AT)] == [3, 5, 9]


def test_reasons_begin_with_the_weightiest_and_end_with_what_speaks_against_it():
    who = replace(
        SOMEBODY,
        vulnerable=True,
        due_on=date(2026, 11, 3),
        is_first=True,
        in_vain=4,
        promised_at=NOW.replace(hour=9, minute=30).astimezone(UTC),
        numbers=(rung(tried=3, answered=1),),
    )

    assert reasons(valued(who, AT), AT) == (
        "asked to be rung back at 9:30am",
        "first contact was due on 3 November 2026",
        "answered 1 of 3 calls",
        "in a vulnerable group",
        "tried 4 times in vain, try another way",
    )


def test_reasons_of_somebody_without_a_number_and_outside_the_figures():
    who = replace(SOMEBODY, numbers=(), is_measured=False, code="820")

    assert reasons(valued(who, AT), AT) == (
        "could not be found when last asked for",
        "outside the ages the figures are made from",
        "no number on the record",
    )


# -- the floor


def place(pk, vulnerable=False, waited=0):
    return Placed(pk, 1 / pk, vulnerable, NOW - timedelta(days=waited))


def test_every_fifth_line_is_kept_for_who_has_waited_longest():
    order = [*(place(pk) for pk in range(1, 41)), *(place(pk, True, waited=pk) for pk in range(41, 51))]

    kept = with_floor(order, 4)

    assert [at for at, each in enumerate(kept, start=1) if each.is_kept] == [
        5,
        10,
        15,
        20,
        25,
        30,
        35,
        40,
        45,
        50,
    ]
    assert [each.person_id for each in kept if each.is_kept] == [50, 49, 48, 47, 46, 45, 44, 43, 42, 41]
    assert sorted(each.person_id for each in kept) == list(range(1, 51))


def test_of_any_twenty_lines_four_are_kept_while_somebody_is_left():
    order = [place(pk, vulnerable=pk > 100) for pk in range(1, 161)]

    kept = with_floor(order, 4)

    assert all(sum(each.vulnerable for each in kept[at : at + 20]) >= 4 for at in range(0, 140, 20))


def test_kept_lines_are_counted_from_the_calls_made_today():
    order = [*(place(pk) for pk in range(1, 10)), place(10, True)]

    assert with_floor(order, 4, done=4)[0].person_id == 10
    assert with_floor(order, 4, done=0)[0].person_id == 1


def test_without_a_floor_the_order_stays():
    order = [place(1), place(2, True)]

    assert with_floor(order, 0) == order


def test_waiting_counts_from_the_last_try_else_from_the_day_it_began():
    never = placed(valued(SOMEBODY, AT))
    tried = placed(valued(replace(SOMEBODY, tried_at=NOW), AT))
    unknown = placed(valued(replace(SOMEBODY, since=None), AT))

    assert never.waited_since == datetime(2026, 9, 1, tzinfo=UTC)
    assert tried.waited_since == NOW
    assert unknown.waited_since == LONG_AGO
