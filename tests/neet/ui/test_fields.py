from datetime import date

import pytest
from django.core.exceptions import ValidationError

from neet.ui.fields import DayField, Option, SeveralField, lowered, month_number


def born(**options: object) -> DayField:
    return DayField(label="Date of birth", today=lambda: date(2026, 11, 22), **options)  # type: ignore[arg-type]


def refusal(field: DayField, *typed: str) -> str:
    with pytest.raises(ValidationError) as refused:
        field.clean(list(typed))
    return str(refused.value.messages[0])


@pytest.mark.parametrize(
    "typed",
    [
        ("27", "3", "2009"),
        ("27", "03", "2009"),
        (" 27 ", "mar", "2009"),
        ("27", "March", "2009"),
        ("27", "Mar.", " 2009"),
    ],
)
def test_day_is_read_with_the_month_as_number_or_name(typed: tuple[str, str, str]) -> None:
    assert born().clean(list(typed)) == date(2009, 3, 27)


@pytest.mark.parametrize(("word", "number"), [("sept", 9), ("JUNE", 6), ("jul", 7), ("12", 12)])
def test_month_is_known_by_its_beginning(word: str, number: int) -> None:
    assert month_number(word) == number


@pytest.mark.parametrize("word", ["ma", "j", "", "march2", "tem"])
def test_month_that_could_be_two_or_none_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=word or "^$"):
        month_number(word)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("", "3", "2009"), "Date of birth must include a day"),
        (("27", "", "2009"), "Date of birth must include a month"),
        (("27", "", ""), "Date of birth must include a month and year"),
        (("31", "feb", "2009"), "Date of birth must be a real date, like 27 3 2009"),
        (("29", "2", "2009"), "Date of birth must be a real date, like 27 3 2009"),
        (("27", "3", "09"), "Date of birth must have a year of 4 figures, like 2026"),
        (("27", "3", "20091"), "Date of birth must have a year of 4 figures, like 2026"),
        (("27", "3", "0000"), "Date of birth must be a real date, like 27 3 2009"),
        (("²", "3", "2009"), "Date of birth must be a real date, like 27 3 2009"),
        (("<b>", "3", "2009"), "Date of birth must be a real date, like 27 3 2009"),
    ],
)
def test_refusal_says_what_is_wrong(typed: tuple[str, str, str], words: str) -> None:
    assert refusal(born(), *typed) == words


def test_leap_day_is_a_real_date() -> None:
    assert born().clean(["29", "2", "2008"]) == date(2008, 2, 29)


@pytest.mark.parametrize(
    ("must", "day", "words"),
    [
        ("past", ("22", "11", "2026"), "Date of birth must be in the past"),
        ("past or today", ("23", "11", "2026"), "Date of birth must be today or in the past"),
        ("today or later", ("21", "11", "2026"), "Date of birth must be today or in the future"),
        ("future", ("22", "11", "2026"), "Date of birth must be in the future"),
    ],
)
def test_limit_is_judged_on_the_day_itself(must: str, day: tuple[str, str, str], words: str) -> None:
    assert refusal(born(must=must), *day) == words


@pytest.mark.parametrize(
    ("must", "day"), [("past", "21"), ("past or today", "22"), ("today or later", "22"), ("future", "23")]
)
def test_day_within_its_limit_is_taken(must: str, day: str) -> None:
    assert born(must=must).clean([day, "11", "2026"]) == date(2026, 11, int(day))


def test_empty_day_is_asked_for_or_is_none() -> None:
    assert refusal(born(), "", "", "") == "Enter the date of birth"
    assert born(required=False).clean(["", "", ""]) is None


def test_unknown_limit_is_refused_when_the_form_is_written() -> None:
    with pytest.raises(ValueError, match="must="):
        born(must="yesterday")


def test_day_has_changed_only_when_it_means_another_day() -> None:
    assert not born().has_changed(date(2009, 3, 27), ["27", "mar", "2009"])
    assert born().has_changed(date(2009, 3, 27), ["28", "mar", "2009"])
    assert born().has_changed(date(2009, 3, 27), ["x", "mar", "2009"])


@pytest.mark.parametrize(
    ("words", "inside"), [("Full name", "full name"), ("UPN", "UPN"), ("A", "a"), ("", "")]
)
def test_words_inside_a_sentence_keep_abbreviations(words: str, inside: str) -> None:
    assert lowered(words) == inside


def test_option_is_its_words_and_carries_more() -> None:
    option = Option("At college", hint="Full time", small="220")

    assert (option, option.hint, option.small) == ("At college", "Full time", "220")


def test_what_is_ticked_twice_is_chosen_once() -> None:
    several = SeveralField(choices=[("a", "A"), ("b", "B")])

    assert several.clean(["b", "a", "b"]) == ["b", "a"]
    with pytest.raises(ValidationError):
        several.clean(["a", "c"])
