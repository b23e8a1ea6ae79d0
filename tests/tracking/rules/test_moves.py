"""Whose turn it is, what each council may do, and when a move is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tracking.rules.moves import (
    BOTH,
    OPEN,
    TURNS,
    WAITS_FOR,
    Deed,
    Side,
    State,
    after,
    age,
    counted_from,
    deeds,
)

LEFT, NEW = frozenset({Side.LEFT}), frozenset({Side.NEW})
D, S = Deed, State


@pytest.mark.parametrize(
    ("state", "by_left", "by_new"),
    [
        (S.ASKED, (D.PROPOSE, D.REFUSE), (D.WITHDRAW,)),
        (S.PROPOSED, (D.WITHDRAW,), (D.ACCEPT, D.QUERY, D.REFUSE)),
        (S.QUERIED, (D.ANSWER, D.WITHDRAW), (D.ACCEPT, D.REFUSE)),
        (S.ACCEPTED, (D.TAKE_BACK,), (D.TAKE_BACK,)),
        (S.REFUSED, (), ()),
        (S.WITHDRAWN, (), ()),
        (S.TAKEN_BACK, (), ()),
    ],
)
def test_each_council_may_do_what_is_its_own(state, by_left, by_new) -> None:
    assert deeds(state, LEFT) == by_left
    assert deeds(state, NEW) == by_new
    assert set(deeds(state, BOTH)) == {*by_left, *by_new}
    assert deeds(state, frozenset()) == ()


def test_only_acceptance_settles_a_move_and_only_the_new_council_accepts() -> None:
    assert {deed for (_, deed), (then, _) in TURNS.items() if then is S.ACCEPTED} == {D.ACCEPT}
    assert all(after(state, D.ACCEPT, LEFT) is None for state in State)


def test_an_open_move_waits_for_one_council_that_can_answer() -> None:
    assert set(WAITS_FOR) == set(OPEN)
    for state, side in WAITS_FOR.items():
        assert deeds(state, frozenset({side}))


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (9, False), (10, False), (11, True), (-1, False)])
def test_a_move_is_late_from_the_day_after_the_limit(days, is_late) -> None:
    asked_on = date(2026, 11, 2)

    found = age(asked_on, asked_on + timedelta(days=days), 10)

    assert found.is_late is is_late
    assert found.days == max(0, days)


@given(some.dates(), some.integers(0, 400))
def test_nobody_is_counted_by_the_new_council_before_it_accepted(moved_on, later) -> None:
    accepted_on = min(moved_on, date(9990, 1, 1)) + timedelta(days=later)

    assert counted_from(moved_on, accepted_on) == accepted_on


# Who leads for somebody, by the last thing the two councils did: nobody is dropped, and nobody led for twice (R50).
LEADS = (
    ("asked", "the council they leave"),
    ("proposed", "the council they leave"),
    ("queried", "the council they leave"),
    ("accepted", "the council they move to"),
    ("refused", "the council they leave"),
    ("withdrawn", "the council they leave"),
    ("taken_back", "the council they leave"),
)


@given(
    some.sampled_from([S.ASKED, S.PROPOSED]),
    some.lists(some.tuples(some.sampled_from(Side), some.sampled_from(D))),
)
def test_whatever_the_councils_try_only_the_new_ones_yes_hands_anybody_over(begun, tries) -> None:
    state, leads = begun, "the council they leave"
    for side, deed in tries:
        then = after(state, deed, frozenset({side}))
        if then is None:
            continue
        if deed is D.ACCEPT:
            assert (side, state in OPEN) == (Side.NEW, True)
            leads = "the council they move to"
        elif deed is D.TAKE_BACK:
            assert leads == "the council they move to"
            leads = "the council they leave"
        state = then
        assert leads == dict(LEADS)[state]
    assert {each for each, _ in LEADS} == set(State)
