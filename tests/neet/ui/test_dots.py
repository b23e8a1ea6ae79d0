"""A chart of many places at once: each is there, none leaves the drawing, nothing is told by colour alone."""

from lxml import etree

from neet.ui.dots import dots
from neet.ui.svg import WIDTH, Bar

SVG = "{http://www.w3.org/2000/svg}"


def test_every_place_is_a_ring_equal_ones_above_each_other() -> None:
    places = [
        Bar(name, value) for name, value in (("Ash", 4.0), ("Birch", 4.0), ("Cedar", 0.0), ("Doe <b>", 19.9))
    ]

    drawn = dots(places, Bar("All", 5.0), title="t", description="d", unit="%")

    root = etree.fromstring(drawn.svg)
    rings = [(float(each.get("cx")), float(each.get("cy"))) for each in root.iter(f"{SVG}circle")]
    height = float(root.get("viewBox").split()[3])
    assert len(set(rings)) == len(places)
    assert all(0 < x < WIDTH and 0 < y < height for x, y in rings)
    assert sorted(x for x, _ in rings)[1] == sorted(x for x, _ in rings)[2]
    said = " ".join(each.text for each in root.iter(f"{SVG}text"))
    assert "All: 5.0%" in said
    assert "Lowest: Cedar, 0.0%" in said
    assert "Highest: Doe <b>, 19.9%" in said


def test_places_that_are_all_nought_can_be_drawn() -> None:
    drawn = dots([Bar("Ash", 0.0)], Bar("All", 0.0), title="t", description="d")

    assert "nan" not in drawn.svg
    etree.fromstring(drawn.svg)
