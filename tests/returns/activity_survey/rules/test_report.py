"""What a school is told gives away no small number, and what is shown is so."""

from datetime import date
from itertools import product
from random import Random

import pytest

from returns.activity_survey.rules.report import places_shown, year_of
from tracking.rules.activity_survey import Destinations
from tracking.rules.ruleset import RuleSet

RULES = RuleSet.from_csv(date(2026, 11, 1))
FOUND = Destinations(RULES.activity_survey_groups)
OF_PART = {
    "full_time": "sixth_form", "both": "apprenticeship", "learning": "training", "work": "work_with_training",
    "neet": "neet_available", "unknown": "no_response", "else": "re_engagement",
}  # fmt: skip


def told(**parts: int):  # type: ignore[no-untyped-def]
    return year_of(2026, {OF_PART[name]: number for name, number in parts.items()}, FOUND)


def shown(**parts: int) -> list[str]:
    return [line.shown for line in told(**parts).lines]


def test_large_numbers_are_shown_as_they_are() -> None:
    assert shown(full_time=80, both=10, neet=6, unknown=14) == ["72.7%", "81.8%", "9.1%", "5.5%", "12.7%"]
    assert told(full_time=80, both=10, neet=6, unknown=14).people == "110"


def test_a_share_with_a_small_part_is_said_as_the_least_it_can_be() -> None:
    assert shown(full_time=80, both=3, neet=6, unknown=14) == [
        "77.7%", "at least 77.6%", "not shown", "not shown", "13.6%",
    ]  # fmt: skip


def test_of_a_handful_nothing_is_told() -> None:
    few = told(full_time=3, neet=1)

    assert few.people == "fewer than 5 young people"
    assert {line.shown for line in few.lines} == {"not shown"}


PARTS = ("full_time", "both", "neet", "unknown")
IN_LINE = (("full_time",), ("full_time", "both"), ("both",), ("neet",), ("unknown",))


def fits(answer: dict[str, int], lines: list[str]) -> bool:
    """Whether numbers are what the lines of a report say."""
    people = sum(answer.values())
    for names, line in zip(IN_LINE, lines, strict=True):
        number = sum(answer[name] for name in names)
        if line.startswith("at least") and number / people < float(line.split()[-1].strip("%")) / 100:
            return False
        if line[0].isdigit() and line != f"{100 * number / people:.1f}%":
            return False
    return True


def test_no_small_part_can_be_worked_out() -> None:
    """Of each part of one to four the answers that fit all lines of the report lie five apart."""
    dice = Random(93)
    for _ in range(60):
        truth = {name: dice.choice((0, 1, 2, 3, 4, 6, 9)) for name in PARTS}
        total, report = sum(truth.values()), shown(**truth)
        if total < 5:
            continue
        numbers = [
            (*each, total - sum(each)) for each in product(range(total + 1), repeat=3) if sum(each) <= total
        ]
        answers = [each for each in (dict(zip(PARTS, n, strict=True)) for n in numbers) if fits(each, report)]
        assert truth in answers
        for name in PARTS:
            found = {each[name] for each in answers}
            assert not 0 < truth[name] < 5 or max(found) - min(found) >= 5, (truth, report)


@pytest.mark.parametrize(
    ("counts", "places"),
    [
        ({"A": 9, "B": 5, "C": 7}, (("A", 9), ("C", 7), ("B", 5))),
        ({"A": 9, "B": 4, "C": 3}, (("A", 9),)),
        ({"A": 9, "C": 7, "B": 3}, (("A", 9),)),
        ({"A": 4}, ()),
        ({f"P{n}": 20 - n for n in range(8)}, tuple((f"P{n}", 20 - n) for n in range(6))),
    ],
)
def test_places_are_named_from_five_on_and_what_is_left_points_at_nobody(
    counts: dict[str, int], places: tuple[tuple[str, int], ...]
) -> None:
    assert places_shown(counts) == places


def test_destinations_agree_with_what_activities_count_as() -> None:
    by_activity = FOUND.by_activity
    for code, activity in RULES.activities.items():
        if code in by_activity and activity.status != "COMPULSORY":
            marks = RULES.activity_survey_groups[by_activity[code]].headlines
            assert ("learning" in marks) == activity.counts_in_education_and_training, code
            assert ("neet" in marks) == (activity.status == "NEET"), code
    after_school = {code for code, each in RULES.activities.items() if each.status != "COMPULSORY"}
    assert after_school <= set(by_activity)
