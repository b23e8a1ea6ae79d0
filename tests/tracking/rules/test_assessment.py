"""No number of few comes out of an answer of the self-assessment, taken together with its own others."""

import pytest

from tracking.rules.assessment import FREE_CUTS, TOO_FEW, Answer, says_of_few, without_few


@pytest.mark.parametrize(
    ("answer", "is_few"),
    [
        (Answer("of 400 who became NEET in October 2026", 50.0, "%"), False),
        (Answer("of 40 who became NEET in October 2026 came from something known", 95.0, "%"), True),
        (Answer("of 40 owed an offer had one", 7.5, "%"), True),
        (Answer("38 of 40"), True),
        (Answer("1,204 of 1,207"), True),
        (Answer("30 of 40"), False),
        (Answer("had one", 50.0, "%", parts={"Owed": 30, "With": 15}), False),
        (Answer("had one", 93.3, "%", parts={"Owed": 30, "With": 28}), True),
        (Answer("by district", 12.0, "%", parts={"Thanet": "7.5%"}), True),
        (Answer("since it was opened", 30, "days", parts={"Last opened": "01/04/2026"}), False),
    ],
)
def test_few_are_found_in_what_is_left_and_what_a_share_comes_to(answer: Answer, is_few: bool) -> None:
    assert says_of_few(answer) is is_few


def test_parts_of_figures_nobody_may_cut_stand_in_the_released_tables_alone() -> None:
    whole = Answer("were NEET", 10.0, "%", parts={"NEET": 60, "With needs": 20}, page=FREE_CUTS)

    assert (without_few(whole).value, without_few(whole).parts) == (10.0, {})
    assert without_few(Answer("38 of 40", 38)) == Answer(TOO_FEW)
