"""Which of several targets holds: the nearest."""

import pytest

from tracking.rules.targets import Target, Whose, aim, target

ROW = {"code": "t", "indicator": "neet", "authority": "886", "district": "", "year": "", "tenths": "25"}
LIMITS = {"target_neet": 60}


def of(tenths: int, **said: str) -> Target:
    return target({**ROW, "tenths": str(tenths), **said})


def test_the_nearest_target_holds() -> None:
    targets = [
        of(50, authority=""),
        of(40),
        of(30, year="2026"),
        of(20, district="Ashby"),
        of(10, district="Ashby", year="2026"),
    ]
    asked = {
        Whose("886", 2026, "ASHBY"): 1.0,
        Whose("886", 2027, "Ashby"): 2.0,
        Whose("886", 2026, "Borley"): 3.0,
        Whose("886", 2026): 3.0,
        Whose("886", 2027): 4.0,
        Whose("800", 2026, "Ashby"): 5.0,
    }

    assert {each: aim(targets, LIMITS, "neet", each) for each in asked} == asked
    assert aim([], LIMITS, "neet", Whose("886", 2026)) == 6.0
    assert aim(targets, LIMITS, "guarantee", Whose("886", 2026)) is None


@pytest.mark.parametrize(
    "wrong", [{"tenths": "1001"}, {"tenths": "0"}, {"indicator": "happiness"}, {"year": "x"}]
)
def test_what_is_no_target_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"tenths|happiness|literal"):
        target({**ROW, **wrong})
