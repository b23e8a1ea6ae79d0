"""What forecasts would have told: nothing they could not have known, and ranges that hold what they had not seen."""

from math import exp
from random import Random

import pytest

from tests.tracking.rules.test_forecast import YEAR, month, repeating
from tracking.rules.backtest import back_test, tally
from tracking.rules.forecast import Expected, forecast
from tracking.rules.months import ReportingMonth

CENSUS = (12, 1, 2)


def simulated(dice: Random, months: int) -> dict[ReportingMonth, float]:
    """A county that never was: the same year again, each a little better or worse, with chance on every month."""
    drift, level, found = dice.gauss(0, 0.1), dice.uniform(0.5, 1.5), {}
    mood = 0.0
    for n in range(months):
        mood = 0.8 * mood + dice.gauss(0, 0.04)
        found[month(n)] = YEAR[n % 12] * level * exp(drift * n / 12 + mood + dice.gauss(0, 0.02))
    return found


def test_years_that_repeat_themselves_are_told_without_an_error() -> None:
    found = back_test(repeating(48), CENSUS)

    assert {each.month.ends_on.month for each in found} == {12, 1, 2}
    assert max(abs(each.error) for each in found) < 1e-9
    assert {each.distance for each in found} == {1, 2, 3, 4, 5, 6}


def test_what_was_told_is_what_the_forecast_of_that_month_says_and_knows_nothing_later() -> None:
    history = simulated(Random("a county"), 48)
    ranged = 0
    for each in back_test(history, CENSUS):
        known = {at: rate for at, rate in history.items() if at <= each.month}
        for later in [at for at in known if at > each.month.before] if each.distance == 1 else []:
            known.pop(later)
        if each.distance == 1:
            [told] = forecast(known, [each.month])
            assert isinstance(told, Expected) == (each.is_held is not None)
            ranged += isinstance(told, Expected)
            assert not isinstance(told, Expected) or (told.value, told.low, told.high) == (
                each.value, each.low, each.high,
            )  # fmt: skip
        assert each.came == history[each.month]
    assert ranged > 3
    novembers = back_test({**history, month(47): 50.0}, (11,))
    assert [(each.month, each.value) for each in novembers] == [
        (each.month, each.value) for each in back_test(history, (11,))
    ]  # November told is the same whatever December turned out


def test_no_range_stands_where_too_little_was_known() -> None:
    found = back_test(simulated(Random("young"), 20), CENSUS)

    assert found
    assert all(each.is_held is None for each in found)
    assert [(each.ranged, each.held) for each in tally(found)] == [(0, 0)] * 6
    assert back_test(simulated(Random("young"), 11), CENSUS) == []


@pytest.mark.parametrize("distance", [1, 3])
def test_its_range_holds_about_four_of_five_it_had_not_seen(distance: int) -> None:
    """Over forty invented counties of five years."""
    dice = Random("forty counties")
    tried = [each for _ in range(40) for each in back_test(simulated(dice, 60), CENSUS, [distance])]

    [found] = tally(tried)
    assert found.ranged > 300
    assert 0.7 < found.held / found.ranged < 0.9
    assert found.error < found.error_of_last_year
