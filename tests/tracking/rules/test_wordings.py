"""A wording fills in no more than it may, and always says who writes and how to answer."""

import pytest

from tracking.rules.wordings import message_translation, message_wording, wordings_for

ROW = {
    "code": "hello", "plain_words": "Hello", "authority": "", "channel": "text", "asks": "what_now", "subject": "",
    "text": "{council}: Hi {first_name}: {link}",
}  # fmt: skip


def test_facts_are_filled_in_and_what_is_missing_left_out() -> None:
    subject, text = message_wording(ROW).said({"council": "Amble", "link": "L"})

    assert (subject, text) == ("", "Amble: Hi : L")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"text": "{council} {link} {family_name}"}, "family_name"),
        ({"text": "{council} {link} {first_name.__class__}"}, "no name"),
        ({"text": "{council} {link} {first_name!r}"}, "no name"),
        ({"text": "{council} {link} {first_name:>9}"}, "no name"),
        ({"text": "{council} {link} {"}, "{"),
        ({"text": "{council}"}, "link"),
        ({"text": "{link}"}, "council"),
        ({"channel": "email"}, "subject"),
        ({"asks": "everything"}, "everything"),
    ],
)
def test_a_wording_that_asks_for_more_or_says_too_little_is_refused(change: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        message_wording({**ROW, **change})


def test_a_council_uses_its_own_and_those_for_all() -> None:
    own, other, everybody = (message_wording({**ROW, "authority": code}) for code in ("886", "887", ""))

    assert wordings_for([own, other, everybody], "886") == (own, everybody)


def test_another_language_says_the_same_message_in_its_own_words() -> None:
    easy = message_translation({**ROW, "language": "easy", "text": "{council} says hi: {link}"})

    assert message_wording(ROW).told(easy).said({"council": "Amble", "link": "L"}) == ("", "Amble says hi: L")
    assert message_wording(ROW).told(None) == message_wording(ROW)
    for wrong in ({"text": "{link}"}, {"language": "en"}):
        with pytest.raises(ValueError, match=r"council|English"):
            message_translation({**ROW, "language": "easy", **wrong})
