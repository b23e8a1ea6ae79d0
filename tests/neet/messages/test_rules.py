"""Numbers as the networks write them, and what a long text costs."""

import pytest

from neet.messages.rules import mobile, parts


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700-900 123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("447700900123", "+447700900123"),
        ("07624 900123", "+447624900123"),
        ("+353 85 012 3456", "+353850123456"),
        ("01632 960001", ""),
        ("07012 345678", ""),
        ("07612 345678", ""),
        ("0770 0900", ""),
        ("ask mum", ""),
        ("", ""),
    ],
)
def test_a_number_takes_texts_or_none(written: str, number: str) -> None:
    assert mobile(written) == number


@pytest.mark.parametrize(
    ("text", "charged"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 159 + "€", 2),
        ("ł" * 70, 1),
        ("ł" * 71, 2),
        ("", 1),
    ],
)
def test_a_text_is_charged_by_its_parts(text: str, charged: int) -> None:
    assert parts(text) == charged
