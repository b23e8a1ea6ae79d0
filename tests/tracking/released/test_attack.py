"""Whoever sees no records takes everything they are shown, adds and takes away, and learns of no few young people."""

from collections import defaultdict
from collections.abc import Mapping

import pytest
from django.urls import reverse
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.tracking.released.attack import KINDS, Fact, Puzzle, puzzle_of
from tests.tracking.released.conftest import MONTHS, TODAY, County
from tests.tracking.released.county import told_by_file, told_by_pages
from tracking.released import actions
from tracking.released.queries import lines_of
from tracking.released.tasks import tables_of_the_day
from tracking.rules.months import ReportingMonth
from tracking.rules.released import TABLES, TELLING, Line, council_may_be_shown, counted, hidden
from tracking.rules.suppression import LEAST, primary


def told(county: County) -> dict[Fact, int]:
    """All a manager can fetch: the page and the file of every month, and the first page."""
    pages = [f"{reverse('released_tables')}?month={slug}" for slug in MONTHS]
    shown = told_by_pages(county.manager, [*pages, reverse("released_tables")])
    filed = told_by_file(county.manager, MONTHS)
    assert shown.keys() <= filed.keys()
    assert all(filed[fact] == number for fact, number in shown.items())
    return {**filed, **shown}


def truth(county: County) -> tuple[dict[Fact, int], dict[tuple[str, str], list[str]]]:
    """What is so, and the lines of every table."""
    facts: dict[Fact, int] = {}
    parts: dict[tuple[str, str], list[str]] = {}
    for freeze in county.freezes:
        month = ReportingMonth(freeze.month).words
        for slug, lines in lines_of(freeze)[1].items():
            parts[month, TABLES[slug]] = [line.words for line in lines]
            for line in lines:
                for kind, number in {**line.by_kind, "": line.cohort}.items():
                    facts[month, TABLES[slug], line.words, kind] = number
    return facts, parts


def pinned(county: County) -> dict[Fact, tuple[int, int]]:
    """The small numbers that come out of what is told, or nearly do."""
    facts, parts = truth(county)
    puzzle = puzzle_of(told(county), parts)
    small = [fact for fact, number in facts.items() if 0 < number < LEAST]
    spans = {fact: puzzle.span(fact) for fact in small}
    return {fact: span for fact, span in spans.items() if span[1] - span[0] < LEAST}


def test_no_small_number_comes_out_of_all_pages_and_files_of_three_months(county):
    facts, _ = truth(county)

    assert sum(0 < number < LEAST for number in facts.values()) > 12
    assert not pinned(county)
    # and it is worth looking at: most of what is there is shown
    assert len(told(county)) > len(facts) / 2


def test_where_only_small_numbers_are_left_out_they_do_come_out(frozen, monkeypatch):
    weak = lambda lines, least: primary(counted(lines), least)  # noqa: E731
    monkeypatch.setattr(actions.released, "hidden", weak)
    tables_of_the_day(day=TODAY)

    assert pinned(frozen)


@pytest.mark.parametrize("cut", ["district=1", "month=2026-10&gender=f", "by=school", "month=2026-11"])
def test_who_sees_no_records_cuts_nothing(county, cut):
    figures = county.manager.get(f"{reverse('figures')}?{cut}")

    assert (figures.status_code, figures["Location"]) == (302, reverse("released_tables"))
    for name in ("figures_file", "figures_people", "api_figures"):
        assert county.manager.get(f"{reverse(name)}?{cut}").status_code == 404, name


LINES = st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=2, max_size=4)


@given(months=st.lists(LINES, min_size=3, max_size=3))
@settings(deadline=None, max_examples=12)
def test_whatever_the_counties_of_three_months_are_nothing_small_comes_out(months):
    for counts in months:
        lines = [Line(f"p{at}", "", sum(each), each[0], each[1]) for at, each in enumerate(counts)]
        table = counted(lines)
        council = Line("", "", *(table[None, kind] for kind in (None, "neet", "not_known")))
        assume(council_may_be_shown(council))
        shown = {cell: table[cell] for cell in set(table.cells) - hidden(lines)}
        assert {cell for cell in table.cells if cell[0] is None} <= shown.keys()
        puzzle = Puzzle(_sums(table.parts), shown, most=council.cohort)
        for cell in primary(table):
            low, high = puzzle.span(cell)
            assert high - low >= LEAST, (cell, low, high)


def _sums(parts):
    sums = [((part, None), tuple((part, kind) for kind in KINDS)) for part in (*parts, None)]
    return sums + [((None, kind), tuple((part, kind) for part in parts)) for kind in (*KINDS, None)]


CROSSED = st.lists(st.integers(0, 7), min_size=12, max_size=12)


@given(counts=CROSSED)
@settings(deadline=None, max_examples=8)
def test_two_tables_of_the_same_young_people_say_no_more_than_each_alone(counts):
    people = dict(zip([(a, b, kind) for a in "AB" for b in "xy" for kind in KINDS], counts, strict=True))
    one, other = _by(people, 0, "AB"), _by(people, 1, "xy")
    whole = counted(one)
    council = Line("", "", *(whole[None, kind] for kind in (None, "neet", "not_known")))
    assume(council_may_be_shown(council))
    puzzle = _crossed(people, {**_shown(one), **_shown(other)})
    for lines in (one, other):
        for part, kind in primary(counted(lines)):
            low, high = puzzle.span((part, kind))
            assert high - low >= LEAST, (part, kind, low, high)


def _by(people: Mapping, at: int, parts: str) -> list[Line]:
    """The table of one of the two things they differ in."""
    lines = []
    for part in parts:
        sums: dict[str, int] = defaultdict(int)
        for key, number in people.items():
            sums[key[2]] += number * (key[at] == part)
        lines.append(Line(part, "", sum(sums.values()), *(sums[kind] for kind in sorted(TELLING))))
    return lines


def _shown(lines: list[Line]) -> dict:
    table = counted(lines)
    return {cell: table[cell] for cell in set(table.cells) - hidden(lines)}


def _crossed(people: Mapping, shown: Mapping) -> Puzzle:
    """Both tables as sums of the same young people, whom nobody is shown."""
    sums = [*_sums("AB"), *_sums("xy")]
    for part, at in (("A", 0), ("B", 0), ("x", 1), ("y", 1)):
        sums += [
            ((part, kind), tuple(key for key in people if key[at] == part and key[2] == kind))
            for kind in KINDS
        ]
    return Puzzle(sums, dict(shown), most=sum(people.values()))
