"""No small number can be worked out from a table: held against somebody who tries every table that would look so."""

from collections.abc import Iterator, Sequence
from itertools import chain, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tracking.rules.suppression import LEAST, Cell, Counted, held_back, primary, ranges

KINDS = ("neet", "not_known", "other")


def table(
    *lines: tuple[int, ...], kinds: tuple[str, ...] = KINDS, telling: str = "neet not_known"
) -> Counted:
    parts = [f"part {number}" for number, _ in enumerate(lines)]
    counts = {
        (part, kind): count
        for part, line in zip(parts, lines, strict=True)
        for kind, count in zip(kinds, line, strict=False)
    }
    return Counted(parts, kinds, counts, frozenset(telling.split()))


def like(found: Counted, hidden: set[Cell]) -> Iterator[dict[Cell, int]]:
    """Every table that somebody who sees only what is shown could take for this one."""
    shown = {cell: found[cell] for cell in found.cells if cell not in hidden}
    for lines in product(*(lines_like(found.kinds, part, shown) for part in found.parts)):
        sums = [sum(column) for column in zip(*lines, strict=True)]
        if all(
            shown.get(cell, value) == value
            for cell, value in zip(product([None], (*found.kinds, None)), sums, strict=True)
        ):
            every = zip(product((*found.parts, None), (*found.kinds, None)), chain(*lines, sums), strict=True)
            yield dict(every)


def lines_like(kinds: Sequence[str], part: str, shown: dict[Cell, int]) -> list[tuple[int, ...]]:
    """The lines of a part, with their sums, that agree with what is shown of it."""
    tried = (
        range(shown[None, None] + 1) if (part, kind) not in shown else [shown[part, kind]] for kind in kinds
    )
    found = ((*line, sum(line)) for line in product(*tried))
    return [line for line in found if shown.get((part, None), line[-1]) == line[-1]]


def of_two_kinds(parts: int, most: int) -> st.SearchStrategy[Counted]:
    counts = st.lists(st.tuples(st.integers(0, most), st.integers(0, most)), min_size=parts, max_size=parts)
    return counts.map(lambda lines: table(*lines, kinds=("neet", "other"), telling="neet"))


@given(found=of_two_kinds(2, 4) | of_two_kinds(3, 1))
@settings(deadline=None, max_examples=25)
def test_whoever_tries_every_table_is_left_with_what_the_ranges_say(found: Counted) -> None:
    hidden = held_back(found)
    assume((None, None) not in hidden)  # else there is no end to what could be tried
    told, small = ranges(found, hidden), primary(found)
    seen: dict[Cell, set[int]] = {cell: set() for cell in told}
    for other in like(found, hidden):
        for cell, values in seen.items():
            values.add(other[cell])
    assert {cell: (min(values), max(values)) for cell, values in seen.items()} == told
    assert all(max(seen[cell]) - min(seen[cell]) >= LEAST for cell in small)


def test_one_small_number_alone_in_its_line_and_column_is_given_away_by_the_sums() -> None:
    found = table((3, 20, 177), (12, 25, 163), (18, 30, 152))

    assert ranges(found, primary(found))["part 0", "neet"] == (3, 3)
    assert ranges(found, held_back(found))["part 0", "neet"] == (0, 15)


@pytest.mark.parametrize(
    ("lines", "hidden"),
    [
        # nothing small: all of it is shown
        ([(12, 9, 200), (15, 11, 180)], []),
        # nought says nothing of anybody
        ([(0, 9, 200), (15, 11, 180)], []),
        # the smallest square that hides one small number
        (
            [(3, 20, 177), (12, 25, 163), (18, 30, 152)],
            ["part 0 neet", "part 0 not_known", "part 1 neet", "part 1 not_known"],
        ),
        # a part all of whom are not known: that nobody is anything else is not shown either
        (
            [(0, 9, 0), (15, 11, 180), (15, 40, 180)],
            [
                "part 0 neet",
                "part 0 not_known",
                "part 0 other",
                "part 1 neet",
                "part 1 not_known",
                "part 1 other",
            ],
        ),
        # a council with one district: its sums are the district's
        ([(3, 20, 177)], ["part 0 neet", "part 0 not_known", "None neet", "None not_known"]),
        # nobody but three people: nothing is shown
        ([(3,)], ["every"]),
    ],
)
def test_what_is_held_back(lines: list[tuple[int, ...]], hidden: list[str]) -> None:
    found = table(*lines)

    got = held_back(found)

    wanted = (
        found.cells
        if hidden == ["every"]
        else [cell for cell in found.cells if " ".join(map(str, cell)) in hidden]
    )
    assert got == set(wanted)


def test_sums_are_given_up_last() -> None:
    found = table((2, 1, 40), (3, 2, 60), (40, 30, 700), (50, 40, 800))

    assert not [cell for cell in held_back(found) if None in cell]


def test_a_hundred_and_forty_schools_are_no_work_to_speak_of() -> None:
    lines = [(number * 7 % 13, number * 5 % 11, 100 + number) for number in range(140)]
    found = table(*lines)

    hidden = held_back(found)

    assert len(hidden) < 2.5 * len(primary(found))
