"""Two histories of main activities made one."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neet.clock import now
from tracking.rules.merging import Held, Standing, keeps_first, previous_number, takes_other
from tracking.rules.weaving import Spell, weave

BEGIN = date(2026, 9, 1)


def spell(pk: int, begins: int, ends: int | None, **said) -> Spell:
    """A main activity by days after 1 September; of the kept record, taking part, at a place of its own."""
    days = {
        "starts_on": BEGIN + timedelta(begins),
        "ends_on": None if ends is None else BEGIN + timedelta(ends),
    }
    usual = {"is_kept": True, "code": "230", "place": str(pk), "verified_on": None, "participates": True}
    return Spell(id=pk, **{**usual, **days, **said})


def days_of(woven) -> dict[int, tuple[int, int | None]]:
    return {
        each.id: (
            (each.starts_on - BEGIN).days,
            None if each.ends_on is None else (each.ends_on - BEGIN).days,
        )
        for each in woven.main
    }


@pytest.mark.parametrize(
    ("kept", "gone", "main", "beside", "same"),
    [
        # nothing overlaps
        (spell(1, 0, 9), spell(2, 10, None), {1: (0, 9), 2: (10, None)}, [], {}),
        # the later begins: the earlier ends the day before
        (spell(1, 0, None), spell(2, 30, None), {1: (0, 29), 2: (30, None)}, [], {}),
        (spell(1, 30, None), spell(2, 0, None), {2: (0, 29), 1: (30, None)}, [], {}),
        # the later ended first: it went on beside the earlier
        (spell(1, 0, None), spell(2, 30, 40), {1: (0, None)}, [2], {}),
        # no longer taking part, and nothing newer is known of it: the college stands
        (spell(1, 0, None, verified_on=date(2026, 11, 1)),
         spell(2, 30, None, participates=False, verified_on=date(2026, 10, 5)), {1: (0, None)}, [2], {}),
        # no longer taking part, and said later than the college
        (spell(1, 0, None, verified_on=date(2026, 9, 9)),
         spell(2, 30, None, participates=False, verified_on=date(2026, 11, 5)), {1: (0, 29), 2: (30, None)}, [], {}),
        # both begin on one day: who takes part, then the later word
        (spell(1, 0, None, participates=False), spell(2, 0, None), {2: (0, None)}, [1], {}),
        (spell(1, 0, None), spell(2, 0, None, verified_on=date(2026, 11, 1)), {2: (0, None)}, [1], {}),
        # the same on both records is one, from the first to the last day, and ends as was said last
        (spell(1, 2, None, place="x"), spell(2, 0, None, place="x"), {1: (0, None)}, [], {2: 1}),
        (spell(1, 0, None, place="x"), spell(2, 5, 40, place="x", verified_on=date(2026, 10, 11)), {1: (0, 40)}, [],
         {2: 1}),
    ],
)  # fmt: skip
def test_two_activities_become_one_history(kept, gone, main, beside, same) -> None:
    woven = weave([kept, Spell(**{**{f: getattr(gone, f) for f in Spell.__slots__}, "is_kept": False})])

    assert days_of(woven) == main
    assert [each.id for each in woven.beside] == beside
    assert woven.same == same


SPELLS = st.builds(
    lambda pk, begins, lasts, code, kept, said, part: spell(
        pk, begins, None if lasts is None else begins + lasts, code=code, place=code, is_kept=kept,
        verified_on=BEGIN + timedelta(said), participates=part,
    ),
    st.integers(1, 10**6), st.integers(0, 60), st.none() | st.integers(0, 40), st.sampled_from(["230", "310", "619"]),
    st.booleans(), st.integers(0, 90), st.booleans(),
)  # fmt: skip


@given(st.lists(SPELLS, max_size=8, unique_by=lambda each: each.id))
def test_nobody_has_two_main_activities_on_a_day_and_none_is_lost(spells) -> None:
    woven = weave(spells)

    assert all(one.end < other.starts_on for one, other in pairwise(woven.main))
    assert all(each.starts_on <= each.end for each in woven.main)
    assert {each.id for each in (*woven.main, *woven.beside)} | set(woven.same) == {
        each.id for each in spells
    }
    assert set(woven.same.values()) <= {each.id for each in spells if each.is_kept}


def test_who_is_still_in_the_cohort_is_kept_then_who_is_worked_with_then_the_older_number() -> None:
    in_it, left = Standing(False, True, "9"), Standing(True, False, "1")
    worked, older = Standing(True, True, "9"), Standing(False, True, "1")

    assert keeps_first(in_it, left)
    assert not keeps_first(left, in_it)
    assert keeps_first(worked, older)
    assert keeps_first(older, Standing(False, True, "2"))


def test_the_later_value_stands_and_nothing_never_beats_something() -> None:
    early, late = now() - timedelta(days=2), now()

    assert takes_other(Held("a", early), Held("b", late))
    assert not takes_other(Held("a", late), Held("b", early))
    assert not takes_other(Held("a", early), Held("", late))
    assert takes_other(Held("", late), Held("b", early))
    assert not takes_other(Held("a", None), Held("b", None))


def test_the_earlier_number_is_the_merged_one_where_there_was_none() -> None:
    assert previous_number({"previous_id": ""}, "8860000000001") == "8860000000001"
    assert previous_number({"previous_id": "8730000000001"}, "8860000000001") == "8730000000001"
    assert previous_number({"previous_id": ""}, "X1") == ""
