import re
from itertools import pairwise

import pytest
from lxml import etree

from neet.ui import charts, samples, svg
from neet.ui.svg import PALETTE, Bar, Series, nice_ticks, spread

SVG = "{http://www.w3.org/2000/svg}"
LONG = (
    "Cannot be found after every way of asking has been tried",
    "Refused to say what they are doing now, twice in a row",
)
LONG_SERIES = [Series(name, (3, 1)) for name in (*LONG, "Short", "Another one of a middling length")]
DRAWINGS = [
    charts.bars([Bar(name, 12345) for name in LONG], title="long", description="labels"),
    charts.stacked(LONG, LONG_SERIES, title="long", description="labels"),
    charts.lines(("April 2026", "May 2026"), LONG_SERIES[:3], title="long", description="names"),
    *(figure.drawing for figure in samples.figures(None)["figures"]),  # type: ignore[arg-type]
]


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [*PALETTE, svg.INK, svg.QUIET])
def test_every_colour_may_carry_words_on_white(colour: str) -> None:
    assert contrast(colour, "#ffffff") >= 4.5


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_drawing_is_well_formed_and_tells_what_it_is(drawing: svg.Drawing) -> None:
    root = etree.fromstring(drawing.svg)

    told = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == told
    assert root.find(f"{SVG}desc").text
    assert root.get("role") == "img"


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_drawing_holds_no_style_and_no_script(drawing: svg.Drawing) -> None:
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href", drawing.svg)


@pytest.mark.parametrize("drawing", DRAWINGS)
def test_everything_drawn_stays_inside(drawing: svg.Drawing) -> None:
    root = etree.fromstring(drawing.svg)
    _, _, width, height = (float(part) for part in root.get("viewBox").split())

    for text in root.iter(f"{SVG}text"):
        room = len(text.text) * svg.LETTER
        left = {"start": 0.0, "middle": room / 2, "end": room}[text.get("text-anchor")]
        assert -1 <= float(text.get("x")) - left <= width - room, text.text
        assert 0 < float(text.get("y")) <= height, text.text


def test_names_cannot_break_out_of_the_drawing() -> None:
    drawn = charts.bars([Bar("<script>alert(1)</script>", 3)], title='"x"', description="<b>")

    assert "<script>" not in drawn.svg
    assert etree.fromstring(drawn.svg).find(f"{SVG}title").text == '"x"'


def test_line_stops_where_a_figure_is_missing() -> None:
    drawn = charts.lines("abcd", [Series("One", (1, 2, None, 4))], title="t", description="d")

    path = etree.fromstring(drawn.svg).find(f"{SVG}path[@class='chart__line']")
    assert path.get("d").count("M") == 2


def test_a_figure_that_stands_alone_has_a_mark_on_every_line() -> None:
    alone = [Series("One", (1, None, 3, None, 5, 6))]

    for drawn, marks in (
        (charts.multiples("abcdef", alone, title="t", description="d"), 3),
        (charts.lines("abcdef", alone, title="t", description="d"), 4),
    ):
        found = [path.get("class") for path in etree.fromstring(drawn.svg).iter(f"{SVG}path")]
        assert found.count("chart__mark") == marks


def test_series_differ_in_mark_and_dash_as_well_as_colour() -> None:
    series = [Series(str(n), (n, n + 1)) for n in range(4)]

    root = etree.fromstring(charts.lines("ab", series, title="t", description="d").svg)

    dashes = {
        path.get("stroke-dasharray") for path in root.iter(f"{SVG}path") if path.get("class") == "chart__line"
    }
    marks = {path.get("d") for path in root.iter(f"{SVG}path") if path.get("class") == "chart__mark"}
    assert (len(dashes), len(marks)) == (4, 4)


@pytest.mark.parametrize("count", [0, 5])
def test_chart_refuses_more_series_than_a_reader_can_hold(count: int) -> None:
    with pytest.raises(ValueError, match="small multiples"):
        charts.lines("ab", [Series("x", (1, 2))] * count, title="t", description="d")


def test_charts_of_nothing_but_noughts_can_be_drawn() -> None:
    nought = [Series("One", (0, 0))]

    for drawn in (
        charts.lines("ab", nought, title="t", description="d"),
        charts.stacked("ab", nought, title="t", description="d"),
        charts.multiples("ab", nought, title="t", description="d"),
        charts.bars([Bar("a", 0)], title="t", description="d"),
    ):
        assert "nan" not in drawn.svg
        etree.fromstring(drawn.svg)


def test_single_month_stands_in_the_middle() -> None:
    drawn = charts.lines(["Nov"], [Series("One", (3,))], title="t", description="d")

    assert "nan" not in drawn.svg


@pytest.mark.parametrize("top", [0.3, 1, 3.5, 4.1, 9.99, 10, 13.2, 99, 101, 5000, 123456])
def test_ticks_are_round_and_cover_the_data(top: float) -> None:
    ticks = nice_ticks(top)

    steps = {round(after - before, 9) for before, after in pairwise(ticks)}
    assert ticks[0] == 0
    assert ticks[-1] >= top
    assert len(steps) == 1
    assert len(ticks) <= 6


def test_labels_are_spread_apart_in_their_order() -> None:
    assert spread([100, 101, 60, 102], 17) == [100, 117, 60, 134]


def test_same_chart_is_drawn_the_same() -> None:
    assert samples.months_figure().drawing.svg == samples.months_figure().drawing.svg
