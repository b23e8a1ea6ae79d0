"""A map: every place once, in a pattern that can be told apart in grey, inside the drawing, named for who points."""

import re

from lxml import etree

from neet.ui.maps import FILLS, MARKS, Place, choropleth
from neet.ui.svg import WIDTH

SVG = "{http://www.w3.org/2000/svg}"
LEGEND = {0: "0", 2: "5 to 9", 4: "10 to 20", None: "Too few to show"}


def square(x: float, y: float) -> list[list[list[float]]]:
    return [[[x, y], [x + 100, y], [x + 100, y + 100], [x, y + 100]]]


def test_places_are_drawn_north_above_in_the_pattern_of_their_shade() -> None:
    places = [
        Place("South: 0 NEET", square(0, 0), 0), Place("North <b>: 12 NEET", square(0, 100), 4),
        Place("East: too few to show", square(100, 0)), Place("West: too few to show", square(-100, 0)),
    ]  # fmt: skip

    drawn = choropleth(
        places, legend=LEGEND, borders=[Place("", square(0, 0))], title="t <i>", description="d"
    )

    root = etree.fromstring(drawn.svg)
    assert root.find(f"{SVG}title").text == "t <i>"
    height = float(root.get("viewBox").split()[3])
    groups = root.findall(f"{SVG}g")
    drawn_in = {
        path.find(f"{SVG}title").text: group.get("fill")
        for group in groups
        for path in group.iter(f"{SVG}path")
    }
    assert set(drawn_in) == {each.words for each in places}
    assert len(set(drawn_in.values())) == 3
    patterns = {each.get("id") for each in root.iter(f"{SVG}pattern")}
    assert {each.removeprefix("url(#").removesuffix(")") for each in drawn_in.values()} <= patterns
    tops = {}
    for path in (path for group in groups for path in group.iter(f"{SVG}path")):
        steps = [tuple(map(float, each.split())) for each in re.split("[MLZ]", path.get("d")) if each]
        assert all(0 <= x <= WIDTH and 0 <= y <= height for x, y in steps)
        tops[path.find(f"{SVG}title").text] = min(y for _, y in steps)
    assert tops["North <b>: 12 NEET"] < tops["South: 0 NEET"]
    said = [each.text for each in root.iter(f"{SVG}text")]
    assert said == list(LEGEND.values())
    assert "style=" not in drawn.svg


def test_every_shade_has_a_mark_of_its_own() -> None:
    assert len(set(MARKS)) == len(set(FILLS)) == 5
    light = [sum(int(fill[n : n + 2], 16) for n in (1, 3, 5)) for fill in FILLS]
    assert light == sorted(light, reverse=True)
