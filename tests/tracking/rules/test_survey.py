"""Questions of a survey: in every language the same ones, with answers we know what to do with."""

from datetime import date

import pytest

from tracking.rules.ruleset import RuleSet, seed_tables
from tracking.rules.survey import CODED, Asked, questions_of, survey_question, version_of

ROW = {
    "survey": "what_next", "asked": "applied", "language": "en", "plain_words": "Applied?", "hint": "", "order": "10",
    "is_required": "N", "choices": "yes Yes\nno Not yet", "valid_from": "2026-01-05",
}  # fmt: skip


def test_answers_are_read_line_by_line() -> None:
    question = survey_question({**ROW, "choices": "\n yes  Yes, I have \nno Not yet\n"})

    assert question.choices == (("yes", "Yes, I have"), ("no", "Not yet"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"choices": ""}, "answers to choose from"),
        ({"asked": "email"}, "answers to choose from"),
        ({"choices": "maybe Perhaps"}, "maybe"),
        ({"choices": "111 School"}, "111"),
        ({"choices": "yes"}, "does not say"),
        ({"choices": "yes Yes\nyes Of course"}, "twice"),
        ({"is_required": "perhaps"}, "perhaps"),
        ({"asked": "consent", "choices": "", "is_required": "Y"}, "nobody has to agree"),
        ({"asked": "shoe_size"}, "shoe_size"),
    ],
)
def test_a_question_we_cannot_take_answers_to_is_refused(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        survey_question({**ROW, **change})


def test_what_a_language_has_no_words_for_is_asked_in_english() -> None:
    rows = [
        ROW,
        {**ROW, "asked": "email", "choices": "", "order": "5"},
        {**ROW, "language": "easy", "plain_words": "Did you ask for a place?"},
        {**ROW, "asked": "help", "language": "easy"},  # English does not ask it
        {**ROW, "survey": "results_day", "asked": "help"},
    ]

    asked = questions_of(map(survey_question, rows), "what_next", "easy")

    assert [(each.asked, each.language) for each in asked] == [("email", "en"), ("applied", "easy")]


def test_the_version_is_the_day_its_newest_words_came_in() -> None:
    rows = [ROW, {**ROW, "asked": "help", "valid_from": "2026-03-01"}]

    assert version_of(map(survey_question, rows), "en") == "2026-03-01 en"
    assert version_of([], "en") == "en"


def test_every_language_of_the_seed_asks_the_same_with_the_same_answers() -> None:
    rules = RuleSet.from_csv(date(2026, 11, 22))
    for survey in ("what_next", "results_day"):
        english = questions_of(rules.survey_questions, survey, "en")
        easy = questions_of(rules.survey_questions, survey, "easy")

        assert {each.language for each in easy} == {"easy"}
        assert [(each.asked, [code for code, _ in each.choices]) for each in easy] == [
            (each.asked, [code for code, _ in each.choices]) for each in english
        ]


def test_codes_among_the_answers_are_the_departments() -> None:
    rules = RuleSet.from_csv(date(2026, 11, 22))
    known = {Asked.DESTINATION: rules.intended_destinations, Asked.DOING: rules.activities}

    coded = [each for each in rules.survey_questions if each.asked in CODED]

    assert coded
    for each in coded:
        assert {code for code, _ in each.choices if code.isdecimal()} <= set(known[each.asked])
    assert len(seed_tables()["survey_questions"]) == len(rules.survey_questions)
